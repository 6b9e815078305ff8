"""One pass over the HTML of a body: typography, headings, links, pictures, attributes; returns it cut into parts.

Works on the flat stream of tags and texts, so that nothing is parsed into a tree twice. Never looks at other pages:
whether a link leads anywhere is decided in `site`.
"""

from msgspec import Struct

from sitegen.languages.typography import Typesetter
from sitegen.model.config import MarkdownOptions, RawHtml
from sitegen.model.extensions import NONE, Extensions
from sitegen.model.page import AfterSlot, BlockSlot, Heading, ImageSlot, LabelSlot, Link, LinkSlot, Part, Positions
from sitegen.model.problems import Ignore, Lines, Place, Problem, problem
from sitegen.model.urls import refused_scheme
from sitegen.text.characters import without_controls
from sitegen.text.markdown import rawhtml, tags
from sitegen.text.markdown.converter import convert
from sitegen.text.markdown.headings import Headings, insert_id
from sitegen.text.markdown.judge import judge
from sitegen.text.markdown.marks import taken
from sitegen.text.markdown.notes import Notes, Spot
from sitegen.text.markdown.parsers import Tangled
from sitegen.text.markdown.serial import go_through
from sitegen.text.markdown.suppressions import take_ignores
from sitegen.text.markdown.tags import HEADINGS, INLINE, NAME, PLAIN, TAG, VERBATIM, VOID, internal, kept, written


class Body(Struct, frozen=True):
    """A body, ready to be linked."""

    parts: tuple[Part, ...]
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    images: tuple[Link, ...]
    ids: frozenset[str]
    positions: Positions = Positions()
    ignores: tuple[Ignore, ...] = ()


def read_body(
    lines: Lines, lang: str, options: MarkdownOptions, policy: RawHtml, trusted: bool, extensions: Extensions = NONE
) -> tuple[Body, list[Problem]]:
    """Convert a body.

    Problems: those of suppressions.take_ignores, of the rules of the grammar, of judge.judge and headings.Headings,
    attribute-refused, link-scheme, link-rooted, link-empty, image-no-alt, image-external, text-tangled.
    """
    escape_html = policy.policy == "escape" and not trusted
    text, ignores, cut, problems = take_ignores(lines, options)
    notes = Notes(lines, cut, trusted)
    try:
        html = convert(text, options, escape_html, notes, extensions, tree=True)
        if notes.has_html:
            judge(str(html), notes, policy)
    except Tangled as error:
        tangled = problem("text-tangled", Place(lines.path), reason=error.reason)
        return Body((), (), (), (), frozenset()), [tangled, *notes.problems]
    if notes.has_html and not trusted:
        html = without_controls(rawhtml.clean(str(html), policy, notes.components))
    walk = Pass(notes, lang, options)
    walk.pieces(html) if isinstance(html, str) else go_through(html, walk)
    walk.flush()
    headings = walk.headings
    positions = Positions({}, tuple(headings.places), *map(tuple, walk.places.values()))
    parts = (
        tuple(walk.parts),
        tuple(headings.items),
        tuple(walk.links),
        tuple(walk.images),
        frozenset(headings.ids),
    )
    return Body(*parts, positions, ignores), problems + notes.problems + headings.problems


class Pass:
    """The state of the pass; each method handles one kind of tag."""

    def __init__(self, notes: Notes, lang: str, options: MarkdownOptions) -> None:
        self.notes, self.mark, self.options = notes, notes.mark, options
        self.parts: list[Part] = []
        self.chunk: list[str] = []
        self.headings = Headings(notes, options.heading_ids)
        self.links: list[Link] = []
        self.images: list[Link] = []
        self.places: dict[str, list[Place]] = {"links": [], "images": [], "blocks": []}
        self.setter = Typesetter(lang)
        self.setters: list[tuple[int, Typesetter]] = []  # depth of an element in another language, its typesetter
        self.depth = 0
        self.verbatim = 0
        self.open_links: list[int] = []
        self.closing_block = False  # the next end tag belongs to the mark of a directive

    def pieces(self, html: str) -> None:
        """Go over HTML."""
        for at, piece in enumerate(TAG.split(html)):
            if at % 2:
                plain = PLAIN.get(piece)
                if plain is None or self.setters or self.closing_block:
                    self.tag(piece)
                else:
                    self.plain(piece, *plain)
            elif piece:
                self.text(piece)

    def plain(self, tag: str, step: int, is_block: bool) -> None:
        """Take a tag that nothing is to be done with: no attributes, no heading, no code."""
        self.depth += step
        if is_block:
            self.setter.block()
            if step < 0:
                tag += "\n"
        self.chunk.append(tag)

    def flush(self) -> None:
        """End the part that is being written."""
        if self.chunk:
            self.parts.append("".join(self.chunk))
            self.chunk.clear()

    def _cut(self, slot: Part) -> None:
        self.flush()
        self.parts.append(slot)

    def text(self, text: str) -> None:
        """Take a text."""
        if self.mark in text:
            self._labels(text)
            return
        if self.verbatim:
            self.setter.before = text[-1]
        elif self.options.typography:
            text = self.setter.text(text)
        if self.headings.now:
            self.headings.title.append(text)
        self.chunk.append(text)

    def _labels(self, text: str) -> None:
        """Cut at the words of the interface that our extensions have marked."""
        before, *marked = text.split(self.mark)
        self.chunk.append(before)
        for rest in marked:
            held, after = taken(rest)
            name, _, value = held.rpartition(":")
            self._cut(LabelSlot(name, value))
            self.chunk.append(after)

    def tag(self, tag: str) -> None:
        """Take a tag, whatever it is."""
        named = NAME.match(tag)
        name = named[1].lower() if named else ""
        if not name:  # a comment or declaration, in a trusted folder
            self.chunk.append(tag)
        elif tag.startswith("</"):
            self.close(name, tag)
        elif " " in tag or name in HEADINGS or name in ("table", "img"):
            self.start(name, *kept(name, tag, self.notes.trusted), is_marked=self.mark in tag)
        else:
            self._open(name)
            self.chunk.append(tag)

    def _open(self, name: str) -> None:
        if name not in VOID:
            self.depth += 1
        if name not in INLINE:
            self.setter.block()
        if name in VERBATIM:
            self.verbatim += 1

    def start(self, name: str, attributes: dict[str, str], refused: list[str], number: int, *, is_marked: bool) -> None:
        """Take a start tag with its attributes, those that may not stay, and the number of its spot."""
        self._open(name)
        self.chunk.append(self._started(name, attributes, self._spot(name, attributes, refused, number), is_marked))

    def _started(self, name: str, attributes: dict[str, str], spot: Spot, is_marked: bool) -> str:
        """Return a tag with its attributes as it is written, cut at each slot."""
        if self.mark in attributes.get("class", ""):
            return self._block(attributes["class"])
        language = attributes.get("lang")
        if language and name not in VOID:
            self.setters.append((self.depth, self.setter))
            self.setter = Typesetter(language)
        if name in HEADINGS:
            self.headings.open(int(name[1]), attributes.get("id", ""), spot.at)
        elif "id" in attributes:
            self.headings.id(attributes["id"], spot.attributes.get("id", spot.at))
        if name == "table":
            self.chunk.append('<div class="table">')
        if name == "a" and "href" in attributes:
            return self._link(attributes, spot)
        if name == "a" and spot.address > 0:
            self._unread(spot)
        if name == "img":
            return self._image(attributes, spot)
        if is_marked:
            return self._labelled(name, attributes)
        return written(name, attributes)

    def _labelled(self, name: str, attributes: dict[str, str]) -> str:
        """Cut inside the tag where an attribute holds a word of the interface."""
        self._labels(written(name, attributes))
        return ""

    def close(self, name: str, tag: str) -> None:
        """Take an end tag."""
        if " " in tag:  # the number of its spot
            tag = f"</{name}>"
        if self.setters and self.setters[-1][0] == self.depth:
            self.setter = self.setters.pop()[1]
            self.setter.before = "x"
        self.depth -= 1
        if self.closing_block:
            self.closing_block = False
            return
        if name in VERBATIM:
            self.verbatim = max(0, self.verbatim - 1)
        if name in HEADINGS and self.headings.now:
            insert_id((self.chunk, self.parts), name, self.headings.close())
        if name not in INLINE:
            self.setter.block()
            tag += "\n"
        self.chunk.append(tag)
        if name == "table":
            self.chunk.append("</div>\n")
        if name == "a" and self.open_links:
            number = self.open_links.pop()
            if number >= 0:
                self._cut(AfterSlot(number))

    def _spot(self, name: str, attributes: dict[str, str], refused: list[str], number: int) -> Spot:
        """Return the spot of a tag; report the attributes that may not stay."""
        spot = self.notes.spots[number] if number >= 0 else Spot(0, 0, {})
        for attribute in refused:
            at = spot.attributes.get(attribute, spot.at)
            self.notes.report("attribute-refused", at, attribute=attribute, element=name)
        for attribute in attributes.keys() & tags.FURTHER:
            if refused_scheme(attributes[attribute]):
                at = spot.attributes.get(attribute, spot.at)
                self.notes.report("link-scheme", at, target=attributes.pop(attribute))
        return spot

    def _block(self, mark: str) -> str:
        directive = self.notes.directives[int(taken(mark.partition(self.mark)[2])[0])]
        self._cut(BlockSlot(directive.name, directive.options))
        self.places["blocks"].append(self.notes.place(directive.at))
        self.closing_block = True
        return ""

    def _link(self, attributes: dict[str, str], spot: Spot) -> str:
        target = attributes["href"].strip()
        self.open_links.append(-1)
        if target.startswith(("#fn:", "#fnref")):
            if self.mark in attributes.get("title", ""):
                return self._labelled("a", attributes)
            return written("a", attributes)
        link, code = internal(target)
        if code:
            self.notes.report(code, spot.address, target=self.notes.targets.get(target, target))
            del attributes["href"]
        elif link:
            self.links.append(link)
            self.places["links"].append(self.notes.place(spot.address))
            if link.target:
                self.open_links[-1] = len(self.links) - 1
                del attributes["href"]
                self.chunk.append(written("a", attributes)[:-1])
                self._cut(LinkSlot(len(self.links) - 1))
                return ">"
        return written("a", attributes)

    def _unread(self, spot: Spot) -> None:
        """Report a link whose address no browser can read: the cleaning of raw HTML has dropped it."""
        is_link = not spot.raw or any(name.lower() == "href" for name in spot.attributes)
        if is_link and not self.notes.has("link-scheme", spot.address):  # which is reported already
            self.notes.report("link-empty", spot.address)

    def _image(self, attributes: dict[str, str], spot: Spot) -> str:
        target = attributes.get("src", "").strip()
        shown = self.notes.targets.get(target, target)
        if not attributes.get("alt") and "alt" not in spot.attributes:
            self.notes.report("image-no-alt", spot.address, target=shown)
        attributes.setdefault("alt", "")
        link, code = internal(target)
        if code or (link and not link.target):
            if target or not self.notes.has("link-scheme", spot.address):
                self.notes.report(code or "link-empty", spot.address, target=shown)
            return ""
        if link is None:
            self.notes.report("image-external", spot.address, target=shown)
            return written("img", attributes)
        attributes.pop("src")
        self.images.append(link)
        self.places["images"].append(self.notes.place(spot.address))
        self.chunk.append(written("img", attributes)[:-1])
        self._cut(ImageSlot(len(self.images) - 1))
        return ">"
