"""What a build leaves behind so that the next one need not look at everything when only texts of pages change.

A ledger names, for every page, the outputs whose views hold its text, and for every output the key it was made by; the
heavy parts (views without their texts, the workshop) lie beside it in the memo. It belongs to one build and is believed
only together with the stamps of that build. Holds no output, and decides nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Raw, Struct, msgpack
from msgspec.structs import replace

from sitegen.core.records import Config, Page, Source
from sitegen.core.views import FeedView, PageView, Task, toc_of
from sitegen.machinery.memo import Memo
from sitegen.machinery.recipe import key
from sitegen.pipeline.session import Session
from sitegen.pipeline.sight import Sight
from sitegen.read.page import PageOptions
from sitegen.write.environment import Workshop

if TYPE_CHECKING:
    from sitegen.pipeline.outputs import Bench

_NO_TEXT = Raw(msgpack.encode(()))


class Ledger(Struct, frozen=True):
    """One finished build, by paths and keys."""

    recipe: bytes
    config: Config  # without its `extra`, which templates get from the workshop
    workshop: bytes  # key of the packed Workshop without data
    pages: dict[str, bytes]  # source path → key of its reading
    outputs: dict[str, bytes]  # output path → key of what was made
    uses: dict[str, list[str]]  # source path → outputs whose views hold its text
    sights: list[tuple[Sight, bytes]]
    problems: list[str]  # paths that something was said about


def page_key(session: Session, options: PageOptions, source: Source) -> bytes:
    """Return the key of the reading of one Markdown file."""
    return session.key("page", msgpack.encode((options.markdown, options.raw_html)), source.path, source.data)


def python_keys(workshop: Workshop, session: Session) -> dict[str, bytes]:
    """Return name of a template → key of its Python source."""
    return {name: session.key("python", name, workshop.templates[name]) for name in sorted(workshop.templates)}


def emptied(task: Task) -> Task:
    """Return a task without the texts of pages."""
    return _with_pages(task, lambda view: replace(view, body=_NO_TEXT, headings=(), toc=()))


def filled(task: Task, pages: Mapping[str, Page], levels: tuple[int, int]) -> Task:
    """Return an emptied task with the texts of `pages` (by source path), which must be all that it holds."""

    def fill(view: PageView) -> PageView:
        page = pages[view.source]
        return replace(view, body=page.body, headings=page.headings, toc=toc_of(page.headings, levels))

    return _with_pages(task, fill)


def texts_in(task: Task) -> list[str]:
    """Return the source paths of the pages whose texts stand in a task's view."""
    return [view.source for view in _pages_in(task)]


def _pages_in(task: Task) -> tuple[PageView, ...]:
    if isinstance(task.view, FeedView):
        return task.view.entries
    return (task.view,) if isinstance(task.view, PageView) else ()


def _with_pages(task: Task, change: Callable[[PageView], PageView]) -> Task:
    if isinstance(task.view, FeedView):
        return replace(task, view=replace(task.view, entries=tuple(map(change, task.view.entries))))
    return replace(task, view=change(task.view)) if isinstance(task.view, PageView) else task


def ledger_of(
    session: Session, config: Config, bench: "Bench", pages: Mapping[str, bytes], told: Iterable[str]
) -> Ledger | None:
    """Return the ledger of a finished build; None when the site has something that a ledger cannot hold.

    `pages` are the keys of the readings by source path, `told` the paths that something was said about.
    """
    one = _keep_workshop(session.memo, bench.workshop)
    if one is None:
        return None
    uses: dict[str, list[str]] = {}
    for path, task in bench.tasks.items():
        for source in texts_in(task):
            uses.setdefault(source, []).append(path)
    return Ledger(
        recipe=session.recipe,
        config=replace(config, extra={}),
        workshop=one,
        pages=dict(pages),
        outputs=bench.keys,
        uses=uses,
        sights=list(bench.sights.items()),
        problems=sorted(told),
    )


def keep(memo: Memo, output: Path, ledger: Ledger) -> str:
    """Put the ledger of an output folder into the memo, in place of the last; returns the name to ask for it by."""
    packed = msgpack.encode(ledger)
    memo.put("ledger", {_place(output): packed})
    return key(packed).hex()


def opened(memo: Memo, output: Path, name: str) -> Ledger | None:
    """Return the ledger of an output folder, unless it is lost or not the one of that name."""
    packed = memo.get("ledger", [_place(output)]).get(_place(output), b"")
    return _ledger_in.decode(packed) if key(packed).hex() == name else None


def _place(output: Path) -> bytes:
    return key("ledger", str(output.absolute()))


_ledger_in = msgpack.Decoder(Ledger)


def _keep_workshop(memo: Memo, workshop: Workshop) -> bytes | None:
    """Put a workshop into the memo, without the site's data; returns its key.

    None when it would not come back as it is: dates in `extra` of site.yaml would be text.
    """
    site = workshop.shared.site
    if msgpack.decode(msgpack.encode(site.extra)) != site.extra:
        return None
    packed = msgpack.encode(with_data(workshop, {}))
    one = key("workshop", packed)
    memo.put("workshop", {one: packed})
    return one


def with_data(workshop: Workshop, data: Mapping[str, dict[str, object]]) -> Workshop:
    """Return the workshop with other data: language → file of data/ → value."""
    languages = workshop.shared.by_language
    other = {code: replace(view, data=data.get(code, {})) for code, view in languages.items()}
    return replace(workshop, shared=replace(workshop.shared, by_language=other))
