"""The proof of the whole site, over its finished outputs: every link, anchor and hreflang leads where it says.

Works on what `write.proof` found in each output, so it holds for templates as well as for content.
"""

import posixpath
from urllib.parse import unquote, urlsplit

from sitegen.core.problems import Place, Problem, problem
from sitegen.core.records import Link, Output, Page
from sitegen.core.urls import absolute, base_path, output_path
from sitegen.core.views import Task
from sitegen.read.typed import near


def prove_site(
    outputs: dict[str, Output], tasks: list[Task], others: frozenset[str], pages: dict[str, Page], base_url: str
) -> list[Problem]:
    """Check all outputs against each other. `others` are the output paths of assets; `pages` are by source path.

    Problems: anchor-missing at the place of the Markdown link, else output-link-dead, output-anchor-missing,
    output-alternates, output-alternates-self.
    """
    problems: list[Problem] = []
    prefix = base_path(base_url) if base_url else "/"
    for task in tasks:
        output = outputs.get(task.path)
        if output is None:
            continue
        page = pages.get(task.source)
        for link in output.links:
            problems += _check(link, output, outputs, others, task.source, page, prefix)
    return problems + _alternates(outputs, tasks, base_url)


def _check(
    link: str,
    output: Output,
    outputs: dict[str, Output],
    others: frozenset[str],
    source: str,
    page: Page | None,
    prefix: str,
) -> list[Problem]:
    address, _, anchor = link.partition("#")
    target = _target(unquote(address), output.path, prefix)
    if target not in outputs and target not in others:
        return [problem("output-link-dead", Place(source), link=link, output=output.path)]
    anchor = unquote(anchor)
    if not anchor or target not in outputs or anchor in outputs[target].ids:
        return []
    guess = near(anchor, outputs[target].ids)
    written = _written(page, anchor, target == output.path) if page else None
    if written:
        return [problem("anchor-missing", written.place, guess, anchor=anchor, target="/" + _url(target))]
    return [problem("output-anchor-missing", Place(source), guess, link=link, output=output.path)]


def _target(address: str, here: str, prefix: str) -> str:
    """Return the output path that a link in the file `here` means, as a browser and a static host would find it."""
    if address == "":
        return here
    if address.startswith("/"):
        path = address.removeprefix(prefix.rstrip("/")).lstrip("/")
    else:
        path = posixpath.join(posixpath.dirname(here), address)
    folder = address.endswith("/") or posixpath.basename(address) in (".", "..")
    path = posixpath.normpath(path) if path else ""
    path = "" if path == "." else path
    return output_path(f"{path}/" if folder and path else path)


def _written(page: Page, anchor: str, same_page: bool) -> Link | None:
    """Return the Markdown link that a dead anchor came from."""
    for link in page.links:
        if link.anchor == anchor and (link.target == "") == same_page:
            return link
    return next((link for link in page.links if link.anchor == anchor), None)


def _alternates(outputs: dict[str, Output], tasks: list[Task], base_url: str) -> list[Problem]:
    """Check that alternates lead to pages of the site, name the page itself, and are mutual."""
    problems = []
    by_address = {absolute(base_url, _url(path)): output for path, output in outputs.items()} if base_url else {}
    sources = {task.path: task.source for task in tasks}
    for path, output in outputs.items():
        if not output.alternates:
            continue
        own = absolute(base_url, _url(path))
        addresses = [address for _, address in output.alternates]
        for lang, address in output.alternates:
            other = by_address.get(address)
            if other is None or own not in [back for _, back in other.alternates]:
                problems.append(problem("output-alternates", Place(sources[path]), lang=lang, address=address))
        if own not in addresses or urlsplit(own).scheme == "":
            problems.append(problem("output-alternates-self", Place(sources[path]), address=own))
    return problems


def _url(path: str) -> str:
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
