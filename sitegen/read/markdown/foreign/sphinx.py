"""reStructuredText and MyST, as Sphinx reads them."""

import re

from sitegen.read.markdown.foreign.advice import ADDRESS, BLOCK, BY_NAME, CALLOUT, CODE, HEADING, LINK
from sitegen.read.markdown.foreign.row import Row
from sitegen.read.markdown.lazy import lazily

_DIRECTIVE = lazily(r"^\.\.[ \t]++([a-zA-Z][\w:.+-]*?)::(?:[ \t][^\n]{0,200})?", re.M)
_TARGET = lazily(r"^\.\.[ \t]++(?:_[^:\n]{1,200}:|\|[^|\n]{1,200}\|[ \t])", re.M)
_ROLE = lazily(r"(?<![\w`]):[a-zA-Z][\w+.-]*+(?::[a-zA-Z][\w+.-]*+)?:(?=`[^`\n])")
_LINK = lazily(r"`[^`<>\n]{1,200}<[^`<>\s]{1,300}>`__?(?!\w)")
_UNDERLINE = lazily(r"^(?:\^{4,}+|\"{4,}+|'{4,}+|\.{6,}+)[ \t]*+$", re.M)
_MYST_ROLE = lazily(r"\{[a-zA-Z][\w:+.-]*+\}(?=`[^`\n])")
_MYST_TARGET = lazily(r"^\([\w.:-]++\)=[ \t]*+$", re.M)
_MYST_FENCE = lazily(r"\A\{([a-zA-Z][\w:.+-]*+)\}")
_MYST_COLONS = lazily(r"^:{3,9}[ \t]*+\{([a-zA-Z][\w:.+-]*+)\}[^\n]{0,200}", re.M)

ROWS = (
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
