"""Which problems are not shown: those that somebody suppressed, and those that may only follow from another one.

A pure function over problems and exceptions; where exceptions are written is known in `read`.

A site with mistakes is rendered and proved as far as it could be read, so that one build shows everything there is to
fix. It is not published, so nothing here decides about what readers see.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct

from sitegen.build.inputs import Inputs
from sitegen.build.planning import Planned, Row
from sitegen.build.rendering import Outputs
from sitegen.model.messages import is_error
from sitegen.model.problems import Ignore, Problem
from sitegen.model.urls import meant, output_path

# Which problems are not shown because somebody decided so. Errors always are.


def suppressed(problems: list[Problem], ignores: list[Ignore]) -> tuple[list[Problem], list[Ignore]]:
    """Return the problems that remain, and the exceptions that silenced nothing."""
    by_code: dict[str, list[Ignore]] = {}
    for ignore in ignores:
        by_code.setdefault(ignore.code, []).append(ignore)
    kept = []
    used: set[Ignore] = set()
    for one in problems:
        fitting = [] if is_error(one) else [i for i in by_code.get(one.code, ()) if _holds(i, one)]
        used.update(fitting)
        if not fitting:
            kept.append(one)
    return kept, [ignore for ignore in ignores if ignore not in used]


def _holds(ignore: Ignore, problem: Problem) -> bool:
    path = problem.place.path
    if ignore.line:
        return path == ignore.path and problem.place.line == ignore.line
    return path == ignore.path or fnmatchcase(path, ignore.path)


# What is left out of the problems of a site that has mistakes already: all that may only follow from them.


# Mistakes of a page's file that change more than that page.
_OF_THE_WHOLE = frozenset(
    "address-case address-inside address-twice block-unknown content-empty content-stray home-missing language-unknown "
    "link-leads-outside link-loop template-unknown translation-duplicate".split()
)

# Those after which nobody knows which outputs there would be.
_MOVES = _OF_THE_WHOLE - {"block-unknown", "home-missing", "template-unknown"}

# Mistakes of a text that may take headings, and with them anchors, out of its page; or all that a template writes.
_TEARS = frozenset(
    "block-unknown control-character extension-failed file-too-long file-unreadable html-refused merge-conflict "
    "not-utf8 nul-character text-tangled".split()
)


class Earlier(Struct, frozen=True):
    """The mistakes of a site before it is rendered.

    `own` are the paths of files with errors, `torn` those whose anchors nobody knows, `lost` the outputs that may be
    missing or doubled; `whole` says that every page is as it should be, but for its own mistakes.
    """

    own: frozenset[str]
    torn: frozenset[str]
    lost: frozenset[str]
    whole: bool
    outside: bool  # there are errors outside of content/
    known: bool  # which pages may be missing: those of `lost`, and what has one of `words` in its address
    words: frozenset[str]
    failed: bool = False  # some outputs could not be rendered


def earlier(problems: Iterable[Problem], inputs: Inputs, rows: Sequence[Row]) -> Earlier:
    """Sum up what is wrong, `problems` among it, with a site whose outputs are `rows`."""
    errors = [one for one in problems if is_error(one)]
    broken, codes = inputs.broken, inputs.config.codes
    counts = Counter(row.path for row in rows)
    homes = {one.place.path for one in errors if one.code == "home-missing"}
    unread = {one.page.path: one for one in inputs.pages.unread}
    outside = not all(one.place.path.startswith("content/") for one in errors)
    return Earlier(
        frozenset(one.place.path for one in errors),
        frozenset(one.place.path for one in errors if one.code in _TEARS),
        frozenset(_outputs(broken | homes, codes) | {path for path, count in counts.items() if count > 1}),
        whole=not errors or (not broken and all(map(_of_one_page, errors))),
        outside=outside,
        known=not outside and broken <= unread.keys() and all(one.code not in _MOVES for one in errors),
        words=frozenset(word for one in unread.values() for word in one.words),
    )


def _outputs(paths: Iterable[str], codes: Collection[str]) -> set[str]:
    """Return the outputs that files of pages may have, by their names, in all languages: a source has fallbacks."""
    names = [path.removeprefix("content/").removesuffix(".md").removesuffix("index").rstrip("/") for path in paths]
    bare = {name.partition("/")[2] for name in names if name.partition("/")[0] in codes}
    return {output_path(f"{name}/".lstrip("/")) for name in names} | {
        output_path(f"{code}/{name}/".replace("//", "/")) for code in codes for name in bare
    }


def _of_one_page(problem: Problem) -> bool:
    """Say whether a mistake leaves all other pages as they are."""
    return problem.place.path.startswith("content/") and problem.code not in _OF_THE_WHOLE


def to_render(rows: Sequence[Row], before: Earlier) -> list[int]:
    """Return the numbers of the outputs to render: one for each path.

    Of a site with mistakes these are only those that have links and anchors.

    Of templates that cannot be read, or have an unresolved conflict, nothing is rendered: all that came of it would be
    their mistakes again.
    """
    if any(path.startswith("templates/") for path in before.torn):
        return []
    if before.whole:
        return list(range(len(rows)))
    return list({row.path: number for number, row in enumerate(rows) if row.kind != "card"}.values())


def of_rendering(problems: Iterable[Problem], before: Earlier) -> list[Problem]:
    """Return what rendering found, without what follows from a mistake shown already."""
    return [one for one in problems if one.place.path not in before.own and (before.whole or _is_sure(one, before))]


def _is_sure(one: Problem, before: Earlier) -> bool:
    """Say whether a template's or a page's mistake would be there on a good site too."""
    if one.code in ("template-failed", "template-missing", "internal-error"):
        return False
    return one.code == "template-syntax" or not (one.code.startswith("template-") and before.outside)


def of_proof(problems: Iterable[Problem], before: Earlier, targets: Mapping[str, str], prefix: str) -> list[Problem]:
    """Return what the proof found, without what follows from a mistake shown already.

    `targets` is the output path of a page → its source, `prefix` the path of base_url.
    """
    return [one for one in problems if not _follows(one, before, targets, prefix)]


def of_unseen(planned: Planned, outputs: Outputs, before: Earlier) -> list[Problem]:
    """Return the dead anchors of pages that were not rendered, where it is certain what they lead to."""
    unread = planned.inputs.pages.unread
    if not unread and not before.torn:
        return []
    from sitegen.site.proof import check_anchors

    site, seen = planned.site, outputs.page_facts
    sources = {row.path: row.source for row in planned.index.rows}
    pages = {node.page.path: node.page for node in site.nodes.values()}
    unseen = [*(one.page for one in unread), *(pages[path] for path in sorted(before.torn & pages.keys()))]
    certain = {path: one for path, one in seen.items() if sources[path] not in before.torn and path not in before.lost}
    shown = {sources[path] for path in seen}
    return check_anchors(site, [page for page in unseen if page.path not in shown], certain, before.torn)


def _follows(one: Problem, before: Earlier, targets: Mapping[str, str], prefix: str) -> bool:
    values = {name: str(value) for name, value in one.values}
    if one.code == "anchor-missing":
        path = output_path(values["target"].removeprefix("/"))
        return targets.get(path) in before.torn or path in before.lost
    if one.place.path in before.own or (before.failed and one.code.startswith("output-alternates")):
        return True
    if before.whole:
        return False
    if one.code == "output-link-dead":
        return not before.known or _may_be_lost(
            meant(values["link"].partition("#")[0], values["output"], prefix), before
        )
    if one.code != "output-anchor-missing" or before.outside:  # a menu or a feed may lack its page
        return True
    return meant(values["link"].partition("#")[0], values["output"], prefix) in before.lost


def _may_be_lost(path: str, before: Earlier) -> bool:
    """Say whether an output that is not there may be one of a page that could not be read, whatever its address is."""
    names = path.removesuffix("/index.html").split("/")[1:]
    return path in before.lost or not path.endswith("/index.html") or any(name in before.words for name in names)
