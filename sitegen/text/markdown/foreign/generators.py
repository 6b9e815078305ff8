"""Other generators of sites: MkDocs Material and its kin, MDX, and calls of templates."""

import re

from sitegen.model.lazy import lazily
from sitegen.text.markdown.foreign.row import (
    ATTRIBUTE,
    BELOW,
    BLOCK,
    BY_NAME,
    CALLOUT,
    COMMENT,
    DETAILS,
    EMOJI,
    FOOTNOTE,
    INSERTED,
    KEY,
    LINES,
    MARK,
    REMOVE,
    TABS,
    VALUE,
    Page,
    Row,
)
from sitegen.text.markdown.tags import HTML

# What MkDocs Material, Python-Markdown's extensions, Docsify and mkdocstrings add.

_BLOCK = lazily(r"^/{3,9}[ \t]{0,9}([a-z][\w-]*+)(?:[ \t]*+\|[^\n]{0,200})?[ \t]*+$", re.M)
_DETAILS = lazily(r"^\?\?\?\+?[ \t]{0,9}([A-Za-z\"][^\n]{0,200})", re.M)
_TAB = lazily(r"^===[!+]{0,2}[ \t]{0,9}\"[^\"\n]{0,200}\"", re.M)
_SNIPPET = lazily(r"^-{1,9}8<-{1,9}(?:[ \t]*+\"[^\"\n]{0,200}\")?", re.M)
_DOCSTRING = lazily(r"^:::[ \t]++[A-Za-z_]\w*+\.[\w.]++[ \t]*+$", re.M)
_KEY = lazily(r"(?<![\w+{])\+\+[\w\"-]++(?>(?:\+[\w\"-]++)*)\+\+(?![\w+])")
_MARK = lazily(r"(?<![=\w!<>{])==(?=[^\s=])[^=\n]{1,300}(?<=\S)==(?![=\w])")
_EMOJI = lazily(r":(?<![\w:/.`}\])]:)(?:[a-z][a-z0-9_+-]++|\+1|-1|100|1234):(?![\w:/`])")
_INSERTED = lazily(r"(?<![\w^])\^\^(?=[^\s^])[^\^\n]{1,300}(?<=\S)\^\^(?![\w^])")
_ANNOTATE = lazily(r"\{:?[ ]{0,9}\.annotate[ ]{0,9}\}")
_IN_CODE = lazily(r"\(\d{1,2}\)![ \t]*+$", re.M)
_DOCSIFY = lazily(r"^[?!]>[ \t]", re.M)
MATERIAL = (
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


# MDX, as Docusaurus, Starlight and Nextra read it: components, imports, expressions.

_COMPONENT = lazily(r"<([A-Z][\w.]*+)(?=([ \t]*+/>|\s++(?:[A-Za-z][\w:-]*+(?:=|\s*+/?>)|\{))?)[^<>\n]{0,60}>?")
CLOSED = lazily(r"</([A-Z][\w.]*+)")
_IMPORT = lazily(
    r"^import[ \t]++(?:[\w*{][^'\"\n]{0,300}['\"][^\n]{0,200}|['\"][^'\"\n]++['\"];?+[ \t]*+$|\{[ \t]*+$)", re.M
)
_EXPORT = lazily(r"^export[ \t]++(?:default|const|let|var|function|class|async|\{|\*)(?!\w)[^\n]{1,200}", re.M)
_MDX_COMMENT = lazily(r"\{[ \t]{0,9}/\*[^\n]{0,60}")
_EXPRESSION = lazily(
    r"\{(?<![{$#%\w]\{)[ ]{0,9}([A-Za-z_$][\w$]*+)((?>(?:\.[A-Za-z_$][\w$]*+)*))(?:\(\))?[ ]{0,9}\}(?!\})"
)
EXPORTED = lazily(r"^export[ \t]++(?:default[ \t]++)?(?:const|let|var|function)[ \t]++([A-Za-z_$][\w$]*+)", re.M)
_HIGHLIGHT = lazily(
    r"(?:highlight-(?:next-line|start|end)|\[!code [\w+-]{1,40}[^\[\]\n]{0,40}\])(?=[ \t]{0,9}(?:$|\*/|-->))", re.M
)
_ATTRIBUTE = lazily(r"(?<=\s)(?:(?:className|htmlFor)=(?=[\"'{])|[a-zA-Z]{1,40}=\{)[^<>\n]{0,40}")
_ACTIVE = frozenset("script style iframe object embed base meta form svg math template frame frameset applet".split())


def _is_component(name: str) -> bool:
    """Say whether a tag of this name is a component: it is none of HTML's, in whatever case those are written."""
    return name[:1].isupper() and (name.lower() not in HTML or not name.isupper()) and name.lower() not in _ACTIVE


def _is_used_as_component(match: re.Match[str], page: Page) -> bool:
    """A word in angle brackets alone, such as `<Name>`, is a placeholder."""
    return _is_component(match[1]) and (bool(match[2]) or match[1] in page.closed)


def _is_value(match: re.Match[str], page: Page) -> bool:
    """A word in braces is a value when it has parts, or when the page gives it one."""
    return bool(match[2]) or match[1] in page.exported


def _is_in_element(match: re.Match[str], _page: Page) -> bool:
    """An attribute is one of HTML's elements when the last `<` before it begins such a tag."""
    start = match.string.rfind("<", max(0, match.start() - 300), match.start())
    return start >= 0 and match.string[start + 1 : start + 2].islower()


COMPONENT = Row("MDX", _COMPONENT, BLOCK, ("<",), "markup", BY_NAME, _is_used_as_component)
MDX = (
    COMPONENT,
    Row("MDX", _IMPORT, REMOVE, ("import ", "import\t"), "line"),
    Row("MDX", _EXPORT, REMOVE, ("export ", "export\t"), "line"),
    Row("MDX", _MDX_COMMENT, COMMENT, ("/*",), "markup"),
    Row("MDX", _EXPRESSION, VALUE, ("{",), confirm=_is_value),
    Row("Docusaurus, VitePress", _HIGHLIGHT, LINES, ("highlight-", "[!code "), "listing"),
    Row("JSX", _ATTRIBUTE, ATTRIBUTE, ("={", "className=", "htmlFor="), "markup", confirm=_is_in_element),
)
_SHORTCODE = lazily(r"\{\{[<%][ \t]{0,9}([A-Za-z][\w./-]*+)[^{}\n]{0,200}(?:\}\})?")
_TAG = lazily(r"(?<!\{)\{%[-+]?[ \t]{0,9}(?!end|else|elif|elsif|/)([A-Za-z]\w*+)[^{}\n]{0,200}\}?")
_VALUE = lazily(r"(?<![={])\{\{[{~-]?[ \t]{0,9}(?:#|>|\^)?[ \t]{0,9}([\w$.\"'@(][^{}\n]{0,200})\}\}")
_COMMENT = lazily(r"\{#[ \t-][^{}\n]{0,200}#\}")
TEMPLATES = (
    Row("Hugo", _SHORTCODE, BLOCK, ("{{<", "{{%"), "markup", BY_NAME),
    Row("Liquid, Jinja", _TAG, BLOCK, ("{%",), "markup", BY_NAME),
    Row("Liquid, Jinja, Vue", _VALUE, VALUE, ("{{",), "markup"),
    Row("Jinja", _COMMENT, COMMENT, ("{#",)),
)
