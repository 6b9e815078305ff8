"""Raw HTML in Markdown: the allow-list, and the problems of HTML that is not on it.

The cleaning itself is the package nh3 (ammonia): parsing as browsers do is not ours to repeat.
"""

import re
from collections.abc import Callable, Collection

from sitegen.model.config import RawHtml
from sitegen.model.lazy import lazily
from sitegen.model.urls import SCHEMES
from sitegen.text.markdown.marks import AT
from sitegen.text.markdown.notes import Notes

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
_TAG = lazily(r"<(/?)([a-zA-Z][^\s/><]*+)((?>(?:[^\"'<>]|\"[^\"]*+\"|'[^']*+')*))>")
_ATTRIBUTE = lazily(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
# Elements whose content is no HTML, up to their end tag.
VERBATIM = frozenset("script style textarea title xmp iframe noembed noframes".split())
_DECLARED = lazily(r"<(?:\?=?[\w-]{0,20}|!\[CDATA\[|!\w{0,20})")
_OTHER = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))


def allowed(element: str, attribute: str) -> bool:
    """Say whether an element may carry an attribute. Our own tables are aligned by `class`, never by `style`."""
    return attribute in _EVERYWHERE or attribute in _BY_ELEMENT.get(element, frozenset())


def marked(notes: Notes, html: str, offset: Callable[[int], int]) -> str:
    """Return a piece of raw HTML with the number of its spot in each tag; `offset` leads to the text.

    What begins like a tag or a comment and does not end is text. Problems: html-unfinished, html-refused for what is
    neither (`<?php ?>`, `<!DOCTYPE>`, `<![CDATA[ ]]>`): it is dropped, except in a trusted folder.
    """
    pieces: list[str] = []
    missing: set[str] = set()
    at, end = html.find("<"), 0
    while at >= 0:
        tag = _TAG.match(html, at)
        after = tag.end() if tag else _other(html, at, missing)
        if tag:
            pieces += [html[end:at], _with_spot(notes, tag, offset)]
            end = after
            if not tag[1] and tag[2].lower() in VERBATIM:
                closing = re.compile(rf"</{re.escape(tag[2])}(?=[\s/>])", re.I).search(html, end)
                after = closing.start() if closing else len(html)
        elif not after:
            if re.match(r"</?[a-zA-Z]", html[at : at + 3]):
                notes.report("html-unfinished", offset(at), html=html[at:].split(maxsplit=1)[0][:40])
                pieces += [html[end:at], html[at:].replace("<", "&lt;")]
                return "".join(pieces)
            if html.startswith("<!--", at):
                notes.report("html-unfinished", offset(at), html="<!--")
            pieces += [html[end:at], "&lt;"]
            end = after = at + 1
        elif not notes.trusted and not html.startswith("<!--", at):
            notes.report("html-refused", offset(at), html=_declared(html, at))
        at = html.find("<", after)
    return "".join([*pieces, html[end:]])


def _declared(html: str, at: int) -> str:
    """Return what an instruction or a declaration begins with."""
    match = _DECLARED.match(html, at)
    return match.group() if match else html[at : at + 2]


def _other(html: str, at: int, missing: set[str]) -> int:
    """Return where a comment, a declaration or the like ends; 0 when it is none.

    What no such thing ends with is kept in `missing`, and not looked for again.
    """
    for start, stop in _OTHER:
        if html.startswith(start, at):
            end = -1 if stop in missing else html.find(stop, at + len(start))
            if end < 0:
                missing.add(stop)
            return end + len(stop) if end >= 0 else 0
    return 0


def _with_spot(notes: Notes, tag: re.Match[str], offset: Callable[[int], int]) -> str:
    number = notes.spot(offset(tag.start()))
    spot = notes.spots[number]
    spot.raw = tag[2]
    for match in _ATTRIBUTE.finditer(tag[3]):
        name = match[1]
        value = next((group for group in (2, 3, 4) if match[group] is not None), 0)
        begins = tag.start(3) + match.start(value)
        spot.attributes.setdefault(name, offset(tag.start(3) + match.start()))
        if name.lower() in ("href", "src") and value:
            spot.address = offset(begins)
    mark = f'{AT}="{number}"'
    return f"<{tag[1]}{tag[2]} {mark}{' ' if tag[3].strip() else ''}{tag[3].strip()}>"


def clean(html: str, policy: RawHtml, components: Collection[str] = ()) -> str:
    """Return `html` with only what the allow-list names; of `components`, which are tags, the text stays."""
    import nh3

    if components:  # under their own names some are dropped with their text: Card is an element of WML
        html = _TAG.sub(lambda tag: f"<{tag[1]}x-{tag[0][len(tag[1]) + 1 :]}" if tag[2] in components else tag[0], html)
    elements = ELEMENTS | set(policy.elements)
    attributes = {name: set(_EVERYWHERE | _BY_ELEMENT.get(name, frozenset())) for name in elements}
    for kept in attributes.values():
        kept.add(AT)
    for name in ("div", "figure"):
        attributes[name].add("data-language")  # of our own blocks of code
    attributes["details"].add("name")  # of our own tabs
    elements |= {"input", "label"}  # of our own task lists: `judge` has refused those that were written
    attributes["input"] = {AT, "checked", "disabled"}
    attributes["label"] = {AT}
    return nh3.clean(
        html,
        tags=set(elements),
        attributes=attributes,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        set_tag_attribute_values={"input": {"disabled": ""}},
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
    )
