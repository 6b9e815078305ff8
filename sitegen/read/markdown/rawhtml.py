"""Raw HTML in Markdown: the allow-list, and what to tell an editor whose HTML does not pass it.

The cleaning itself is the package nh3 (ammonia): parsing as browsers do is not ours to repeat.
"""

import html as entities
import re

from sitegen.core.records import RawHtml

# Elements for text. No script, style, form, frame, object, base, meta, link, svg, math, template.
ELEMENTS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup "
    "table tbody td tfoot th thead time tr u ul var wbr".split()
)
_EVERYWHERE = frozenset("class dir id lang role title aria-label aria-hidden translate".split())
_BY_ELEMENT = {
    "a": frozenset({"href", "hreflang"}),
    "img": frozenset({"alt", "src", "width", "height"}),
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"cite", "datetime"}),
    "details": frozenset({"open"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "q": frozenset({"cite"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope"}),
    "time": frozenset({"datetime"}),
    "audio": frozenset({"src", "controls", "preload", "loop"}),
    "source": frozenset({"src", "type", "media"}),
    "track": frozenset({"src", "kind", "srclang", "label", "default"}),
    "video": frozenset({"src", "controls", "preload", "loop", "muted", "poster", "width", "height", "playsinline"}),
}
# Elements that site.yaml may add. All others that are not in ELEMENTS act, load or change the page around them.
ADDABLE = frozenset("audio picture source track video".split())
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_FENCED = re.compile(r'<pre(?: [^<>]*)?><code(?: class="[^"<>]*")?>[^<>]*</code></pre>\s*\Z')
_OPENING = re.compile(r"<([a-zA-Z][\w:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)")
_ADDRESS = re.compile(r"(?i)\b(?:href|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SCHEME = re.compile(r"[\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\-]*):")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")


def allowed(element: str, attribute: str) -> bool:
    """Say whether an element may carry an attribute. Our own tables are aligned by `class`, never by `style`."""
    return attribute in _EVERYWHERE or attribute in _BY_ELEMENT.get(element, frozenset())


def is_raw(stashed: str) -> bool:
    """Say whether a piece that Python-Markdown put aside is HTML of the editor's (and not a fenced code block)."""
    return not _FENCED.match(stashed)


def refused(html: str, policy: RawHtml) -> list[str]:
    """Return what of `html` the allow-list does not let pass: `<script>`, `onclick=`, in order, without repetitions."""
    elements = ELEMENTS | set(policy.elements)
    found: dict[str, None] = {}
    for match in _OPENING.finditer(html):
        name = match[1].lower()
        if name not in elements:
            found[f"<{match[1]}>"] = None
            continue
        for attribute in _ATTRIBUTE.finditer(match[2]):
            if not allowed(name, attribute[1].lower()):
                found[f"{attribute[1]}="] = None
    return list(found)


def refused_addresses(html: str) -> list[str]:
    """Return the addresses in `html` whose scheme the cleaning takes away, such as `javascript:alert(1)`."""
    found = (entities.unescape(match[1] or match[2] or match[3] or "") for match in _ADDRESS.finditer(html))
    return [address for address in found if (s := _SCHEME.match(address)) and s[1].lower() not in SCHEMES]


def clean(html: str, policy: RawHtml) -> str:
    """Return `html` with only what the allow-list names."""
    import nh3

    elements = ELEMENTS | set(policy.elements)
    attributes = {name: set(_EVERYWHERE | _BY_ELEMENT.get(name, frozenset())) for name in elements}
    for cell in ("td", "th"):
        attributes[cell].add("style")  # of our own tables; `body` turns it into a class or drops it
    return nh3.clean(
        html, tags=set(elements), attributes=attributes, url_schemes=set(SCHEMES), link_rel=None, strip_comments=True
    )
