"""Everything that a site is made of, as steps of the graph: digests are known at once, values for whoever asks."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from sitegen.build.catalogs import Catalogs
from sitegen.build.files import Input, sources_of
from sitegen.build.graph import Results
from sitegen.build.session import Session
from sitegen.build.toolchain import digest
from sitegen.model.config import CardStock, Config
from sitegen.model.files import Asset
from sitegen.model.packing import packed, unpacking
from sitegen.model.page import Page, Positions
from sitegen.model.problems import Ignore, Lines, Problem
from sitegen.site.permalinks import FILE as LOCK
from sitegen.text.page import (
    NOTES,
    OUTLINE,
    POSITIONS,
    TEXT,
    UNREAD,
    Unread,
    notes_in,
    outline_in,
    positions_in,
    unread_in,
)
from sitegen.text.parts import decode

_asset_in = unpacking(Asset)
_assets_in = unpacking(list[Asset])
_texts_in = unpacking(dict[str, str])
_stock_in = unpacking(CardStock)
_templates_in = unpacking(tuple[dict[str, str], frozenset[str]])
_names_in = unpacking(frozenset[str])
_data_in = unpacking(dict[str, dict[str, Any]])
VALUE, SAID, NAMES, TEXTS, CARDS = 0, 1, 2, 2, 3  # the parts of the steps below


class Pages(Struct, frozen=True, dict=True):
    """The Markdown files of a site, read, by their paths. Those of `numbers` are published."""

    paths: tuple[str, ...]
    read: Results
    numbers: tuple[int, ...]

    @cached_property
    def number(self) -> dict[str, int]:
        """Return the number of each file by its path."""
        return {path: at for at, path in enumerate(self.paths)}

    def digest(self) -> bytes:
        """Return one digest of all outlines."""
        outlines, unread = self.read.digests(OUTLINE), self.read.digests(UNREAD)
        return digest(packed([(self.paths[at], outlines[at], unread[at]) for at in self.numbers]))

    def texts(self, paths: Iterable[str]) -> list[bytes]:
        """Return the digests of the texts of pages."""
        digests = self.read.digests(TEXT)
        return [digests[self.number[path]] for path in paths]

    def bodies(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the packed texts of pages, by path."""
        wanted = list(paths)
        return dict(zip(wanted, self.read.values(TEXT, [self.number[path] for path in wanted]), strict=True))

    @property
    def good(self) -> set[str]:
        """Return the paths of all files that could be read as pages."""
        return {path for path, found in zip(self.paths, self.read.digests(OUTLINE), strict=True) if found}

    def outlines(self, numbers: Sequence[int]) -> list[Page]:
        """Return the pages with these numbers that there are."""
        return [outline_in.decode(one) for one in self.read.values(OUTLINE, numbers) if one]

    @cached_property
    def all(self) -> list[Page]:
        """Return the pages that a build knows."""
        return self.outlines(self.numbers)

    @cached_property
    def unread(self) -> tuple[Unread, ...]:
        """Return what there is of pages whose front matter cannot be read."""
        digests = self.read.digests(UNREAD)
        numbers = [at for at in self.numbers if digests[at]]
        return tuple(unread_in.decode(one) for one in self.read.values(UNREAD, numbers))

    @cached_property
    def _notes(self) -> dict[str, Any]:
        digests = self.read.digests(NOTES)
        numbers = [at for at, found in enumerate(digests) if found]
        values = self.read.values(NOTES, numbers)
        return {self.paths[at]: notes_in.decode(one) for at, one in zip(numbers, values, strict=True)}

    @property
    def problems(self) -> list[Problem]:
        """Return all that was found when reading."""
        return [found for notes in self._notes.values() for found in notes.problems]

    @property
    def ignores(self) -> list[Ignore]:
        """Return all exceptions that are written in pages."""
        known = self.good & {self.paths[at] for at in self.numbers}
        return [ignore for path, notes in self._notes.items() if path in known for ignore in notes.ignores]

    def positions(self, paths: frozenset[str]) -> dict[str, Positions]:
        """Return where the things of pages are written."""
        known = [path for path in sorted(paths) if path in self.number]
        values = self.read.values(POSITIONS, [self.number[path] for path in known])
        return {path: positions_in.decode(one) for path, one in zip(known, values, strict=True)}


class Inputs(Struct, frozen=True, dict=True):
    """One site, read. The steps have the parts VALUE and SAID, and more as the names of the parts say."""

    session: Session
    config: Config
    pages: Pages
    read_files: tuple[Results, ...]
    read_static: Results
    read_data: Results
    read_templates: Results
    catalogs: Catalogs
    static_again: Callable[[], list[Asset]]  # reads static/ with its bytes
    lock_file: Input | None = None  # urls.lock
    broken: frozenset[str] = frozenset()  # paths that could not be read as what they are
    aside: frozenset[str] = frozenset()  # paths of files of languages that are not published
    copies: tuple[str, ...] = ()  # paths of the copies of pages that editors leave behind
    heavy: tuple[Asset, ...] = ()  # files of static/ that are only copied

    def needs(self) -> list[bytes | str]:
        """Return the digests of all that linking and planning depend on: no text, no stylesheet, no template's text."""
        files = [one for read in self.read_files for one in read.digests(VALUE)]
        return [
            packed(self.config),
            self.pages.digest(),
            packed(files),
            self.read_static.digest(VALUE),
            self.read_data.digest(VALUE),
            self.read_templates.digest(NAMES),
            packed((sorted(self.broken), sorted(self.aside), self.copies)),
            self.lock_file.digest if self.lock_file else "",
        ]

    @cached_property
    def files(self) -> list[Asset]:
        """Return the files next to pages, in the order of their paths."""
        found = [_asset_in.decode(one) for read in self.read_files for one in read.values(VALUE) if one]
        return sorted((one for one in found if one.path not in self.aside), key=lambda asset: asset.path)

    @cached_property
    def static(self) -> list[Asset]:
        """Return the files of static/, without their bytes."""
        return _assets_in.decode(self.read_static.value(VALUE))

    @cached_property
    def static_bytes(self) -> dict[str, bytes]:
        """Return the bytes of what is published of static/, by output path."""
        return {asset.url: asset.data for asset in self.static_again() if asset.data is not None}

    @cached_property
    def texts(self) -> dict[str, str]:
        """Return the texts below static/ that templates may put into pages, by their paths there."""
        return _texts_in.decode(self.read_static.value(TEXTS))

    @cached_property
    def cards(self) -> CardStock | None:
        """Return what social cards are drawn with."""
        value = self.read_static.value(CARDS)
        return _stock_in.decode(value) if value else None

    @cached_property
    def data(self) -> dict[str, dict[str, Any]]:
        """Return language → name of the file → its data."""
        return _data_in.decode(self.read_data.value(VALUE))

    @cached_property
    def template_names(self) -> frozenset[str]:
        """Return the names of all templates."""
        return _names_in.decode(self.read_templates.value(NAMES))

    @cached_property
    def templates(self) -> tuple[dict[str, str], frozenset[str]]:
        """Return the texts of all templates by name, and the names of those that are the theme's."""
        return _templates_in.decode(self.read_templates.value(VALUE))

    @cached_property
    def lock(self) -> Lines | None:
        """Return urls.lock, where the site has one that can be read."""
        if self.lock_file is None:
            return None
        text, problems = decode(sources_of([self.lock_file], self.session)[0])
        return None if problems else Lines(LOCK, text)
