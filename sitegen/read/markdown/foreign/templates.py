"""Calls of templates: Hugo's shortcodes, Liquid and Jinja, mustache, mdBook, MkDocs and Vue."""

from sitegen.read.markdown.foreign.advice import BLOCK, BY_NAME, COMMENT, VALUE
from sitegen.read.markdown.foreign.row import Lazy, Row

_SHORTCODE = Lazy(r"\{\{[<%][ \t]{0,9}([A-Za-z][\w./-]*+)[^{}\n]{0,200}(?:\}\})?")
_TAG = Lazy(r"(?<!\{)\{%[-+]?[ \t]{0,9}(?!end|else|elif|elsif|/)([A-Za-z]\w*+)[^{}\n]{0,200}\}?")
_VALUE = Lazy(r"(?<![={])\{\{[{~-]?[ \t]{0,9}(?:#|>|\^)?[ \t]{0,9}([\w$.\"'@(][^{}\n]{0,200})\}\}")
_COMMENT = Lazy(r"\{#[ \t-][^{}\n]{0,200}#\}")

ROWS = (
    Row("Hugo", _SHORTCODE, BLOCK, ("{{<", "{{%"), "markup", BY_NAME),
    Row("Liquid, Jinja", _TAG, BLOCK, ("{%",), "markup", BY_NAME),
    Row("Liquid, Jinja, Vue", _VALUE, VALUE, ("{{",), "markup"),
    Row("Jinja", _COMMENT, COMMENT, ("{#",)),
)
