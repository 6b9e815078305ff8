"""The tags of finished HTML as plain text: their names, their attributes, and what an address in one means.

Our HTML is written by Python-Markdown or cleaned by nh3, so a regular expression is enough to take it apart.
"""

import html as entities
import re
from urllib.parse import unquote

from sitegen.core.problems import Place
from sitegen.core.records import Link
from sitegen.read.markdown.marks import END, START
from sitegen.read.markdown.rawhtml import SCHEMES

TAG = re.compile(r"(<[/a-zA-Z!](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)")
NAME = re.compile(r"</?([a-zA-Z][\w:-]*)")
ATTRIBUTE = re.compile(r"""\s([^\s"'<>/=]+)(?:="([^"]*)"|='([^']*)')?""")
MARK = re.compile(f"{START}label:([^{END}]*?):([^:{END}]*){END}")
SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):|//")
INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup time u var "
    "wbr".split()
)
VERBATIM = frozenset({"code", "pre", "kbd", "samp", "script", "style", "var"})
VOID = frozenset({"br", "hr", "img", "wbr", "col", "input"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def internal(target: str, place: Place) -> tuple[Link | None, str]:
    """Return a link inside the site, or (None, "") for one that leads elsewhere, or the code of what is wrong."""
    if not target:
        return None, "link-empty"
    scheme = SCHEME.match(re.sub(r"[\x00-\x20]", "", target))
    if scheme:
        known = (scheme[1] or "").lower() in SCHEMES
        return None, "" if known else "link-scheme"
    if target.startswith(("/", "\\")):
        return None, "link-rooted"
    path, _, anchor = target.partition("#")
    return Link(unquote(path), unquote(anchor), place), ""


def written(name: str, attributes: dict[str, str]) -> str:
    """Return a start tag with its attributes escaped."""
    texts = (f' {key}="{entities.escape(value)}"' for key, value in attributes.items())
    return f"<{name}{''.join(texts)}>"
