"""The links of pages that cannot be shown: front matter that cannot be read, a block that does not exist.

What such a page says of itself nobody knows, but where its text leads can be judged like that of any other page. Takes
the linked site and what its finished pages say; returns problems.
"""

from collections.abc import Iterable, Mapping

from sitegen.core.finished import Seen
from sitegen.core.problems import Place, Problem, problem
from sitegen.core.records import Link, Page
from sitegen.core.urls import output_path
from sitegen.read.typed import near
from sitegen.site.link import Site, find_asset, resolve


def check_unread(site: Site, pages: Iterable[Page]) -> list[Problem]:
    """Check where pages lead that are no part of the site. Problems: those of link.resolve, and image-missing."""
    problems: list[Problem] = []
    for page in pages:
        for number, link in enumerate(page.links):
            place = page.place_of("link", number)
            problems += resolve(site, page, page.lang, link, place)[1] if link.target else []
        for number, image in enumerate(page.images):
            if find_asset(site, page, page.lang, image.target) is None and not site.is_broken(page, image.target):
                problems.append(problem("image-missing", page.place_of("image", number), target=image.target))
    return problems


def check_anchors(site: Site, pages: Iterable[Page], seen: Mapping[str, Seen], torn: frozenset[str]) -> list[Problem]:
    """Check the anchors of pages that were not rendered; `seen` is output path → what the finished page says.

    Of the pages at the paths `torn` nobody knows all anchors. Problems: anchor-missing.
    """
    unseen = [page for page in pages if any(link.anchor for link in page.links)]
    if not unseen:
        return []
    common = _of_templates(site, seen)
    problems = []
    for page in unseen:
        for number, link in enumerate(page.links):
            if not link.anchor:
                continue
            path, ids = _ids(site, page, link, seen) if link.target else (_own(page), common.union(page.ids))
            if ids is not None and link.anchor not in ids and not (page.path in torn and not link.target):
                target = "/" + path.removesuffix("index.html")
                guess = near(link.anchor, ids)
                problems.append(
                    problem("anchor-missing", page.place_of("link", number), guess, anchor=link.anchor, target=target)
                )
    return problems


def _ids(site: Site, page: Page, link: Link, seen: Mapping[str, Seen]) -> tuple[str, frozenset[str] | None]:
    """Return the output that a link leads to, and the ids in it; None where nobody knows them."""
    target, _ = resolve(site, page, page.lang, link, Place(page.path))
    path = output_path(target.url) if target else ""
    known = path in seen and target is not None and target.anchor == link.anchor
    return path, frozenset(seen[path].ids) if known else None


def _own(page: Page) -> str:
    return output_path(f"{page.lang}/{page.name.removesuffix('index').rstrip('/')}/".replace("//", "/"))


def _of_templates(site: Site, seen: Mapping[str, Seen]) -> frozenset[str]:
    """Return the ids that templates put into pages: any page may have them."""
    found: set[str] = set()
    for node in site.nodes.values():
        path = output_path(node.url)
        if path in seen:
            found.update(set(seen[path].ids).difference(node.page.ids))
    return frozenset(found)
