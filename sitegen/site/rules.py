"""Rules of the linked site as a whole. Returns problems; changes nothing.

An imported site may break a rule a thousand times: each kind is one warning with the count.
"""

import posixpath
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sitegen.model.config import Config
from sitegen.model.lazy import lazily
from sitegen.model.page import Page
from sitegen.model.phrases import counted, phrase
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.urls import same_when_folded
from sitegen.model.views import Task
from sitegen.model.words import T_
from sitegen.text.spelling import near

if TYPE_CHECKING:
    from sitegen.site.links import Site

# Files below content/ that look like pages and are none: another ending, another spelling of it, a copy.

_RENAME = T_("Rename it: the extension of a page is .md")
_MARKDOWN = (".markdown", ".mkd", ".mkdn", ".mdown", ".mdwn", ".mdtxt", ".mdtext", ".markdn")
_PROGRAMS = (".mdx", ".rmd", ".qmd", ".ipynb", ".njk", ".liquid", ".astro", ".svx", ".mdoc")
_MARKS = (".rst", ".adoc", ".asciidoc", ".org", ".textile", ".wiki", ".creole", ".tex")
_HTML = (".html", ".htm", ".xhtml", ".shtml")
_OFFICE = (".docx", ".doc", ".odt", ".rtf", ".pages")
_ADVICE = {
    **dict.fromkeys(_MARKDOWN, _RENAME),
    **dict.fromkeys(_PROGRAMS, T_("Rename it to .md, and write its components as blocks or in Markdown")),
    **dict.fromkeys(_MARKS, T_("Convert it to Markdown (for example with pandoc), with the extension .md")),
    **dict.fromkeys(_HTML, T_("Write the page in Markdown, or move the file to static/ and link to it")),
    **dict.fromkeys(_OFFICE, T_("Convert the text to Markdown (for example with pandoc), or link to the file")),
}
_COPY = lazily(r"\.(?:md|markdown)(?:[~#]\Z|[.\- _(])", re.IGNORECASE)


def kind_of(path: str) -> tuple[str, str]:
    """Return what sort of page-like file this is, and what to do with it; ("", "") for a page and for other files."""
    name = posixpath.basename(path)
    suffix = posixpath.splitext(name)[1]
    if suffix == ".md":
        return "", ""
    if suffix.lower() == ".md":
        return suffix, T_("Write the extension in lower case: .md")
    copy = _COPY.search(name)
    if copy:
        ending = name[copy.start() :]
        if suffix.lower() == ".txt":
            return ending, _RENAME
        return ending if len(ending) < _LONGEST else "….md…", T_("Delete the copy, or move it out of content/")
    return (suffix, _ADVICE[suffix.lower()]) if suffix.lower() in _ADVICE else ("", "")


_LONGEST = 16  # letters of the ending of a copy


def ignored_pages(paths: Iterable[str]) -> list[Problem]:
    """Return one problem for each kind of page-like file that is no page: page-ignored (a warning)."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for path in sorted(paths):
        kind, advice = kind_of(path)
        if kind:
            kinds.setdefault((kind, advice), []).append(path)
    return [
        problem(
            "page-ignored",
            Place(files[0]),
            None,
            files=counted("{n} file with the ending {kind}", "{n} files with the ending {kind}", len(files), kind=kind),
            advice=phrase(advice),
        )
        for (kind, advice), files in kinds.items()
    ]


_LONGEST_DESCRIPTION = 160


def check_site(site: "Site", templates: frozenset[str]) -> list[Problem]:
    """Check the pages against each other and against the templates.

    Problems: home-missing, description-long (warnings), those of sections, template-unknown,
    block-unknown.
    """
    from sitegen.site.links import check_sections

    problems = _homes(site)
    for page in {node.page.path: node.page for node in site.nodes.values()}.values():
        source = site.sources[page.key]
        if source is not page:
            problems += check_sections(page, source)
        problems += _description(page)
        problems += _templates(page, source is page, templates)
    return problems


def _homes(site: "Site") -> list[Problem]:
    return [
        problem("home-missing", Place(f"content/{code}/index.md"), code=code)
        for code in site.config.codes
        if not any(node.lang == code and node.page.name == "index" for node in site.nodes.values())
        and f"content/{code}/index.md" not in site.broken
        and site.nodes
    ]


def _description(page: Page) -> list[Problem]:
    length = len(page.front.description)
    if length <= _LONGEST_DESCRIPTION:
        return []
    letters = counted("{n} character", "{n} characters", length)
    return [problem("description-long", page.place("description"), length=letters, limit=_LONGEST_DESCRIPTION)]


def _templates(page: Page, is_source: bool, templates: frozenset[str]) -> list[Problem]:
    problems = []
    name = page.front.template
    if isinstance(name, str) and name not in templates and (is_source or "template" in page.written):
        problems.append(problem("template-unknown", page.place("template"), near(name, templates), template=name))
    blocks = frozenset(t.removeprefix("blocks/").removesuffix(".html") for t in templates if t.startswith("blocks/"))
    for number, block in enumerate(page.blocks):
        if block.name not in blocks:
            problems.append(
                problem("block-unknown", page.place_of("block", number), near(block.name, blocks), name=block.name)
            )
    return problems


def check_languages(config: Config, folders: list[str], paths: list[str]) -> list[Problem]:
    """Check the folders below content/ against site.yaml. Problems: language-unknown, content-empty, content-stray."""
    problems = []
    for name in folders:
        if name not in config.declared:
            guess = near(name, frozenset(config.declared))
            problems.append(problem("language-unknown", Place(f"content/{name}"), guess, code=name))
    for path in paths:
        if path.count("/") == 1:
            problems.append(problem("content-stray", Place(path), code=config.default_language))
    if not any(path.endswith(".md") for path in paths):
        problems.append(problem("content-empty", Place("content"), code=config.default_language))
    return problems


def check_addresses(tasks: list[Task], assets: list[tuple[str, str]], pages: dict[str, Page]) -> list[Problem]:
    """Check that no two outputs have one address, on no file system.

    `assets` are (output path, source path), `pages` are by source path.
    Problems: address-twice, address-case, address-inside.
    """
    problems: list[Problem] = []
    taken: dict[str, tuple[str, Place]] = {}
    outputs = [(task.path, _place(task, pages)) for task in tasks] + [(path, Place(source)) for path, source in assets]
    for path, place in outputs:
        folded = same_when_folded(path)
        if folded not in taken:
            taken[folded] = (path, place)
            continue
        other_path, other = taken[folded]
        code = "address-twice" if other_path == path else "address-case"
        problems.append(problem(code, place, address=_address(path), other=other.path))
    files = frozenset(taken)
    for path, place in outputs:
        parts = same_when_folded(path).split("/")
        for end in range(1, len(parts)):
            if "/".join(parts[:end]) in files:
                file = "/" + "/".join(parts[:end])
                problems.append(problem("address-inside", place, address=_address(path), other=file))
    return problems


def _place(task: Task, pages: dict[str, Page]) -> Place:
    """Return where a page's front matter says its address; the file as a whole when it leaves that to the name."""
    page = pages.get(task.source)
    key = "aliases" if task.kind == "redirect" else "slug"
    return page.place(key) if page and key in page.written else Place(task.source)


def _address(path: str) -> str:
    return "/" + path.removesuffix("index.html")
