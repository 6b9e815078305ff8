"""What MkDocs Material, Python-Markdown's extensions, Docsify and mkdocstrings add."""

import re

from sitegen.read.markdown.foreign.advice import (
    BELOW,
    BLOCK,
    BY_NAME,
    CALLOUT,
    DETAILS,
    EMOJI,
    FOOTNOTE,
    INSERTED,
    KEY,
    MARK,
    TABS,
)
from sitegen.read.markdown.foreign.row import Row
from sitegen.read.markdown.lazy import lazily

_BLOCK = lazily(r"^/{3,9}[ \t]{0,9}([a-z][\w-]*+)(?:[ \t]*+\|[^\n]{0,200})?[ \t]*+$", re.M)
_DETAILS = lazily(r"^\?\?\?\+?[ \t]{0,9}([A-Za-z\"][^\n]{0,200})", re.M)
_TAB = lazily(r"^===[!+]{0,2}[ \t]{0,9}\"[^\"\n]{0,200}\"", re.M)
_SNIPPET = lazily(r"^-{1,9}8<-{1,9}(?:[ \t]*+\"[^\"\n]{0,200}\")?", re.M)
_DOCSTRING = lazily(r"^:::[ \t]++[A-Za-z_]\w*+\.[\w.]++[ \t]*+$", re.M)
_KEY = lazily(r"(?<![\w+{])\+\+[\w\"-]++(?:\+[\w\"-]++)*+\+\+(?![\w+])")
_MARK = lazily(r"(?<![=\w!<>{])==(?=[^\s=])[^=\n]{1,300}(?<=\S)==(?![=\w])")
_EMOJI = lazily(r":(?<![\w:/.`}\])]:)(?:[a-z][a-z0-9_+-]++|\+1|-1|100|1234):(?![\w:/`])")
_INSERTED = lazily(r"(?<![\w^])\^\^(?=[^\s^])[^\^\n]{1,300}(?<=\S)\^\^(?![\w^])")
_ANNOTATE = lazily(r"\{:?[ ]{0,9}\.annotate[ ]{0,9}\}")
_IN_CODE = lazily(r"\(\d{1,2}\)![ \t]*+$", re.M)
_DOCSIFY = lazily(r"^[?!]>[ \t]", re.M)

ROWS = (
    Row("MkDocs Material", _BLOCK, BLOCK, ("///",), "line", BY_NAME),
    Row("MkDocs Material", _DETAILS, DETAILS, ("???",), "line"),
    Row("MkDocs Material", _TAB, TABS, ("===",), "line"),
    Row("MkDocs Material", _SNIPPET, BLOCK, ("8<-",), "line"),
    Row("mkdocstrings", _DOCSTRING, BLOCK, (":::",), "line"),
    Row("MkDocs Material", _KEY, KEY, ("++",)),
    Row("MkDocs Material, Obsidian", _MARK, MARK, ("==",)),
    Row("MkDocs Material", _INSERTED, INSERTED, ("^^",)),
    Row("MkDocs Material", _ANNOTATE, FOOTNOTE, (".annotate",)),
    Row("MkDocs Material", _IN_CODE, BELOW, (")!",), "listing"),
    Row("GitHub, MkDocs Material", _EMOJI, EMOJI, (":",)),
    Row("Docsify", _DOCSIFY, CALLOUT, ("?>", "!>"), "line"),
)
