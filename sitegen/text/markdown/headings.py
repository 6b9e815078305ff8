"""The headings and ids of one body: collected in order, checked, and given ids where they have none."""

import html as entities
import re
import unicodedata
from typing import Any

from sitegen.model.page import Heading
from sitegen.model.problems import Place, Problem, problem
from sitegen.text.markdown.notes import Notes


class Headings:
    """The headings of a page so far. Problems: heading-one, heading-order, heading-empty, id-duplicate, id-invalid."""

    def __init__(self, notes: Notes, style: str = "default") -> None:
        self.notes = notes
        self.style = style
        self.items: list[Heading] = []
        self.places: list[Place] = []  # of `items`
        self.ids: set[str] = set()
        self.numbers: dict[str, int] = {}  # id made of a heading's text → the number to try next
        self.problems: list[Problem] = []
        self.now: tuple[int, str, Place] | None = None  # level, id, place of the open heading
        self.title: list[str] = []

    def id(self, name: str, at: int) -> None:
        """Note an id, which is written at this offset."""
        code = "id-duplicate" if name in self.ids else "id-invalid" if re.search(r"[\s\"'<>#%]|\A\Z", name) else ""
        if code:
            self.problems.append(problem(code, self.notes.place(at), id=name))
        self.ids.add(name)

    def open(self, level: int, name: str, at: int) -> None:
        """Begin a heading; `name` is its id, "" when it has none."""
        place = self.notes.place(at)
        previous = self.items[-1].level if self.items else 1
        if level == 1:
            self.problems.append(problem("heading-one", place))
        elif level > previous + 1:
            self.problems.append(problem("heading-order", place, level=level, previous=previous))
        if name:
            self.id(name, at)
        self.title = []
        self.now = (level, name, place)

    def close(self) -> str:
        """End the open heading. Returns the id that was made for it, "" when it had one."""
        assert self.now is not None
        level, name, place = self.now
        self.now = None
        text = entities.unescape("".join(self.title)).strip()
        if not text:
            self.problems.append(problem("heading-empty", place))
        new_id = "" if name else self._free(text)
        self.items.append(Heading(level, name or new_id, text, bool(name)))
        self.places.append(place)
        return new_id

    def _free(self, text: str) -> str:
        """Make an id of a heading's text: lower case, joined by hyphens, numbered when it is taken."""
        github = self.style == "github"
        base = _github_id(text) if github else id_of(text)
        name, number = base, self.numbers.get(base, 1 if github else 2)
        while name in self.ids:
            name, number = f"{base}-{number}", number + 1
        self.numbers[base] = number
        self.ids.add(name)
        return name


def _github_id(text: str) -> str:
    """Return the id that GitHub gives: small letters, signs removed, each blank a hyphen."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-") or "section"


def id_of(text: str) -> str:
    """Return the id that a heading without one gets: its words in lower case, joined by hyphens."""
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", text).casefold()).strip("-") or "section"


def insert_id(holders: tuple[list[Any], ...], tag: str, new_id: str) -> None:
    """Write the id made for a heading into its start tag, which is in the last of the holders that has one."""
    if not new_id:
        return
    for holder in holders:
        for at in range(len(holder) - 1, -1, -1):
            piece = holder[at]
            start = piece.rfind(f"<{tag}") if isinstance(piece, str) else -1
            if start >= 0:
                end = start + len(tag) + 1
                holder[at] = f'{piece[:end]} id="{entities.escape(new_id)}"{piece[end:]}'
                return
