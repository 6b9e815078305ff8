"""Colour schemes that a reader can choose (`theme.switch` in site.yaml), in addition to the system's.

The theme's stylesheets define dark colours in `@media (prefers-color-scheme: dark)`. Each such block is written twice:
for dark systems unless the reader chose light, and for readers who chose dark. `:where()` keeps the specificity of each
rule, so later rules (more contrast, print) still win.
"""

import re

from sitegen.model.files import Source
from sitegen.model.lazy import lazily

_FILES = frozenset(("static/css/switch.css", "static/js/scheme.js", "static/js/switch.js"))
_SCHEMES = frozenset(("static/css/palette.css", "static/css/code.css"))  # with colours that differ in the dark
_MEDIA, _DARK = lazily(r"@media([^{}@]*+)\{"), "(prefers-color-scheme: dark)"
_UNLESS_LIGHT, _CHOSEN = ':root:where(:not([data-scheme="light"]))', ':root:where([data-scheme="dark"])'
_BROWSER = (
    ':root:where([data-scheme="light"]) { color-scheme: light; }\n'
    '@media screen { :root:where([data-scheme="dark"]) { color-scheme: dark; } }\n'
)


def is_wanted(path: str, switch: bool) -> bool:
    """Say whether a static file of the theme is published: the switch has files of its own."""
    return switch or path not in _FILES


def switched(file: Source) -> Source:
    """Return a static file of the theme for a site whose readers choose; most stay as they are."""
    if file.path not in _SCHEMES:
        return file
    css = switchable(file.data.decode()) + (_BROWSER if file.path.endswith("palette.css") else "")
    return Source(file.path, css.encode())


def switchable(css: str) -> str:
    """Return a stylesheet whose dark colours follow the attribute `data-scheme` of the root: light, dark or none.

    The blocks for the dark hold rules for `:root` only, as those of the theme do.
    """
    parts, at = [], 0
    for match in _MEDIA.finditer(css):
        before, dark, behind = match[1].partition(_DARK)
        if not dark:
            continue
        end = _end_of_block(css, match.end())
        block = css[match.end() : end]
        others = [part.strip() for part in re.split(r"\band\b", before + behind) if part.strip()]
        parts += [css[at : match.end()], block.replace(":root", _UNLESS_LIGHT), "}"]
        parts.append(f"\n@media {' and '.join(['screen', *others])} {{{block.replace(':root', _CHOSEN)}}}")
        at = end + 1
    return "".join(parts) + css[at:]


def _end_of_block(css: str, start: int) -> int:
    """Return where the block that is open at `start` is closed."""
    depth = 1
    for match in lazily("[{}]").finditer(css, start):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    return len(css)
