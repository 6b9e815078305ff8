"""What is left out of the problems of a site that has mistakes already: all that may only follow from them.

A site with mistakes is rendered and proved as far as it could be read, so that one build shows everything there is to
fix. It is not published, so nothing here decides about what readers see.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from sitegen.core.messages import is_error
from sitegen.core.problems import Problem
from sitegen.core.urls import meant, output_path
from sitegen.core.views import Task

# Mistakes of a page's file that change more than that page.
_OF_THE_WHOLE = frozenset(
    "address-case address-inside address-twice block-unknown content-empty content-stray home-missing language-unknown "
    "link-leads-outside link-loop template-unknown translation-duplicate".split()
)
# Mistakes of a text that may take headings, and with them anchors, out of its page.
_TEARS = frozenset("block-unknown extension-failed html-refused merge-conflict text-tangled".split())


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
    failed: bool = False  # some outputs could not be rendered


def earlier(problems: Iterable[Problem], broken: frozenset[str], tasks: Iterable[Task]) -> Earlier:
    """Sum up what is wrong; `broken` are the paths of files that could not be read."""
    errors = [one for one in problems if is_error(one)]
    counts = Counter(task.path for task in tasks)
    homes = {one.place.path for one in errors if one.code == "home-missing"}
    names = (path.removeprefix("content/").removesuffix(".md") for path in broken | homes)
    missing = {output_path((name.removesuffix("index").rstrip("/") + "/").lstrip("/")) for name in names}
    return Earlier(
        frozenset(one.place.path for one in errors),
        frozenset(one.place.path for one in errors if one.code in _TEARS),
        frozenset(missing | {path for path, count in counts.items() if count > 1}),
        whole=not errors or (not broken and all(map(_of_one_page, errors))),
        outside=not all(one.place.path.startswith("content/") for one in errors),
    )


def _of_one_page(problem: Problem) -> bool:
    """Say whether a mistake leaves all other pages as they are."""
    return problem.place.path.startswith("content/") and problem.code not in _OF_THE_WHOLE


def to_render(tasks: list[Task], before: Earlier) -> list[Task]:
    """Return the outputs to render: one for each path, and of a site with mistakes only what has links and anchors."""
    if before.whole:
        return tasks
    return list({task.path: task for task in tasks if task.kind != "card"}.values())


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


def _follows(one: Problem, before: Earlier, targets: Mapping[str, str], prefix: str) -> bool:
    values = {name: str(value) for name, value in one.values}
    if one.code == "anchor-missing":
        path = output_path(values["target"].removeprefix("/"))
        return targets.get(path) in before.torn or path in before.lost
    if one.place.path in before.own or (before.failed and one.code.startswith("output-alternates")):
        return True
    if before.whole:
        return False
    if one.code != "output-anchor-missing" or before.outside:  # a menu or a feed may lack its page
        return True
    return meant(values["link"].partition("#")[0], values["output"], prefix) in before.lost
