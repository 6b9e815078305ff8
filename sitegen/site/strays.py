"""Files below content/ that look like pages and are none: another ending, another spelling of it, a copy.

A site that comes from elsewhere may have a thousand of them: each kind is one warning, with how many there are.
"""

import posixpath
import re
from collections.abc import Iterable

from sitegen.core.phrases import counted, phrase
from sitegen.core.problems import Place, Problem, problem
from sitegen.core.words import T_

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
_COPY = re.compile(r"\.(?:md|markdown)(?:[~#]\Z|[.\- _(])", re.IGNORECASE)


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
            Place(found[0]),
            None,
            files=counted("{n} file with the ending {kind}", "{n} files with the ending {kind}", len(found), kind=kind),
            advice=phrase(advice),
        )
        for (kind, advice), found in kinds.items()
    ]
