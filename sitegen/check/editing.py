"""Editorial rules of the linked site: descriptions, titles, pages that no other page links to. Used by `check` only."""

from collections.abc import Mapping

from msgspec import UnsetType

from sitegen.model.outputs import PageFacts
from sitegen.model.page import Page
from sitegen.model.phrases import counted
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.urls import output_path
from sitegen.site.links import Site
from sitegen.site.titles import LONGEST_TITLE, window_title

_SHORTEST_DESCRIPTION = 50
_LONGEST_DESCRIPTION = 160
OF_PAGE = frozenset({"description-missing", "description-short", "title-long"})  # of a page by itself


def check_editing(
    site: Site, kinds: Mapping[str, str], facts: Mapping[str, PageFacts], *, whole: bool = True
) -> list[Problem]:
    """Check what is published; by output path, `kinds` are those of the plan, `facts` those of the finished pages.

    Without `whole`, pages may be missing, and with them the links that lead to others: then no page is an orphan.

    Problems: description-missing, description-short, title-long, title-twice, description-twice,
    orphan-page.
    """
    pages = sorted({node.page.path: node.page for node in site.nodes.values()}.values(), key=lambda page: page.path)
    problems = [p for page in pages for p in check_page(page, site.config.language(page.lang).title)]
    problems += _repeated(pages, "title") + _repeated(pages, "description")
    return problems + (_orphans(site, kinds, facts) if whole else [])


def check_page(page: Page, site_title: str) -> list[Problem]:
    """Check a page by itself. Problems: those in OF_PAGE."""
    return _description(page) + _title(page, site_title)


def without_sources(site: Site) -> frozenset[str]:
    """Return the paths of the published pages that have no `sources`, neither their own nor inherited ones."""
    pages = (node.page for node in site.nodes.values())
    return frozenset(page.path for page in pages if isinstance(page.front.sources, UnsetType) or not page.front.sources)


def _description(page: Page) -> list[Problem]:
    text = page.front.description.strip()
    if len(text) >= _SHORTEST_DESCRIPTION:
        return []
    range_ = {"low": _SHORTEST_DESCRIPTION, "high": _LONGEST_DESCRIPTION}
    if not text:
        return [problem("description-missing", page.place("description", "title"), None, **range_)]
    letters = counted("{n} character", "{n} characters", len(text))
    return [problem("description-short", page.place("description"), None, length=letters, **range_)]


def _title(page: Page, site_title: str) -> list[Problem]:
    """Report a `<title>` that search engines cut, unless the page has a short title that they do not."""
    shown = window_title(page, site_title)
    if len(shown) <= LONGEST_TITLE:
        return []
    place, length = page.place("title_short", "title"), counted("{n} character", "{n} characters", len(shown))
    return [problem("title-long", place, shown=shown, length=length, limit=LONGEST_TITLE)]


def _repeated(pages: list[Page], key: str) -> list[Problem]:
    """Return every page but the first that says the same as another one of its language."""
    first: dict[tuple[str, str], Page] = {}
    problems = []
    for page in pages:
        text = " ".join(getattr(page.front, key).split()).casefold()
        other = first.setdefault((page.lang, text), page)
        if text and other is not page:
            problems.append(problem(f"{key}-twice", page.place(key), other=other.path))
    return problems


def _orphans(site: Site, kinds: Mapping[str, str], facts: Mapping[str, PageFacts]) -> list[Problem]:
    """Return the pages that no other page leads to: neither its translations nor redirects from old addresses count."""
    nodes = {output_path(node.url): node for node in site.nodes.values()}
    led: set[str] = set()
    for path, kind in kinds.items():
        if kind not in ("page", "standalone") or path not in facts:
            continue
        page_node = nodes.get(path)
        led.update(
            link.target
            for link in facts[path].links
            if link.target in nodes and (page_node is None or nodes[link.target].key != page_node.key)
        )
    lost = (node for path, node in nodes.items() if path not in led and not node.is_fallback)
    return [problem("orphan-page", Place(node.page.path)) for node in lost if node.page.name != "index"]
