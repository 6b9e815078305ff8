"""The tags of finished HTML as plain text: their names, their attributes, and what an address in one means.

Our HTML is written by Python-Markdown or cleaned by nh3, so a regular expression is enough to take it apart.
"""

import html as entities
import re
from functools import lru_cache
from urllib.parse import unquote

from sitegen.model.lazy import lazily
from sitegen.model.page import Link
from sitegen.model.urls import ADDRESSES, refused_scheme
from sitegen.text.markdown.marks import AT
from sitegen.text.markdown.rawhtml import allowed

TAG = lazily(r"(<!--.*?(?:-->|\Z)|<[/a-zA-Z!](?>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*)>)", re.S)
NAME = lazily(r"</?([a-zA-Z][\w:-]*)")
ATTRIBUTE = lazily(r"""\s([^\s"'<>/=]+)(?:="([^"]*)"|='([^']*)')?""")
_NOWHERE = lazily(r"(?:https?:/*|mailto:|tel:)[?#]?\Z", re.I)  # a scheme and no more
_ELSEWHERE = lazily(r"[a-zA-Z][a-zA-Z0-9+.\-]*+:|//")
_HALF = lazily(r"\s*+https?:(?!\s*+//)", re.I)  # `https:/a.si`: a path of the host, where the page itself has https
INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup time u var "
    "wbr".split()
)
VERBATIM = frozenset({"code", "pre", "kbd", "samp", "script", "style", "var"})
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# attributes that only the converter writes: `judge` refuses them in raw HTML
OWN = frozenset(
    [("div", "data-language"), ("figure", "data-language"), ("details", "name")]
    + [("input", name) for name in ("type", "disabled", "checked")]
)
# every element of HTML, allowed or not
HTML = frozenset(
    "a abbr address applet area article aside audio b base bdi bdo big blink blockquote body br button canvas caption "
    "center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption "
    "figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd "
    "label legend li link main map mark marquee math menu meta meter nav nobr noembed noframes noscript object ol "
    "optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script search section select "
    "slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead "
    "time title tr track tt u ul var video wbr xmp".split()
)
FURTHER = ADDRESSES - {"href", "src"}  # of these, links and pictures are judged where they are cut out
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = "p ul ol li blockquote div figure figcaption thead tbody tr th td dl dt dd section details summary".split()
# tags that need no more than counting: how much deeper they lead, and whether they are of a block
PLAIN = {f"<{name}>": (1, True) for name in _BLOCKS}
PLAIN |= {f"</{name}>": (-1, True) for name in _BLOCKS}
PLAIN |= {f"<{name}>": (1, False) for name in ("em", "strong", "del", "sup", "sub", "b", "i", "span")}
PLAIN |= {f"</{name}>": (-1, False) for name in ("em", "strong", "del", "sup", "sub", "b", "i", "span")}


def kept(name: str, tag: str, trusted: bool) -> tuple[dict[str, str], list[str], int]:
    """Return the attributes of a tag that may stay, unescaped, the names of those that may not, and its spot or -1."""
    attributes: dict[str, str] = {}
    refused, spot = [], -1
    for match in ATTRIBUTE.finditer(tag):
        attribute, value = match[1].lower(), entities.unescape(match[2] or match[3] or "")
        if attribute == AT:
            spot = int(value)
        elif trusted or allowed(name, attribute) or (name, attribute) in OWN:
            attributes[attribute] = value
        else:
            refused.append(attribute)
    return attributes, refused, spot


@lru_cache(maxsize=4096)  # many pages lead to the same ones
def internal(target: str) -> tuple[Link | None, str]:
    """Return a link inside the site, or (None, "") for one that leads elsewhere, or the code of what is wrong."""
    if not target or _NOWHERE.match(target):
        return None, "link-empty"
    if refused_scheme(target):
        return None, "link-scheme"
    elsewhere = _ELSEWHERE.match(re.sub(r"[\x00-\x20]", "", target))
    if elsewhere:
        return None, "link-scheme" if elsewhere[0] == "//" or _HALF.match(target) else ""
    if target.startswith(("/", "\\")):
        return None, "link-rooted"
    path, _, anchor = target.partition("#")
    return Link(unquote(path), unquote(anchor)), ""


def written(name: str, attributes: dict[str, str]) -> str:
    """Return a start tag with its attributes escaped."""
    texts = (f' {key}="{entities.escape(value)}"' for key, value in attributes.items())
    return f"<{name}{''.join(texts)}>"
