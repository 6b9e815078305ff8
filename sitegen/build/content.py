"""What lies below content/, as steps of the graph: pages, and the files next to them."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from sitegen.build.failures import READING, problem_of
from sitegen.build.files import Input, inputs_of, sources_of
from sitegen.build.graph import How, Parts, Results
from sitegen.build.inputs import SAID, VALUE, Pages
from sitegen.build.limits import Failure
from sitegen.build.pool import FEWEST
from sitegen.build.request import Options
from sitegen.build.session import Session
from sitegen.inputs.folders import File, tree_of
from sitegen.model.config import Config
from sitegen.model.extensions import Extensions
from sitegen.model.files import Source
from sitegen.model.packing import packed, unpacking
from sitegen.model.problems import Problem
from sitegen.site.rules import check_languages
from sitegen.text.page import PageOptions, PageRead, Reading, packed_read, read_fronts, read_pages
from sitegen.text.parts import decode, split, top_of

if TYPE_CHECKING:
    from sitegen.inputs.assets import Found

_problems_in = unpacking(list[Problem])


class Listed(Struct, frozen=True):
    """The files below content/: those of pages, with their digests, and the others."""

    texts: tuple[Input, ...]
    others: tuple[File, ...]
    copies: tuple[str, ...]  # paths of the copies of pages that editors leave behind
    problems: tuple[Problem, ...]

    @property
    def paths(self) -> list[str]:
        """Return the paths of all files, sorted."""
        return sorted([*(one.path for one in self.texts), *(file.path for file in self.others)])


class Content(Struct, frozen=True):
    """What was read: pages, files, and what is wrong with them.

    `broken` are the paths that could not be read as what they are, `aside` those of languages that are not published.
    """

    pages: Pages
    files: tuple[Results, ...]
    broken: frozenset[str]
    aside: frozenset[str]
    problems: list[Problem]


def list_content(root: Path, session: Session) -> Listed:
    """Return what there is. Problems: those of inputs.folders.list_tree."""
    tree = tree_of(root, "content")
    texts, more = inputs_of((file for file in tree.files if file.path.endswith(".md")), session)
    others = tuple(file for file in tree.files if not file.path.endswith(".md"))
    return Listed(tuple(texts), others, tree.copies, (*tree.problems, *more))


def read_content(
    listed: Listed, generated: Sequence[Input], config: Config, options: Options, session: Session
) -> Content:
    """Read the pages, `generated` ones among them, and the files next to them.

    Problems: those of list_content, rules.check_languages, text.page and inputs.assets.
    """
    paths = sorted([*listed.paths, *(one.path for one in generated)])
    folders = sorted({path.split("/")[1] for path in paths if path.count("/") > 1})
    problems = [*listed.problems, *check_languages(config, folders, paths)]
    texts = sorted([*listed.texts, *generated], key=lambda one: one.path)
    declared = config.declared
    texts = [one for one in texts if _is_in(one.path, declared)]
    pages = _pages(texts, config, options.extensions, session)
    found, more = inputs_of(
        (file for file in listed.others if _is_in(file.path, declared)), session, hold=False, largest=0
    )
    files, good, wrong = _files(options.root, found, config, session)
    problems += [*pages.problems, *more, *wrong]
    good |= pages.good
    broken = frozenset({one.place.path for one in listed.problems}.union(paths) - good)
    ours = config.aside
    aside = frozenset(path for path in (*good, *broken) if _is_in(path, ours)) if ours else frozenset()
    return Content(pages, files, broken - aside, aside, problems)


def _is_in(path: str, codes: Collection[str]) -> bool:
    """Say whether a file of content/ is one of these languages."""
    return path.count("/") > 1 and path.split("/", 2)[1] in codes


def _pages(texts: Sequence[Input], config: Config, extensions: Extensions, session: Session) -> Pages:
    """Read the Markdown files."""
    options = PageOptions(config.markdown, config.raw_html, extensions)
    how = packed((config.markdown, config.raw_html))
    keys = session.graph.keys(("page", how), ((one.path, one.digest) for one in texts))

    def failed(one: Reading, failure: Failure) -> Parts:
        return packed_read(PageRead(None, (problem_of(one.path, READING, failure, session),)))

    load = _loader(texts, session)
    read = session.graph.each("page", keys, load, read_pages, lambda: _ready(options), failed)
    aside = config.aside
    numbers = (at for at, one in enumerate(texts) if not (aside and _is_in(one.path, aside)))
    return Pages(tuple(one.path for one in texts), read, tuple(numbers))


def _loader(inputs: Sequence[Input], session: Session) -> Callable[[Sequence[int]], list[Reading]]:
    def load(at: Sequence[int]) -> list[Reading]:
        sources = sources_of([inputs[number] for number in at], session)
        few = len(sources) < FEWEST
        return [Reading(source, _front_of(source, session) if few else b"") for source in sources]

    return load


def _front_of(source: Source, session: Session) -> bytes:
    """Return the packed Front of a page from the cache, or read it and keep it for the next time.

    So an edit of a text does without the library of YAML, which takes longer to load than the page to read.
    """
    text, problems = decode(source)
    lines = None if problems else split(source.path, text)[0]
    if lines is None:
        return b""
    top = top_of(source.path, text)
    key = session.graph.key("front", lines.path, str(lines.first), top.source, lines.text)
    known = session.memo.get("front", [key]).get(key)
    if known is None:
        (made,) = session.here(read_fronts, None, [(lines, top)])
        if isinstance(made, Failure):
            return b""  # who reads the page meets it again, and says so
        known = made
        session.memo.put("front", {key: known})
    return known


def _ready(options: PageOptions) -> PageOptions:
    """Return the options with the grammar loaded, so that processes that are forked inherit it."""
    import sitegen.text.markdown.body  # noqa: F401

    return options


def _files(
    root: Path, found: Sequence[Input], config: Config, session: Session
) -> tuple[tuple[Results, ...], set[str], list[Problem]]:
    """Read the files next to pages; return which are good, too. Pictures go to workers: no timer interrupts Pillow."""
    from sitegen.inputs.assets import FileReading, Found, is_bitmap, read_content_files

    shared = FileReading(root, config.images, config.files)
    how = packed((config.images, config.files))
    steps: list[Results] = []
    good: set[str] = set()
    problems: list[Problem] = []

    def failed(file: Found, failure: Failure) -> Parts:
        return b"", packed([problem_of(file.path, READING, failure, session)])

    for pictures in (True, False):
        part = [Found(one.path, one.digest) for one in found if is_bitmap(one.path) == pictures]
        keys = [session.graph.key("file", how, file.path, file.digest) for file in part]
        load = _picker(part)
        read = session.graph.each("file", keys, load, read_content_files, lambda: shared, failed, How(apart=pictures))
        steps.append(read)
        good |= {file.path for file, value in zip(part, read.digests(VALUE), strict=True) if value}
        problems += said_by(read)
    return tuple(steps), good, problems


def _picker(items: "Sequence[Found]") -> "Callable[[Sequence[int]], list[Found]]":
    return lambda at: [items[number] for number in at]


def said_by(read: Results) -> list[Problem]:
    """Return the problems of a step whose second part they are."""
    numbers = [at for at, found in enumerate(read.digests(SAID)) if found]
    return [found for value in read.values(SAID, numbers) for found in _problems_in.decode(value)]
