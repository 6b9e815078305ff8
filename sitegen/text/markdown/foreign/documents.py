"""Tools for books and papers: AsciiDoc, Pandoc and its family, Sphinx, TeX and diagrams."""

import re

from sitegen.model.lazy import lazily
from sitegen.text.markdown.foreign.row import (
    ADDRESS,
    BLOCK,
    BY_NAME,
    CALLOUT,
    CODE,
    FOOTNOTE,
    HEADING,
    IMAGE,
    KEY,
    LINK,
    MATH,
    PICTURE,
    RAISED,
    REMOVE,
    SPAN,
    TABLE,
    Page,
    Row,
)

# AsciiDoc.

_KEYS = {"image": IMAGE, "link": LINK, "xref": LINK, "kbd": KEY}
_MACROS = "image|include|video|audio|ifdef|ifndef|ifeval|endif|link|xref|kbd|btn|menu|footnote|stem|toc|icon|pass"
_MACRO = lazily(rf"(?<![\w:])({_MACROS})::?(?!/)[^\s\[\]]{{0,300}}\[")
_HEADING = lazily(r"^={1,6}[ \t]++(?![ \t=\"])(?![^\n]*=[ \t]*+$)[^\n]{1,200}", re.M)
_CALLOUT = lazily(r"^\[(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*+$", re.M)
_SOURCE = lazily(r"^\[(?:source|listing|quote|verse|example|sidebar)(?:,[^\[\]\n]{0,200})?\][ \t]*+$", re.M)
_TABLE = lazily(r"^\|===[ \t]*+$", re.M)
_ATTRIBUTE = lazily(r"^:(?:toc|sectnums|icons|source-highlighter|author|revdate|doctype|imagesdir|experimental):", re.M)
_NAMES = tuple(f"{name}:" for name in _MACROS.split("|"))
_SET = (":toc:", ":sectnums:", ":icons:", ":source-", ":author:", ":revdate:", ":doctype:", ":imagesdir:", ":experi")
_ANCHOR = lazily(r"<<[\w-]++(?:,[^<>\n]{0,200})?>>")
ASCIIDOC = (
    Row("AsciiDoc", _MACRO, BLOCK, _NAMES, "text", _KEYS),
    Row("AsciiDoc", _HEADING, HEADING, ("= ", "=\t"), "line"),
    Row("AsciiDoc", _CALLOUT, CALLOUT, ("[NOTE]", "[TIP]", "[IMPORTANT]", "[WARNING]", "[CAUTION]"), "line"),
    Row("AsciiDoc", _SOURCE, CODE, ("[source", "[listing", "[quote", "[verse", "[example", "[sidebar"), "line"),
    Row("AsciiDoc", _TABLE, TABLE, ("|===",), "line"),
    Row("AsciiDoc", _ATTRIBUTE, BLOCK, _SET, "line"),
    Row("AsciiDoc", _ANCHOR, LINK, ("<<",), "markup"),
)


# Pandoc, Quarto, CriticMarkup, and directives in text as remark and Nuxt Content read them.

_DIV = lazily(r"^:{3,9}[ \t]*+\{[ \t]*+[.#][^\n]{0,200}", re.M)
_SPAN = lazily(r"(?<![\]!\\])\[([^\[\]\n]{1,200})\]\{[.#][^{}\n]{1,200}\}")
_CITATION = lazily(r"\[-?@[A-Za-z][\w:.#/-]*+(?:[,;][^\[\]\n]{0,200})?\](?![(\[])")
_NOTE = lazily(r"(?<!\w)\^\[[^\[\]\n]{1,300}\]")
_RAISED = lazily(r"[\^~](?<=\w[\^~])(?:(?<=\^)[\w+−-]{1,20}\^|(?<=~)[\w+−-]{1,20}~)(?![~^])")
_CRITIC = lazily(
    r"\{(?:\+\+[^{}+\n]{1,300}\+\+|--[^{}\n]{1,300}--|~~[^{}~\n]{1,300}~>|>>[^{}<\n]{1,300}<<|==[^{}=\n]{1,300}==)\}?"
)
_PANDOC_INLINE = lazily(r":(?<![\w:/]:)([a-z][\w-]*+)(?:\[[^\[\]\n]{1,200}\]|\{[a-z][\w-]*+=[^{}\n]{0,200}\})")


def _is_no_reference(match: re.Match[str], page: Page) -> bool:
    return match[1].strip().upper() not in page.references


PANDOC = (
    Row("Pandoc, Quarto", _DIV, CALLOUT, (":::",), "line"),
    Row("Pandoc", _SPAN, SPAN, ("]{",), confirm=_is_no_reference),
    Row("Pandoc", _CITATION, FOOTNOTE, ("[@", "[-@")),
    Row("Pandoc", _NOTE, FOOTNOTE, ("^[",)),
    Row("Pandoc", _RAISED, RAISED, ("^", "~")),
    Row("CriticMarkup", _CRITIC, REMOVE, ("{++", "{--", "{~~", "{>>", "{==")),
    Row("remark-directive, Nuxt Content", _PANDOC_INLINE, BLOCK, (":",), "text", BY_NAME),
)


# reStructuredText and MyST, as Sphinx reads them.

_DIRECTIVE = lazily(r"^\.\.[ \t]++([a-zA-Z][\w:.+-]*?)::(?:[ \t][^\n]{0,200})?", re.M)
_TARGET = lazily(r"^\.\.[ \t]++(?:_[^:\n]{1,200}:|\|[^|\n]{1,200}\|[ \t])", re.M)
_ROLE = lazily(r"(?<![\w`]):[a-zA-Z][\w+.-]*+(?::[a-zA-Z][\w+.-]*+)?:(?=`[^`\n])")
_LINK = lazily(r"`[^`<>\n]{1,200}<[^`<>\s]{1,300}>`__?(?!\w)")
_UNDERLINE = lazily(r"^(?:\^{4,}+|\"{4,}+|'{4,}+|\.{6,}+)[ \t]*+$", re.M)
_MYST_ROLE = lazily(r"\{[a-zA-Z][\w:+.-]*+\}(?=`[^`\n])")
_MYST_TARGET = lazily(r"^\([\w.:-]++\)=[ \t]*+$", re.M)
_MYST_FENCE = lazily(r"\A\{([a-zA-Z][\w:.+-]*+)\}")
_MYST_COLONS = lazily(r"^:{3,9}[ \t]*+\{([a-zA-Z][\w:.+-]*+)\}[^\n]{0,200}", re.M)
SPHINX = (
    Row("reStructuredText", _DIRECTIVE, BLOCK, (".. ", "..\t"), "line", BY_NAME),
    Row("reStructuredText", _TARGET, ADDRESS, (".. _", ".. |"), "line"),
    Row("reStructuredText", _ROLE, LINK, (":`",)),
    Row("reStructuredText", _LINK, LINK, (">`_",), "code"),
    Row("reStructuredText", _UNDERLINE, HEADING, ("^^^^", '""""', "''''", "......"), "line"),
    Row("MyST", _MYST_ROLE, LINK, ("}`",)),
    Row("MyST", _MYST_TARGET, ADDRESS, (")=",), "line"),
    Row("MyST, R Markdown", _MYST_FENCE, CODE, ("`{", "~{", "` {"), "fence", BY_NAME),
    Row("MyST", _MYST_COLONS, CALLOUT, (":::",), "line", BY_NAME),
)


# Formulas of TeX, and diagrams that are drawn from text.

_BLOCK = lazily(r"(?<![\\$\w])\$\$(?:(?![\d$])|(?=\d[^$\n]{0,300}\$\$(?![\w$])))|^\$\$[ \t]*+(?=\S)", re.M)
_INLINE = lazily(r"(?<![\\$\w])\$(?=[^\s$])((?>(?:[^$\\\n]|\\[^\n]){1,300}))(?<![\s\\])\$(?![\w$])")
_ROUND = lazily(r"(?<![\\\])])\\\((?=\S)((?>(?:[^\\\n]|\\[^()\n]){1,300}))\\\)")
_SQUARE = lazily(r"^\\\[[ \t]*+(?:$|((?>(?:[^\\\n]|\\[^\[\]\n]){1,300}))\\\][ \t]*+$)", re.M)
_COMMAND = lazily(r"^\\(?:begin|end)\{[a-z*]++\}", re.M)
_DRAWN = lazily(
    r"\A(mermaid|plantuml|puml|graphviz|d2|ditaa|blockdiag|seqdiag|nomnoml|vega|vega-lite|markmap|bpmn|kroki|echarts|"
    r"geojson|topojson|stl)(?![\w-])"
)
_FORMULA = lazily(r"\A(math|latex-math|katex|tex-math)(?![\w-])")
_TEX = lazily(r"[\\^_=<>+*/|{}-]")


def _is_formula(match: re.Match[str], _page: Page) -> bool:
    """Words and prices between two signs are no formula; a letter is, and so is what has TeX's signs."""
    inside = (match[1] or "").strip()
    words = re.search(r"(?<!\w)\w{3,40}+ \w{3,40}+ \w{2}", inside)
    return not inside or len(inside) == 1 or bool(_TEX.search(inside) and not words)


TEX = (
    Row("TeX", _BLOCK, MATH, ("$$",)),
    Row("TeX", _INLINE, MATH, ("$",), confirm=_is_formula),
    Row("TeX", _ROUND, MATH, ("\\(",), confirm=_is_formula),
    Row("TeX", _SQUARE, MATH, ("\\[",), "line", confirm=_is_formula),
    Row("TeX", _COMMAND, MATH, ("\\begin", "\\end"), "line"),
    Row("TeX", _FORMULA, MATH, ("math", "katex"), "fence"),
    Row("Mermaid, PlantUML, Graphviz", _DRAWN, PICTURE, ("```", "~~~"), "fence"),
)
