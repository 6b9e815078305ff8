"""What of tokens is more than a tag: code, raw HTML, links, pictures, footnotes, blocks. One function, one type."""

import re

from markdown_it.token import Token

from sitegen.model.words import N_
from sitegen.text.markdown import code_blocks
from sitegen.text.markdown.marks import AT, block, label
from sitegen.text.markdown.rawhtml import marked
from sitegen.text.markdown.tree import Tree, Writer

_BACK = N_("Back to the text (note %(number)s)")


def _html(tree: Tree, token: Token) -> None:
    tree.html(marked(tree.notes, token.content, lambda at: tree.notes.offset(token, at)))


def _directive(tree: Tree, token: Token) -> None:
    tree.element("div", {"class": block(tree.notes.mark, token.meta["number"])})


def _label(tree: Tree, token: Token) -> None:
    tree.markup(label(tree.notes.mark, token.content))


_KEPT = re.compile(r"[\"'.\-]+")  # an escaped character is set as it is written


def _special(tree: Tree, token: Token) -> None:
    if _KEPT.fullmatch(token.content):
        tree.markup("".join(f"&#{ord(letter)};" for letter in token.content))
    else:
        tree.text(token.content)


def _code_inline(tree: Tree, token: Token) -> None:
    tree.element("code", {}).text = tree.code(token.content)


def _html_inline(tree: Tree, token: Token) -> None:
    start = token.map[0] if token.map else 0
    tree.html(marked(tree.notes, token.content, lambda at: tree.notes.offset(tree.within, start + at)))


def _braces(tree: Tree, token: Token) -> None:
    parent = tree.stack[-1]
    if len(parent) and not "".join(tree.pending) and not parent[-1].tail:
        tree.pending.clear()
        tree.attributes(parent[-1], token, tree.within)
    else:
        _alone(tree, token)
        tree.text(token.content)


def _alone(tree: Tree, token: Token) -> None:
    """Report braces at the end of a line, after a blank: here they are text, elsewhere the paragraph has them."""
    before, after = tree.siblings[tree.number - 1 : tree.number], tree.siblings[tree.number + 1 : tree.number + 2]
    if not before or before[0].type != "text" or (after and after[0].type not in ("softbreak", "hardbreak")):
        return
    text = before[0].content
    if text.endswith((" ", "\t")) and not text.startswith(":::") and "=" not in token.content:  # ::: {…} is Pandoc's
        at = token.map[0] if token.map else 0
        tree.notes.report("attributes-alone", tree.notes.offset(tree.within, at), braces=token.content)


def _link(tree: Tree, token: Token) -> None:
    start = token.map[0] if token.map else 0
    notes = tree.notes
    if token.info == "auto":  # a bare address: the rule is asked in the midst of it
        text = tree.siblings[tree.number + 1].content
        at = tree.within.content.find(text, max(0, start - len(text)))
        spot = notes.spot(notes.offset(tree.within, at), notes.offset(tree.within, at))
    elif token.markup == "autolink":
        spot = notes.spot(notes.offset(tree.within, start), notes.offset(tree.within, start + 1))
    elif "label" in token.meta:
        spot = notes.spot(notes.offset(tree.within, start - 1), _definition(tree, token.meta["label"]))
    else:
        end = _close_of(tree.siblings, tree.number)
        at = address_behind(tree.within.content, end.map[0] + 1 if end.map else 0)
        spot = notes.spot(notes.offset(tree.within, start - 1), notes.offset(tree.within, at))
    attributes = {name: str(value) for name, value in token.attrs.items()}
    attributes["href"] = tree.address(attributes["href"])
    attributes = {name: value.replace("&", "&amp;") for name, value in attributes.items()}
    tree.open("a", {**attributes, AT: str(spot)})


def _close_of(siblings: list[Token], number: int) -> Token:
    """Return the end of a link: links are never in one another."""
    while siblings[number].type != "link_close":
        number += 1
    return siblings[number]


def _image(tree: Tree, token: Token) -> None:
    start = token.map[0] if token.map else 0
    notes = tree.notes
    at = notes.offset(tree.within, start)
    if "label" in token.meta:
        address = _definition(tree, token.meta["label"])
    else:
        address = notes.offset(tree.within, address_behind(tree.within.content, start + 3 + len(token.content)))
    attributes = {name: str(value) for name, value in token.attrs.items()}
    attributes["alt"] = plain(token.children or [])
    attributes["src"] = tree.address(attributes["src"])
    attributes = {name: value.replace("&", "&amp;") for name, value in attributes.items()}
    tree.element("img", {**attributes, AT: str(notes.spot(at, address))})


_BLANKS = re.compile(r"\(\s*<?")


def address_behind(content: str, at: int) -> int:
    """Return where the address in brackets begins that open at `at`."""
    match = _BLANKS.match(content, at)
    return match.end() if match else at


def plain(tokens: list[Token]) -> str:
    """Return inline tokens as plain text: the alternative text of a picture."""
    texts = []
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            texts.append(token.content)
        elif token.type == "image":
            texts.append(plain(token.children or []))
        elif token.type in ("softbreak", "hardbreak"):
            texts.append("\n")
    return "".join(texts)


_ADDRESS = re.compile(r"\]:\s*<?")


def _definition(tree: Tree, name: str) -> int:
    """Return where the address of a reference is defined."""
    offsets = tree.notes.offsets
    definition = tree.env["references"].get(name)
    if definition is None:
        return 0
    start = offsets.starts[definition["map"][0]]
    match = _ADDRESS.search(offsets.text, start)
    return match.end() if match else start


def _footnotes(tree: Tree, token: Token) -> None:
    if token.nesting < 0:
        tree.close()
        tree.close()
        return
    tree.open("div", {"class": "footnote"})
    tree.element("hr", {})
    tree.open("ol", {})


def _footnote(tree: Tree, token: Token) -> None:
    if token.nesting < 0:
        tree.close()
    else:
        tree.open("li", {"id": f"fn:{token.meta['label']}"})


def _back(tree: Tree, token: Token) -> None:
    again = str(token.meta["subId"] + 1) if token.meta["subId"] else ""
    inside = tree.stack[-1].tag == "p"
    if not inside:
        tree.open("p", {})
    if not again and inside:
        tree.markup("&#160;")
    attributes = {"class": "footnote-backref", "href": f"#fnref{again}:{token.meta['label']}"}
    attributes["title"] = label(tree.notes.mark, _BACK, str(token.meta["id"] + 1))
    tree.element("a", attributes).text = "&#8617;"
    if not inside:
        tree.close()


def _footnote_ref(tree: Tree, token: Token) -> None:
    again = str(token.meta["subId"] + 1) if token.meta["subId"] else ""
    tree.open("sup", {"id": f"fnref{again}:{token.meta['label']}"})
    attributes = {"class": "footnote-ref", "href": f"#fn:{token.meta['label']}"}
    tree.element("a", attributes).text = str(token.meta["id"] + 1)
    tree.close()


WRITERS: dict[str, Writer] = {
    "fence": code_blocks.write,
    "code_block": code_blocks.write,
    "html_block": _html,
    "directive": _directive,
    "label": _label,
    "footnote_block_open": _footnotes,
    "footnote_block_close": _footnotes,
    "footnote_open": _footnote,
    "footnote_close": _footnote,
    "footnote_anchor": _back,
    "text_special": _special,
    "code_inline": _code_inline,
    "html_inline": _html_inline,
    "attributes": _braces,
    "link_open": _link,
    "image": _image,
    "footnote_ref": _footnote_ref,
}
