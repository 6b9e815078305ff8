"""The text of a block with blanks for what no rule about foreign constructs may look into."""

from markdown_it.token import Token

from sitegen.model.lazy import lazily
from sitegen.text.markdown.writers import address_behind

_SEEN = frozenset({"\\(", "\\)", "\\[", "\\]"})  # escapes that TeX's formulas are made of
_TICKS = lazily(r"`++")


class Masked:
    """The text of a block in three states, each as long as the text."""

    def __init__(self, block: Token) -> None:
        self.code = block.content  # as it is
        letters = list(block.content)
        children = [child for child in block.children or () if child.map]
        for child in children:
            if child.type == "code_inline":
                _blank(letters, child.map[0] + len(child.markup), _end_of_code(block.content, child))  # type: ignore[index]
            elif (
                child.type == "text_special"
                and child.info == "escape"
                and child.content != child.markup
                and child.markup not in _SEEN
            ):
                _blank(letters, child.map[0], child.map[0] + len(child.markup))  # type: ignore[index]
        self.markup = "".join(letters)  # without code and escapes
        for number, child in enumerate(block.children or ()):
            if child.map:
                _addresses(letters, block, number, child)
        self.text = "".join(letters)  # without HTML and addresses either


def _addresses(letters: list[str], block: Token, number: int, child: Token) -> None:
    start = child.map[0] if child.map else 0
    if child.type == "html_inline":
        _blank(letters, start, start + len(child.content))
    elif child.type == "link_open" and child.markup == "autolink":
        _blank(letters, start, start + len(str(child.attrs.get("href", ""))))
    elif child.type == "link_open" and "label" not in child.meta:
        end = next((token for token in (block.children or ())[number:] if token.type == "link_close"), None)
        if end is not None and end.map:
            _blank_address(letters, block.content, end.map[0] + 1, str(child.attrs.get("href", "")))
    elif child.type == "image" and "label" not in child.meta:
        _blank_address(letters, block.content, start + 3 + len(child.content), str(child.attrs.get("src", "")))


def _blank_address(letters: list[str], content: str, at: int, address: str) -> None:
    start = address_behind(content, at)
    _blank(letters, start, start + len(address))


def _blank(letters: list[str], start: int, end: int) -> None:
    for at in range(start, min(end, len(letters))):
        if letters[at] != "\n":
            letters[at] = " "


def _end_of_code(content: str, code: Token) -> int:
    """Return where the text of a span of code ends: its marks belong to what is before them."""
    start = (code.map[0] if code.map else 0) + len(code.markup)
    ends = (match.start() for match in _TICKS.finditer(content, start) if match.group() == code.markup)
    return next(ends, len(content))
