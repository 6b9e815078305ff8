"""Tasks to finished files: one step of the graph. What was rendered before is not rendered again; `--why` says why.

The last keys of all outputs are kept for each folder that is published to. What a key is made of is kept by the key, so
that an output which goes back to an earlier key, and is not rendered for that, is compared with that one next time.

The key of an output is the digest of its task, of its texts, of the templates it may reach, and of those shared values
that these templates name. Whatever a template can see is in one of them, so an equal key means equal bytes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

from msgspec import Raw, Struct, msgpack

from sitegen.build.cache import Cache
from sitegen.build.evidence import Evidence, evidence_of
from sitegen.build.failures import RENDERING, problem_of
from sitegen.build.graph import How, Parts, Results, changes
from sitegen.build.inputs import CARDS
from sitegen.build.limits import Failure
from sitegen.build.planning import NOTHING, Planned, Row, filled
from sitegen.build.publish import digest_of
from sitegen.build.request import Options
from sitegen.build.session import Session
from sitegen.build.toolchain import digest, key
from sitegen.model.extensions import Extensions
from sitegen.model.outputs import BYTES, FACTS, OUTSIDE, SAID, SEARCH, PageFacts, SearchPage
from sitegen.model.packing import packed, unpacking
from sitegen.model.problems import Problem
from sitegen.model.words import T_
from sitegen.outputs.hosts.description import page_policy
from sitegen.text.page import TEXT

if TYPE_CHECKING:
    from sitegen.outputs.render import Renderer


# Why outputs are rendered: what differs between the key of an output and the one that it had in the last build.


_NEW, _ENGINE = T_("new"), T_("sitegen itself")
_LAST, _WHY = "last", "why"
_keys_in = unpacking(dict[str, bytes])
_evidence_in = unpacking(dict[str, str])


def reasons(
    options: Options,
    paths: Iterable[str],
    keys: Mapping[str, bytes],
    evidence: Mapping[str, dict[str, str]],
    cache: Cache,
) -> dict[str, list[str]]:
    """Return output path → why it is rendered now, of all of `evidence`: output path → name → digest.

    `paths` are those of the plan; `keys` are of all outputs, or of some in a site with mistakes. What will answer the
    same question next time is kept.
    """
    place = key(_LAST, str(options.output), options.base_url or "", str((options.offline, options.preview)))
    kept = cache.get(_LAST, [place]).get(place)
    before = _keys_in.decode(kept) if kept else {}
    packed_keys = packed({path: before[path] for path in paths if path in before} | dict(keys))
    if packed_keys != kept:
        cache.put(_LAST, {place: packed_keys})
    known = cache.get(_WHY, [before[path] for path in evidence if path in before]) if evidence else {}
    cache.put(_WHY, {keys[path]: packed(found) for path, found in evidence.items()})
    cache.keep_for(_WHY, keys.values())
    return {path: _reasons(known.get(before.get(path, b"")), found) for path, found in evidence.items()}


def _reasons(before: bytes | None, now: Mapping[str, str]) -> list[str]:
    return [_NEW] if before is None else changes(_evidence_in.decode(before), now) or [_ENGINE]


# Tasks to finished files: one step of the graph. What was rendered before is not rendered again.

_NO_BYTES = digest_of(b"")
_AT_ONCE = 2000  # so that the bytes of a large site are never all in memory
_facts_in = unpacking(PageFacts)
_search_in = unpacking(SearchPage)
_outside_in = unpacking(tuple[str, ...])
_problems_in = unpacking(list[Problem])
_fields_in = msgpack.Decoder(dict[str, Raw])


class Outputs(Struct, frozen=True, dict=True):
    """The rendered outputs of a plan, by their numbers among `rows`."""

    rows: tuple[Row, ...]
    read: Results

    @cached_property
    def digests(self) -> dict[str, str]:
        """Return output path → digest of its bytes, of all that could be rendered."""
        parts = zip(self.rows, self.read.digests(FACTS), self.read.digests(BYTES), strict=True)
        return {row.path: data.hex() or _NO_BYTES for row, facts, data in parts if facts}

    @cached_property
    def failed(self) -> frozenset[str]:
        """Return the paths that could not be rendered."""
        return frozenset(row.path for row, facts in zip(self.rows, self.read.digests(FACTS), strict=True) if not facts)

    @cached_property
    def problems(self) -> list[Problem]:
        """Return what was found when rendering."""
        numbers = [at for at, said in enumerate(self.read.digests(SAID)) if said]
        return [found for value in self.read.values(SAID, numbers) for found in _problems_in.decode(value)]

    @cached_property
    def page_facts(self) -> dict[str, PageFacts]:
        """Return output path → what the finished page says."""
        values = self.read.values(FACTS)
        return {row.path: _facts_in.decode(one) for row, one in zip(self.rows, values, strict=True) if one}

    def page_facts_digests(self, numbers: Sequence[int]) -> list[bytes]:
        """Return the digests of what some pages say; b"" for one that could not be rendered."""
        digests = self.read.digests(FACTS)
        return [digests[number] for number in numbers]

    def page_facts_of(self, numbers: Sequence[int]) -> list[PageFacts]:
        """Return what some pages say, of those that could be rendered."""
        return [_facts_in.decode(one) for one in self.read.values(FACTS, numbers) if one]

    def outside(self) -> dict[str, tuple[str, ...]]:
        """Return output path → the addresses on other hosts that it leads to."""
        numbers = [at for at, found in enumerate(self.read.digests(OUTSIDE)) if found]
        values = self.read.values(OUTSIDE, numbers)
        return {self.rows[at].path: _outside_in.decode(one) for at, one in zip(numbers, values, strict=True)}

    def facts(self) -> bytes:
        """Return one digest of what all outputs say."""
        return digest(packed([(row.path, one) for row, one in zip(self.rows, self.read.digests(FACTS), strict=True)]))

    def search_digests(self) -> list[bytes]:
        """Return the digest of what search knows of each output; b"" where it knows nothing."""
        return self.read.digests(SEARCH)

    def searched(self, code: str) -> list[int]:
        """Return the numbers of the outputs of a language that its search finds."""
        found = self.read.digests(SEARCH)
        return [at for at, row in enumerate(self.rows) if found[at] and row.path.startswith(f"{code}/")]

    def search_pages(self, numbers: Sequence[int]) -> list[SearchPage]:
        """Return what search knows of outputs."""
        return [_search_in.decode(one) for one in self.read.values(SEARCH, numbers)]

    @cached_property
    def number(self) -> dict[str, int]:
        """Return the number of each output by its path."""
        return {row.path: at for at, row in enumerate(self.rows)}

    def bytes_of(self, paths: Sequence[str]) -> dict[str, bytes]:
        """Return output path → bytes. What a damaged cache has lost is rendered again."""
        return dict(zip(paths, self.read.values(BYTES, [self.number[path] for path in paths]), strict=True))


def render(planned: Planned, numbers: Sequence[int], session: Session, extensions: Extensions) -> Outputs:
    """Render the outputs of the plan with these numbers, or take them from the cache; note why each was rendered."""
    inputs, graph = planned.inputs, session.graph
    rows = tuple(planned.index.rows[number] for number in numbers)
    seen = evidence_of(planned, session)
    tasks = planned.task_digests()
    texts = dict(zip(inputs.pages.paths, inputs.pages.read.digests(TEXT), strict=True))
    cards = inputs.read_static.digest(CARDS)

    def needs_of(number: int, row: Row) -> Iterator[bytes]:
        yield tasks[number]
        yield cards if row.kind == "card" else b"" if row.visible == NOTHING else seen[row.visible].digest
        yield from (texts[path] for path in row.texts)

    def load(at: Sequence[int]) -> list[bytes]:
        bodies = inputs.pages.bodies(dict.fromkeys(path for one in at for path in rows[one].texts))
        return [packed(filled(task, bodies)) for task in planned.tasks([numbers[one] for one in at])]

    def failed(task: bytes, failure: Failure) -> Parts:
        found = problem_of(msgpack.decode(task)["source"], RENDERING, failure, session)
        return b"", b"", b"", packed([found]), b""

    keys = graph.keys(("output",), map(needs_of, numbers, rows))
    session.memo.keep_for("python", _python_keys(inputs.templates[0], session).values())
    renderer = cache(lambda: _renderer(planned, session, extensions))
    outputs = Outputs(rows, graph.each("output", keys, load, _rendered, renderer, failed, How(batch=_AT_ONCE)))
    evidence = {}
    if outputs.read.missing:
        packed_tasks = planned.packed_tasks([numbers[at] for at in outputs.read.missing])
        pairs = zip((rows[at] for at in outputs.read.missing), packed_tasks, strict=True)
        evidence = {row.path: _evidence(row, task, texts, seen) for row, task in pairs}
    now = dict(zip((row.path for row in rows), keys, strict=True))
    paths = (row.path for row in planned.index.rows)
    session.reasons = reasons(planned.options, paths, now, evidence, session.memo)
    return outputs


def _rendered(renderer: "Renderer", tasks: Sequence[bytes]) -> list[Parts]:
    """Render many packed tasks."""
    from sitegen.outputs.render import render_tasks

    return list(render_tasks(renderer, tasks))


def _renderer(planned: Planned, session: Session, extensions: Extensions) -> "Renderer":
    """Return what renders: the environment of the templates with all shared values."""
    from sitegen.outputs.environment import RenderContext
    from sitegen.outputs.render import Renderer

    inputs = planned.inputs
    templates, borrowed = inputs.templates
    policy, typography = page_policy(inputs.config), inputs.config.markdown.typography
    parts = (templates, planned.shared, inputs.catalogs.all, inputs.texts, typography, inputs.cards, borrowed, policy)
    keys = _python_keys(templates, session)
    known = session.memo.get("python", list(keys.values()))
    renderer = Renderer(RenderContext(*parts), {name: known[k] for name, k in keys.items() if k in known}, extensions)
    session.memo.put("python", {keys[name]: code for name, code in renderer.compile_all().items()})
    return renderer


def _python_keys(templates: Mapping[str, str], session: Session) -> dict[str, bytes]:
    """Return name of a template → key of the Python that Jinja makes of it."""
    return {name: session.graph.key("python", name, text) for name, text in templates.items()}


def _evidence(row: Row, task: bytes, texts: Mapping[str, bytes], seen: Sequence[Evidence]) -> dict[str, str]:
    """Return the digests of all that an output depends on, by name: its key is made of the same."""
    fields = _fields_in.decode(_fields_in.decode(task)["view"])
    found = {f"page.{name}": digest(bytes(value)).hex() for name, value in fields.items() if name != "type"}
    if row.texts:
        name = "page.entries" if row.kind == "feed" else "page.body"
        found[name] = digest(b"".join([bytes.fromhex(found[name]), *(texts[path] for path in row.texts)])).hex()
    return found if row.visible == NOTHING else found | seen[row.visible].names
