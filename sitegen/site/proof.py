"""Checks all links of the finished site: every link, anchor and hreflang must lead to an existing target.

Works on the facts of each output (`outputs.facts`), so it covers templates as well as content. The links of pages that
could not be rendered are checked from their outlines.
"""

from collections.abc import Iterable, Mapping

from sitegen.model.outputs import FoundLink, PageFacts
from sitegen.model.page import Link, Page
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.urls import absolute, output_path
from sitegen.site.links import Site, find_asset, resolve
from sitegen.text.spelling import near


def prove_site(
    facts: Mapping[str, PageFacts],
    sources: Mapping[str, str],
    others: frozenset[str],
    pages: Mapping[str, Page],
    base_url: str,
) -> list[Problem]:
    """Check all outputs against each other.

    `facts` and `sources` are by output path, `others` the output paths of what is only copied, `pages` by source path.
    Problems: anchor-missing at the place of the Markdown link, else output-link-dead, output-anchor-missing,
    output-alternates, output-alternates-self.
    """
    leads = {(link.target, link.anchor) for page in facts.values() for link in page.links}
    ids = {path: frozenset(page.ids) for path, page in facts.items()}
    dead = {lead for lead in leads if not _leads_somewhere(lead, ids, others)}
    problems: list[Problem] = []
    if dead:
        for path, page in facts.items():
            links = (link for link in page.links if (link.target, link.anchor) in dead)
            problems += [_dead(link, path, sources[path], ids, pages.get(sources[path])) for link in links]
    return problems + _alternates(facts, sources, base_url)


def _leads_somewhere(lead: tuple[str, str], ids: Mapping[str, frozenset[str]], others: frozenset[str]) -> bool:
    target, anchor = lead
    if target in ids:
        return not anchor or anchor in ids[target]
    return target in others


def _dead(link: FoundLink, path: str, source: str, ids: Mapping[str, frozenset[str]], page: Page | None) -> Problem:
    if link.target not in ids:
        return problem("output-link-dead", Place(source), link=link.written, output=path)
    guess = near(link.anchor, ids[link.target])
    number = _written(page, link.anchor, link.target == path) if page else None
    if page and number is not None:
        target = "/" + _url(link.target)
        return problem("anchor-missing", page.place_of("link", number), guess, anchor=link.anchor, target=target)
    return problem("output-anchor-missing", Place(source), guess, link=link.written, output=path)


def _written(page: Page, anchor: str, same_page: bool) -> int | None:
    """Return the number of the Markdown link that a dead anchor came from."""
    for number, link in enumerate(page.links):
        if link.anchor == anchor and (link.target == "") == same_page:
            return number
    return next((number for number, link in enumerate(page.links) if link.anchor == anchor), None)


def _alternates(facts: Mapping[str, PageFacts], sources: Mapping[str, str], base_url: str) -> list[Problem]:
    """Check that alternates lead to pages of the site, name the page itself, and are mutual."""
    problems = []
    urls = {path: absolute(base_url, _url(path)) for path, page in facts.items() if page.alternates} if base_url else {}
    named = {urls[path]: frozenset(address for _, address in facts[path].alternates) for path in urls}
    for path, address in urls.items():
        for lang, other in facts[path].alternates:
            if other not in named or address not in named[other]:
                problems.append(problem("output-alternates", Place(sources[path]), lang=lang, address=other))
        if address not in named[address]:
            problems.append(problem("output-alternates-self", Place(sources[path]), address=address))
    return problems


def _url(path: str) -> str:
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path


# The links of pages that cannot be shown: front matter that cannot be read, a block that does not exist.


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


def check_anchors(
    site: Site, pages: Iterable[Page], facts: Mapping[str, PageFacts], torn: frozenset[str]
) -> list[Problem]:
    """Check the anchors of pages that were not rendered; `facts` is by output path.

    The anchors of the pages at the paths `torn` are not all known. Problems: anchor-missing.
    """
    with_anchors = [page for page in pages if any(link.anchor for link in page.links)]
    if not with_anchors:
        return []
    common = _of_templates(site, facts)
    problems = []
    for page in with_anchors:
        for number, link in enumerate(page.links):
            if not link.anchor:
                continue
            path, ids = _ids(site, page, link, facts) if link.target else (_own(page), common.union(page.ids))
            if ids is not None and link.anchor not in ids and not (page.path in torn and not link.target):
                target = "/" + path.removesuffix("index.html")
                guess = near(link.anchor, ids)
                problems.append(
                    problem("anchor-missing", page.place_of("link", number), guess, anchor=link.anchor, target=target)
                )
    return problems


def _ids(site: Site, page: Page, link: Link, facts: Mapping[str, PageFacts]) -> tuple[str, frozenset[str] | None]:
    """Return the output that a link leads to, and the ids in it; None where they are not known."""
    target, _ = resolve(site, page, page.lang, link, Place(page.path))
    path = output_path(target.url) if target else ""
    is_known = path in facts and target is not None and target.anchor == link.anchor
    return path, frozenset(facts[path].ids) if is_known else None


def _own(page: Page) -> str:
    return output_path(f"{page.lang}/{page.name.removesuffix('index').rstrip('/')}/".replace("//", "/"))


def _of_templates(site: Site, facts: Mapping[str, PageFacts]) -> frozenset[str]:
    """Return the ids that templates put into pages: any page may have them."""
    ids: set[str] = set()
    for node in site.nodes.values():
        path = output_path(node.url)
        if path in facts:
            ids.update(set(facts[path].ids).difference(node.page.ids))
    return frozenset(ids)
