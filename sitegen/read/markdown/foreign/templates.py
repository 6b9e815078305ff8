"""Calls of templates: Hugo's shortcodes, Liquid and Jinja, mustache, mdBook, MkDocs and Vue."""

from sitegen.read.markdown.foreign.advice import BLOCK, BY_NAME, COMMENT, VALUE
from sitegen.read.markdown.foreign.row import Row
from sitegen.read.markdown.lazy import lazily

_SHORTCODE = lazily(r"\{\{[<%][ \t]{0,9}([A-Za-z][\w./-]*+)[^{}\n]{0,200}(?:\}\})?")
_TAG = lazily(r"(?<!\{)\{%[-+]?[ \t]{0,9}(?!end|else|elif|elsif|/)([A-Za-z]\w*+)[^{}\n]{0,200}\}?")
_VALUE = lazily(r"(?<![={])\{\{[{~-]?[ \t]{0,9}(?:#|>|\^)?[ \t]{0,9}([\w$.\"'@(][^{}\n]{0,200})\}\}")
_COMMENT = lazily(r"\{#[ \t-][^{}\n]{0,200}#\}")

ROWS = (
    Row("Hugo", _SHORTCODE, BLOCK, ("{{<", "{{%"), "markup", BY_NAME),
    Row("Liquid, Jinja", _TAG, BLOCK, ("{%",), "markup", BY_NAME),
    Row("Liquid, Jinja, Vue", _VALUE, VALUE, ("{{",), "markup"),
    Row("Jinja", _COMMENT, COMMENT, ("{#",)),
)
