"""AsciiDoc."""

import re

from sitegen.read.markdown.foreign.advice import BLOCK, CALLOUT, CODE, HEADING, IMAGE, KEY, LINK, TABLE
from sitegen.read.markdown.foreign.row import Row
from sitegen.read.markdown.lazy import lazily

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

ROWS = (
    Row("AsciiDoc", _MACRO, BLOCK, _NAMES, "text", _KEYS),
    Row("AsciiDoc", _HEADING, HEADING, ("= ", "=\t"), "line"),
    Row("AsciiDoc", _CALLOUT, CALLOUT, ("[NOTE]", "[TIP]", "[IMPORTANT]", "[WARNING]", "[CAUTION]"), "line"),
    Row("AsciiDoc", _SOURCE, CODE, ("[source", "[listing", "[quote", "[verse", "[example", "[sidebar"), "line"),
    Row("AsciiDoc", _TABLE, TABLE, ("|===",), "line"),
    Row("AsciiDoc", _ATTRIBUTE, BLOCK, _SET, "line"),
    Row("AsciiDoc", _ANCHOR, LINK, ("<<",), "markup"),
)
