"""The proof of the whole site, over its finished outputs: every link, anchor and hreflang leads where it says.

Works on what `write.proof` found in each output, so it holds for templates as well as for content.
"""

from collections.abc import Mapping

from sitegen.core.finished import Led, Seen
from sitegen.core.problems import Place, Problem, problem
from sitegen.core.records import Page
from sitegen.core.urls import absolute
from sitegen.read.typed import near


def prove_site(
    seen: Mapping[str, Seen],
    sources: Mapping[str, str],
    others: frozenset[str],
    pages: Mapping[str, Page],
    base_url: str,
) -> list[Problem]:
    """Check all outputs against each other.

    `seen` and `sources` are by output path, `others` the output paths of what is only copied, `pages` by source path.
    Problems: anchor-missing at the place of the Markdown link, else output-link-dead, output-anchor-missing,
    output-alternates, output-alternates-self.
    """
    leads = {(link.target, link.anchor) for page in seen.values() for link in page.links}
    ids = {path: frozenset(page.ids) for path, page in seen.items()}
    dead = {lead for lead in leads if not _leads_somewhere(lead, ids, others)}
    problems: list[Problem] = []
    if dead:
        for path, page in seen.items():
            wrong = (link for link in page.links if (link.target, link.anchor) in dead)
            problems += [_dead(link, path, sources[path], ids, pages.get(sources[path])) for link in wrong]
    return problems + _alternates(seen, sources, base_url)


def _leads_somewhere(lead: tuple[str, str], ids: Mapping[str, frozenset[str]], others: frozenset[str]) -> bool:
    target, anchor = lead
    if target in ids:
        return not anchor or anchor in ids[target]
    return target in others


def _dead(link: Led, path: str, source: str, ids: Mapping[str, frozenset[str]], page: Page | None) -> Problem:
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


def _alternates(seen: Mapping[str, Seen], sources: Mapping[str, str], base_url: str) -> list[Problem]:
    """Check that alternates lead to pages of the site, name the page itself, and are mutual."""
    problems = []
    own = {path: absolute(base_url, _url(path)) for path, page in seen.items() if page.alternates} if base_url else {}
    named = {own[path]: frozenset(address for _, address in seen[path].alternates) for path in own}
    for path, address in own.items():
        for lang, other in seen[path].alternates:
            if other not in named or address not in named[other]:
                problems.append(problem("output-alternates", Place(sources[path]), lang=lang, address=other))
        if address not in named[address]:
            problems.append(problem("output-alternates-self", Place(sources[path]), address=address))
    return problems


def _url(path: str) -> str:
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
