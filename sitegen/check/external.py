"""External links of a finished site: collects them, requests them, caches the answers. For `check --external`.

A good answer is cached for a week, a bad one for a day. The cache can be deleted at any time.
"""

import time
from collections.abc import Iterable
from pathlib import Path

from msgspec import DecodeError, Struct, ValidationError, json

from sitegen.build.inside import is_own, unlinked
from sitegen.build.planning import Planned
from sitegen.build.rendering import Outputs
from sitegen.build.request import CACHE, Options
from sitegen.build.seal import sealed_line, unsealed_line
from sitegen.build.session import Session
from sitegen.check.link_requests import Answer, ask_all
from sitegen.inputs.folders import read_file, read_tree
from sitegen.model.phrases import Phrase, phrase
from sitegen.model.problems import Lines, Place, Problem, problem
from sitegen.model.urls import encoded
from sitegen.model.words import T_

_KIND = "answers"
CODES = ("link-external-dead", "link-external-moved")
_GOOD, _BAD = 7 * 86_400, 86_400  # seconds that an answer is believed
_GOES_ON = frozenset("/-_.~!$&'*+,;=:@%?#")
_REASONS = {
    "timeout": T_("it did not answer in time"),
    "name": T_("the host does not exist"),
    "refused": T_("the host refuses the connection"),
    "certificate": T_("its certificate is invalid"),
    "redirects": T_("it redirects without end"),
    "address": T_("it is, or redirects to, a private address that is not checked"),
    "broken": T_("the answer is incomplete"),
}

_STATUSES = {
    401: T_("the page requires a login (status {status})"),
    403: T_("the host denies access (status {status})"),
    404: T_("the page does not exist (status {status})"),
    410: T_("the page was removed (status {status})"),
    429: T_("the host receives too many requests (status {status})"),
}
_FAILED = T_("the host reports an internal error (status {status})")
_OTHER = T_("the host answers with status {status}")


class _CachedAnswer(Struct, frozen=True):
    """One answer, and when it was given (seconds since 1970)."""

    answer: Answer
    asked: float


def check_outside(planned: Planned, outputs: Outputs, options: Options, session: Session, agent: str) -> list[Problem]:
    """Request every external link, as the user agent `agent`.

    Problems: link-external-dead (a warning), link-external-moved (a note).
    """
    held: dict[str, list[str]] = {}  # address → sources of the pages that lead there
    base_url = planned.inputs.config.base_url
    pages = {row.path: row.source for row in planned.index.rows if row.kind in ("page", "standalone")}
    external = outputs.outside()
    for path in (path for path in pages if path in external):
        for address in external[path]:
            if not (base_url and _is_below(address, base_url)):
                held.setdefault(address, []).append(pages[path])
    with session.step("outside"):
        answers = _answers({_without_anchor(url) for url in held}, options, session, agent)
    bad = {address: answers[_without_anchor(address)] for address in sorted(held)}
    bad = {address: answer for address, answer in bad.items() if answer.moved or not answer.is_good}
    texts = _texts(options) if bad else {}
    return [
        _problem(address, answer, place)
        for address, answer in bad.items()
        for place in _places(address, dict.fromkeys(held[address]), texts)
    ]


def _is_below(address: str, base_url: str) -> bool:
    """Say whether an address is one of the site, whose own is encoded, however a person has typed it."""
    if (address + "/").startswith(base_url) or address.isascii():
        return (address + "/").startswith(base_url)
    try:
        return f"{encoded(address)}/".startswith(base_url)
    except ValueError:
        return False


def _without_anchor(address: str) -> str:
    return address.partition("#")[0]


def _answers(addresses: set[str], options: Options, session: Session, agent: str) -> dict[str, Answer]:
    """Return the answers, requesting only those that are not cached."""
    file, now = options.root / CACHE / "outside.json", time.time()
    cached = {url: entry for url, entry in _remembered(file).items() if _is_fresh(entry, now)}
    missing = sorted(addresses - cached.keys())
    new = ask_all(missing, agent, lambda count: session.told(count, len(missing)))
    cached |= {address: _CachedAnswer(answer, now) for address, answer in new.items()}
    if new and options.remember:
        _remember(file, cached)
    return {address: cached[address].answer for address in addresses}


def _is_fresh(cached: _CachedAnswer, now: float) -> bool:
    return 0 <= now - cached.asked < (_GOOD if cached.answer.is_good else _BAD)


def _remembered(file: Path) -> dict[str, _CachedAnswer]:
    try:
        return json.decode(unsealed_line(_KIND, b"", file.read_bytes()), type=dict[str, _CachedAnswer])
    except (OSError, DecodeError, ValidationError, ValueError):
        return {}  # lost or damaged: asked again


def _remember(file: Path, answers: dict[str, _CachedAnswer]) -> None:
    try:
        if not is_own(file):
            return  # not a folder of ours
        file.parent.mkdir(parents=True, exist_ok=True)
        spare = unlinked(file.with_suffix(".json.new"))
        spare.write_bytes(sealed_line(_KIND, b"", json.encode(dict(sorted(answers.items())))))
        spare.replace(file)
    except OSError:
        pass  # a read-only folder: asked again next time


def _texts(options: Options) -> dict[str, str]:
    """Return the texts that an address may be written in: content, data, templates and the settings."""
    folders = (("content", ".md"), ("data", ""), ("templates", ""))
    sources = [source for folder, held in folders for source in read_tree(options.root, folder, held)[0]]
    settings, _ = read_file(options.root, options.config)
    sources += [settings] if settings else []
    return {source.path: source.data.decode("utf-8", "replace") for source in sources}


def _places(address: str, sources: Iterable[str], texts: dict[str, str]) -> list[Place]:
    """Return where an address is written: in the pages themselves, else in their templates and data."""
    places = [place for path in sources if (place := _place(address, path, texts.get(path, "")))]
    if places:
        return places
    others = (path for path in texts if not path.startswith("content/"))
    made_of = [place for path in others if (place := _place(address, path, texts[path]))]
    return made_of or [Place(path) for path in list(sources)[:1]]


def _place(address: str, path: str, text: str) -> Place | None:
    at = text.find(address)
    while at >= 0:
        behind = text[at + len(address) :][:2]
        if not behind[:1].isalnum() and (behind[:1] not in _GOES_ON or not behind[1:].isalnum()):
            return Lines(path, text.replace("\r", " ")).place(at)
        at = text.find(address, at + 1)
    return None


def _problem(address: str, answer: Answer, place: Place) -> Problem:
    if answer.is_good:
        return problem("link-external-moved", place, None, address=address, target=answer.moved)
    return problem("link-external-dead", place, None, address=address, reason=_why(answer))


def _why(answer: Answer) -> Phrase:
    if not answer.status:
        return Phrase(_REASONS[answer.reason])
    is_failure = answer.status >= 500
    return phrase(_FAILED if is_failure else _STATUSES.get(answer.status, _OTHER), status=answer.status)
