"""References and footnotes: not defined, defined twice, never used; and marks of emphasis that stay text."""

from typing import Any

from markdown_it.token import Token

from sitegen.model.lazy import lazily
from sitegen.text.markdown.notes import Notes

_LABEL = lazily(r"\[([^\[\]\n]*)\]")
_COMMENTS = frozenset({"//", "COMMENT", "#"})  # names under which people hide what is not to be seen


def check(tokens: list[Token], notes: Notes, env: dict[str, Any]) -> None:
    """Report them.

    Problems: reference-undefined, footnote-undefined, footnote-name, emphasis-open, reference-twice, reference-unused,
    footnote-twice, footnote-unused.
    """
    slips = env.get("slips", {})
    if slips:
        for token in tokens:
            for code, at, values in slips.get(id(token.children), ()) if token.type == "inline" else ():
                notes.report(code, notes.offset(token, at), **values)
    if "references" in env:
        _references(tokens, notes, env)
    defined = env.get("footnote_definitions", {})
    used = env.get("footnotes", {}).get("refs", {})
    for label, places in defined.items():
        places.sort()
        for at in places[1:]:
            notes.report("footnote-twice", at, name=label)
        if used.get(f":{label}", -1) < 0:
            notes.report("footnote-unused", places[0], name=label)


def _references(tokens: list[Token], notes: Notes, env: dict[str, Any]) -> None:
    used = set()
    pending = [token for token in tokens if token.children]
    while pending:
        for child in pending.pop().children or ():
            if "label" in child.meta and child.type in ("link_open", "image"):
                used.add(child.meta["label"])
            if child.children:
                pending.append(child)
    for again in env.get("duplicate_refs", ()):
        _report(notes, "reference-twice", again["map"][0])
    for name, reference in env["references"].items():
        if name not in used and name not in _COMMENTS:
            _report(notes, "reference-unused", reference["map"][0])


def _report(notes: Notes, code: str, line: int) -> None:
    start = notes.offsets.starts[line]
    match = _LABEL.search(notes.offsets.text, start)
    notes.report(code, match.start() if match else start, name=match[1] if match else "")
