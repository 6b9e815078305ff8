"""Text as XML wants it. As `xml.sax.saxutils` does it, which brings the whole network library of Python with it."""

import html

_ATTRIBUTE = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def escape(text: str) -> str:
    """Return a text, escaped for use between tags."""
    return html.escape(text, quote=False)


def quoteattr(text: str) -> str:
    """Return the value of an attribute with its quotation marks, which are single where it has double ones only."""
    text = escape(text)
    for char, written in _ATTRIBUTE.items():
        text = text.replace(char, written)
    if '"' not in text:
        return f'"{text}"'
    return f"'{text}'" if "'" not in text else '"' + text.replace('"', "&quot;") + '"'
