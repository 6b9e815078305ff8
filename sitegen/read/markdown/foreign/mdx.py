"""MDX, as Docusaurus, Starlight and Nextra read it: components, imports, expressions."""

import re

from sitegen.read.markdown.foreign.advice import ATTRIBUTE, BLOCK, BY_NAME, COMMENT, LINES, REMOVE, VALUE
from sitegen.read.markdown.foreign.row import Page, Row
from sitegen.read.markdown.lazy import lazily
from sitegen.read.markdown.tags import HTML

_COMPONENT = lazily(r"<([A-Z][\w.]*+)(?=([ \t]*+/>|\s++(?:[A-Za-z][\w:-]*+(?:=|\s*+/?>)|\{))?)[^<>\n]{0,60}>?")
CLOSED = re.compile(r"</([A-Z][\w.]*+)")
_IMPORT = lazily(
    r"^import[ \t]++(?:[\w*{][^'\"\n]{0,300}['\"][^\n]{0,200}|['\"][^'\"\n]++['\"];?+[ \t]*+$|\{[ \t]*+$)", re.M
)
_EXPORT = lazily(r"^export[ \t]++(?:default|const|let|var|function|class|async|\{|\*)(?!\w)[^\n]{1,200}", re.M)
_COMMENT = lazily(r"\{[ \t]{0,9}/\*[^\n]{0,60}")
_EXPRESSION = lazily(
    r"\{(?<![{$#%\w]\{)[ ]{0,9}([A-Za-z_$][\w$]*+)((?:\.[A-Za-z_$][\w$]*+)*+)(?:\(\))?[ ]{0,9}\}(?!\})"
)
EXPORTED = re.compile(r"^export[ \t]++(?:default[ \t]++)?(?:const|let|var|function)[ \t]++([A-Za-z_$][\w$]*+)", re.M)
_HIGHLIGHT = lazily(
    r"(?:highlight-(?:next-line|start|end)|\[!code [\w+-]{1,40}[^\[\]\n]{0,40}\])(?=[ \t]{0,9}(?:$|\*/|-->))", re.M
)
_ATTRIBUTE = lazily(r"(?<=\s)(?:(?:className|htmlFor)=(?=[\"'{])|[a-zA-Z]{1,40}=\{)[^<>\n]{0,40}")
_ACTIVE = frozenset("script style iframe object embed base meta form svg math template frame frameset applet".split())


def is_component(name: str) -> bool:
    """Say whether a tag of this name is a component: it is none of HTML's, in whatever case those are written."""
    return name[:1].isupper() and (name.lower() not in HTML or not name.isupper()) and name.lower() not in _ACTIVE


def _is_used_as_component(found: re.Match[str], page: Page) -> bool:
    """A word in angle brackets alone, such as `<Name>`, stands for something to fill in."""
    return is_component(found[1]) and (bool(found[2]) or found[1] in page.closed)


def _is_value(found: re.Match[str], page: Page) -> bool:
    """A word in braces is a value when it has parts, or when the page gives it one."""
    return bool(found[2]) or found[1] in page.exported


def _is_in_element(found: re.Match[str], _page: Page) -> bool:
    """An attribute is one of HTML's elements when the last `<` before it begins such a tag."""
    start = found.string.rfind("<", max(0, found.start() - 300), found.start())
    return start >= 0 and found.string[start + 1 : start + 2].islower()


COMPONENT = Row("MDX", _COMPONENT, BLOCK, ("<",), "markup", BY_NAME, _is_used_as_component)
ROWS = (
    COMPONENT,
    Row("MDX", _IMPORT, REMOVE, ("import ", "import\t"), "line"),
    Row("MDX", _EXPORT, REMOVE, ("export ", "export\t"), "line"),
    Row("MDX", _COMMENT, COMMENT, ("/*",), "markup"),
    Row("MDX", _EXPRESSION, VALUE, ("{",), confirm=_is_value),
    Row("Docusaurus, VitePress", _HIGHLIGHT, LINES, ("highlight-", "[!code "), "listing"),
    Row("JSX", _ATTRIBUTE, ATTRIBUTE, ("={", "className=", "htmlFor="), "markup", confirm=_is_in_element),
)
