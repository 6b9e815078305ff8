"""Formulas of TeX, and diagrams that are drawn from text."""

import re

from sitegen.read.markdown.foreign.advice import MATH, PICTURE
from sitegen.read.markdown.foreign.row import Page, Row
from sitegen.read.markdown.lazy import lazily

_BLOCK = lazily(r"(?<![\\$\w])\$\$(?:(?![\d$])|(?=\d[^$\n]{0,300}\$\$(?![\w$])))|^\$\$[ \t]*+(?=\S)", re.M)
_INLINE = lazily(r"(?<![\\$\w])\$(?=[^\s$])((?:[^$\\\n]|\\[^\n]){1,300}+)(?<![\s\\])\$(?![\w$])")
_ROUND = lazily(r"(?<![\\\])])\\\((?=\S)((?:[^\\\n]|\\[^()\n]){1,300}+)\\\)")
_SQUARE = lazily(r"^\\\[[ \t]*+(?:$|((?:[^\\\n]|\\[^\[\]\n]){1,300}+)\\\][ \t]*+$)", re.M)
_COMMAND = lazily(r"^\\(?:begin|end)\{[a-z*]++\}", re.M)
_DRAWN = lazily(
    r"\A(mermaid|plantuml|puml|graphviz|d2|ditaa|blockdiag|seqdiag|nomnoml|vega|vega-lite|markmap|bpmn|kroki|echarts|"
    r"geojson|topojson|stl)(?![\w-])"
)
_FORMULA = lazily(r"\A(math|latex-math|katex|tex-math)(?![\w-])")
_TEX = re.compile(r"[\\^_=<>+*/|{}-]")


def _is_formula(found: re.Match[str], _page: Page) -> bool:
    """Words and prices between two signs are no formula; a letter is, and so is what has TeX's signs."""
    inside = (found[1] or "").strip()
    words = re.search(r"(?<!\w)\w{3,40}+ \w{3,40}+ \w{2}", inside)
    return not inside or len(inside) == 1 or bool(_TEX.search(inside) and not words)


ROWS = (
    Row("TeX", _BLOCK, MATH, ("$$",)),
    Row("TeX", _INLINE, MATH, ("$",), confirm=_is_formula),
    Row("TeX", _ROUND, MATH, ("\\(",), confirm=_is_formula),
    Row("TeX", _SQUARE, MATH, ("\\[",), "line", confirm=_is_formula),
    Row("TeX", _COMMAND, MATH, ("\\begin", "\\end"), "line"),
    Row("TeX", _FORMULA, MATH, ("math", "katex"), "fence"),
    Row("Mermaid, PlantUML, Graphviz", _DRAWN, PICTURE, ("```", "~~~"), "fence"),
)
