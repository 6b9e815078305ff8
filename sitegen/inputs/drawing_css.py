r"""CSS inside a drawing, checked: what is returned loads nothing, and is all that is published of it.

A scanner by hand that knows strings, comments and brackets, and refuses what it does not know: escapes (`\75rl(`),
functions that may load (`image-set`), rules that load (`@import`, `@font-face`). Never keeps text it did not check.
"""

from sitegen.inputs.drawing_names import FUNCTIONS

_GROUPS = ("@media", "@supports", "@keyframes", "@-webkit-keyframes")
_SELECTOR = frozenset("_-.#,:>+~*()[]=\"'^$|% \t\n\r\f")
_DEEPEST = 4


class Refused(Exception):  # noqa: N818 - not a failure: how a scanner of callbacks says no
    """Something that no drawing may hold: the code of the problem, and what was found."""

    def __init__(self, code: str, what: str) -> None:
        """Keep both; `what` is cut so that it can be shown."""
        super().__init__(code, what)
        self.code = code
        self.what = what if len(what) <= 60 else what[:59] + "…"


def address(written: str) -> str:
    """Return an address that stays inside the drawing (`#id`). Raises Refused for any other, by its cause."""
    text = written.strip()
    if text.startswith("#"):
        return text
    scheme = "".join(c for c in text if c > " ").lower()
    if scheme.startswith(("javascript:", "vbscript:")):
        raise Refused("svg-active", text)
    if scheme.startswith("data:image/"):
        raise Refused("svg-picture", text[:20])
    raise Refused("svg-address", text)


def sheet(text: str, depth: int = 0) -> str:
    """Return a stylesheet rebuilt from its rules. Raises Refused."""
    rules: list[str] = []
    text = _bare(text) if depth == 0 else text
    at = 0
    while True:
        start = _after_blank(text, at)
        if start == len(text):
            return "".join(rules)
        end = _until(text, start, "{;")
        head = text[start:end].strip()
        if head.startswith("@"):
            _group(head)
        if end == len(text) or text[end] == ";":
            raise Refused("svg-unknown", head)
        close = _closing(text, end)
        if head.startswith("@"):
            if depth == _DEEPEST:
                raise Refused("svg-unknown", head)
            rules.append(f"{value(head)}{{{sheet(text[end + 1 : close], depth + 1)}}}")
        else:
            rules.append(f"{_selector(head)}{{{joined(_declared(text[end + 1 : close]))}}}")
        at = close + 1


def declarations(text: str) -> list[tuple[str, str]]:
    """Return the properties of a `style` attribute with their checked values. Raises Refused."""
    return _declared(_bare(text))


def joined(properties: list[tuple[str, str]]) -> str:
    """Return properties as CSS."""
    return ";".join(f"{name}:{text}" for name, text in properties)


def value(text: str) -> str:
    """Return a value of CSS whose functions are known and whose addresses stay inside. Raises Refused."""
    text = _bare(text).strip()
    at = word = 0
    while at < len(text):
        c = text[at]
        if c in "\"'":
            at = word = _string_end(text, at)
            continue
        if c in "{};@" and not (c == "@" and at == 0):
            raise Refused("svg-unknown", text)
        if c == "(":
            at = word = _function(text, text[word:at].lower(), at)
            continue
        at += 1
        if not (c.isalnum() or c in "-_"):
            word = at
    return text


def _function(text: str, name: str, at: int) -> int:
    """Check the function `name` whose bracket is at `at`; return where to go on."""
    if name == "url":
        end = text.find(")", at)
        inside = text[at + 1 : end if end > 0 else len(text)].strip()
        quoted = len(inside) > 1 and inside[0] == inside[-1] and inside[0] in "\"'"
        target = address(inside[1:-1] if quoted else inside)
        if end < 0 or any(c in "\"'()<> \t\n" for c in target):
            raise Refused("svg-unknown", text)
        return end + 1
    if name and name not in FUNCTIONS and name not in ("and", "not", "or"):
        raise Refused("svg-unknown", f"{name}()")
    return at + 1


def _group(head: str) -> None:
    """Refuse a rule with @ that is no mere group of rules."""
    name = head.split(maxsplit=1)[0].split("(", 1)[0].split('"', 1)[0].split("'", 1)[0].lower()
    if name == "@import":
        raise Refused("svg-address", head)
    if name not in _GROUPS:
        raise Refused("svg-unknown", name)


def _selector(text: str) -> str:
    if not text or not all(c.isalnum() or c in _SELECTOR for c in text):
        raise Refused("svg-unknown", text)
    return text


def _declared(text: str) -> list[tuple[str, str]]:
    declarations = []
    at = 0
    while at < len(text):
        end = _until(text, at, ";")
        name, colon, written = text[at:end].partition(":")
        name = name.strip()
        at = end + 1
        if not name and not colon:
            continue
        if not colon or not all(c.isalnum() or c in "-_" for c in name):
            raise Refused("svg-unknown", name)
        checked = value(written)
        if not name.lower().startswith(("-inkscape-", "-sodipodi-")):
            declarations.append((name, checked))
    return declarations


def _bare(text: str) -> str:
    """Return the text without comments and the marks `<!--` and `-->`. Raises Refused for escapes and open ends."""
    if "\\" in text:
        raise Refused("svg-unknown", "\\")
    parts = []
    at = start = 0
    while at < len(text):
        if text[at] in "\"'":
            at = _string_end(text, at)
        elif text.startswith("/*", at):
            end = text.find("*/", at + 2)
            if end < 0:
                raise Refused("svg-unknown", text[at:])
            parts.append(text[start:at] + " ")
            at = start = end + 2
        elif text.startswith(("<!--", "-->"), at):
            parts.append(text[start:at] + " ")
            at = start = at + (4 if text[at] == "<" else 3)
        else:
            at += 1
    return "".join(parts) + text[start:]


def _string_end(text: str, at: int) -> int:
    """Return where the string that begins at `at` is over."""
    end = text.find(text[at], at + 1)
    if end < 0 or any(c in "\n\r\f" for c in text[at:end]):
        raise Refused("svg-unknown", text[at:])
    return end + 1


def _until(text: str, at: int, marks: str) -> int:
    """Return the offset of the first of `marks` outside strings and brackets, else the end."""
    depth = 0
    while at < len(text):
        if text[at] in "\"'":
            at = _string_end(text, at)
            continue
        if text[at] in marks and depth <= 0:
            return at
        depth += (text[at] == "(") - (text[at] == ")")
        at += 1
    return at


def _closing(text: str, at: int) -> int:
    """Return where the brace that opens at `at` is closed."""
    depth = 0
    while at < len(text):
        if text[at] in "\"'":
            at = _string_end(text, at)
            continue
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return at
        at += 1
    raise Refused("svg-unknown", "{")


def _after_blank(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
