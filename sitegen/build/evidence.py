"""What the outputs of one Sight depend on, by name and digest: a step of the graph, read by keys and by `--why` alike.

An output's templates are those it may reach; the shared values it sees are those that one of these templates names.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from sitegen.build.failures import READING, FailedError, problem_of
from sitegen.build.graph import Parts, Results
from sitegen.build.inputs import TEXTS, VALUE
from sitegen.build.limits import Failure
from sitegen.build.planning import VALUES, Planned
from sitegen.build.session import Session
from sitegen.build.toolchain import digest, key
from sitegen.model.packing import free, packed, unpacking
from sitegen.model.views import VisibleInputs
from sitegen.outputs.hosts.description import page_policy
from sitegen.text.templates import SETS_LANGUAGE, TemplateFacts, dependencies_of

_STRINGS = ("_", "t", "gettext", "ngettext", "pgettext", "npgettext")
_ADDRESSES = ("url", "abs_url", "has_page")


class Evidence(Struct, frozen=True):
    """Name of a template or a shared value → digest, and one digest of them all."""

    names: dict[str, str]
    digest: bytes


_evidence_in = unpacking(list[Evidence])
_facts_in = unpacking(TemplateFacts)
_values_in = unpacking(dict[tuple[str, str], str])


def evidence_of(planned: Planned, session: Session) -> list[Evidence]:
    """Return the evidence of each set of visible inputs of the plan."""
    inputs, step = planned.inputs, planned.step
    facts = _facts(inputs.templates[0], session)  # asked for in every build, or else the cache would drop them

    def compute() -> Parts:
        return (packed(_evidence(planned, facts)),)

    needs = [
        digest(packed(planned.index.visible)),
        step.digest(VALUES),
        inputs.read_templates.digest(VALUE),
        inputs.read_static.digest(TEXTS),
        inputs.read_data.digest(VALUE),
        *(inputs.catalogs.digest(code) for code in inputs.config.codes),
        packed((inputs.config.markdown.typography, page_policy(inputs.config))),
    ]
    return _evidence_in.decode(session.graph.step("visible", needs, compute).value())


def _evidence(planned: Planned, read: Results) -> list[Evidence]:
    """Return the evidence of each set of visible inputs; `read` is what the templates say of themselves, by name."""
    templates, _ = planned.inputs.templates
    facts = {name: _facts_in.decode(one) for name, one in zip(sorted(templates), read.values(), strict=True)}
    values = _shared_values(planned)
    closures = {start: dependencies_of(start, facts) for start in {one.start for one in planned.index.visible}}
    texts = {name: digest(text.encode("utf-8", "surrogatepass")).hex() for name, text in templates.items()}
    found = []
    for inputs in planned.index.visible:
        reach = closures[inputs.start]
        names = {f"templates/{name}": texts[name] for name in reach.templates}
        names |= _seen(inputs, reach.names, values, planned.inputs.config.codes)
        parts = (part for item in sorted(names.items()) for part in item)
        found.append(Evidence(names, key(*inputs.start, *parts)))
    return found


def _facts(templates: Mapping[str, str], session: Session) -> Results:
    """Return what each template says of itself."""
    names = sorted(templates)
    keys = [session.graph.key("template", templates[name]) for name in names]

    def load(at: Sequence[int]) -> list[str]:
        return [templates[names[number]] for number in at]

    def failed(text: str, failure: Failure) -> Parts:
        name = next(name for name in names if templates[name] == text)
        raise FailedError(problem_of(f"templates/{name}", READING, failure, session))

    return session.graph.each("template", keys, load, _described, lambda: None, failed)


def _described(_: None, texts: Sequence[str]) -> list[bytes]:
    from sitegen.outputs.render import describe_templates

    return describe_templates(None, texts)


def _shared_values(planned: Planned) -> dict[tuple[str, str], str]:
    """Return (language, name in templates) → digest of the value that the name stands for there."""
    inputs = planned.inputs
    known = _values_in.decode(planned.step.value(VALUES))
    texts = inputs.read_static.digest(TEXTS).hex()
    policy, typography = page_policy(inputs.config), inputs.config.markdown.typography
    found: dict[tuple[str, str], str] = {}
    for code in inputs.config.codes:
        strings = digest(inputs.catalogs.digest(code)).hex()
        found.update({(code, name): strings for name in _STRINGS})
        found.update({(code, name): known[code, "addresses"] for name in _ADDRESSES})
        found.update({(code, name): known[code, name] for name in ("menus", "pages", "news")})
        data = inputs.data[code]
        found.update({(code, f"data.{name}"): _hex(value) for name, value in data.items()})
        found[code, "data"] = _hex(data)
        found[code, "asset"], found[code, "inline"] = known["", "asset"], texts
        found[code, "always"] = _hex((known["", "site"], strings, typography, policy))
    return found | {name: value for name, value in known.items() if name[1].startswith("section ")}


def _seen(
    inputs: VisibleInputs, names: Sequence[str], values: Mapping[tuple[str, str], str], codes: Sequence[str]
) -> dict[str, str]:
    """Return the digests of all shared values that an output can name, in its language or in all."""
    own = {name: name for name in names} | {"site": "always"}
    own |= {f"siblings of {parent}": f"section {parent}" for parent in inputs.parents}
    seen = {shown: values.get((inputs.lang, name), "") for shown, name in own.items()}
    for lang in codes if SETS_LANGUAGE in names else inputs.texts:
        seen[f"site ({lang})"] = values[lang, "always"]
        if SETS_LANGUAGE in names:
            seen[f"url ({lang})"] = values[lang, "url"]
    return seen


def _hex(value: object) -> str:
    return digest(packed(free(value))).hex()
