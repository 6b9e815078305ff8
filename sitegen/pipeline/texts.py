"""A build in which nothing but the texts of a few pages has changed: only the outputs that hold them are made.

Goes on from the ledger of the last build, and only where everything else is certainly the same: the files that were
read, the front matter, headings, links and pictures of the changed pages, and what their outputs say of themselves. In
any doubt it returns None, and the whole build is done. What it leaves is, byte for byte, what the whole build leaves.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Raw, Struct, convert, msgpack
from msgspec.structs import replace

from sitegen.core.finished import SearchPage
from sitegen.core.problems import Place, Problem
from sitegen.core.records import Page, Source
from sitegen.core.views import Task
from sitegen.machinery.limits import Failure
from sitegen.machinery.patch import patch
from sitegen.machinery.publish import digest_of, publish, read_manifest
from sitegen.pipeline.ledger import Ledger, emptied, filled, keep, opened, page_key, python_keys, texts_in, with_data
from sitegen.pipeline.options import CACHE, Options, Result
from sitegen.pipeline.session import Session
from sitegen.pipeline.sight import sight_of
from sitegen.read.page import PageOptions, PageRead, read_pages
from sitegen.write.environment import Workshop
from sitegen.write.render import Made, Renderer, render_tasks

_MOST = 20  # with more changed pages, the whole build is as quick
_NOWHERE = Place("")
_page_in = msgpack.Decoder(PageRead)
_task_in = msgpack.Decoder(Task)
_made_in = msgpack.Decoder(Made)


class Texts(Struct, frozen=True):
    """What was read anew: by source path, the pages and the keys of their readings."""

    pages: dict[str, Page]
    keys: dict[str, bytes]


class Outputs(Struct, frozen=True):
    """What was made anew, by output path: the keys of outputs, and the bytes of all files."""

    keys: dict[str, bytes]
    data: dict[str, bytes]


def build_texts(options: Options, changed: Sequence[str], output: Path, said: Mapping[str, Any]) -> Result | None:
    """Build the site again after the files `changed`, and publish it; None when that needs the whole build.

    `said` is what the last build said, `output` its folder, which must be as that build left it.
    """
    if len(changed) > _MOST or options.apart:
        return None
    session = Session(options.cache or options.root / CACHE, 1, tell=options.progress, counts=False)
    try:
        ledger = opened(session.memo, output, said["ledger"])
        if ledger is None:
            return None
        session.recipe, session.expendable = ledger.recipe, options.expendable
        with session.step("read"):
            texts = _read(options.root, changed, ledger, session, options.time_limit)
        if texts is None:
            return None
        with session.step("render"):
            made = _make(options.root, texts, ledger, session)
        return None if made is None else _published(options, output, texts, made, ledger, said, session)
    except Exception:  # the whole build says what is wrong
        return None
    finally:
        session.close()


def _read(root: Path, changed: Sequence[str], ledger: Ledger, session: Session, limit: float | None) -> Texts | None:
    """Read the changed pages; None when more of one has changed than its text."""
    if any(path not in ledger.pages or path in ledger.problems for path in changed):
        return None
    options = PageOptions(ledger.config.markdown, ledger.config.raw_html)
    sources = [Source(path, (root / path).read_bytes()) for path in changed]
    keys = {source.path: page_key(session, options, source) for source in sources}
    before = session.memo.get("page", [ledger.pages[path] for path in changed])
    if len(before) < len({ledger.pages[path] for path in changed}):
        return None
    session.seconds = limit or ledger.config.time_limit
    read = session.here(read_pages, options, sources)
    pages = {}
    good: list[bytes] = []
    for path, packed in zip(changed, read, strict=True):
        if isinstance(packed, Failure):
            return None
        good.append(packed)
        page = _page_in.decode(packed)
        if page.page is None or _outline(page) != _outline(_page_in.decode(before[ledger.pages[path]])):
            return None
        pages[path] = page.page
    session.memo.put("page", dict(zip(keys.values(), good, strict=True)))
    return Texts(pages, keys)


def _outline(read: PageRead) -> PageRead:
    """Return all of a reading but its text and the places of things in it."""
    page = read.page
    if page is None or read.problems:
        return PageRead(None, read.problems)
    return PageRead(
        replace(
            page,
            places=dict.fromkeys(page.places, _NOWHERE),
            headings=tuple(replace(heading, place=_NOWHERE) for heading in page.headings),
            links=tuple(replace(link, place=_NOWHERE) for link in page.links),
            images=tuple(replace(image, place=_NOWHERE) for image in page.images),
            blocks=tuple(replace(block, place=_NOWHERE) for block in page.blocks),
            body=Raw(b""),
        ),
        (),
    )


def _make(root: Path, texts: Texts, ledger: Ledger, session: Session) -> Outputs | None:
    """Make the outputs that hold the texts; None when one of them would say something else of itself."""
    paths = sorted({path for source in texts.pages for path in ledger.uses.get(source, ())})
    tasks = _tasks(paths, texts, ledger, session)
    workshop = _workshop(root, ledger, session)
    known = session.memo.get("output", [ledger.outputs[path] for path in paths])
    if tasks is None or workshop is None or len(known) < len(paths):
        return None
    packed = [msgpack.encode(task) for task in tasks]
    rendered = session.here(render_tasks, _renderer(workshop, session), packed)
    done = [one for one in rendered if not isinstance(one, Failure)]
    if len(done) < len(rendered):
        return None
    made = {path: _made_in.decode(one) for path, (one, _) in zip(paths, done, strict=True)}
    before = {path: _made_in.decode(known[ledger.outputs[path]]) for path in paths}
    if any(_outside(made[path]) != _outside(before[path]) for path in paths):
        return None
    sights = dict(ledger.sights)
    keys = {
        task.path: session.key("output", one, sights[sight_of(task.view)])  # type: ignore[arg-type]
        for task, one in zip(tasks, packed, strict=True)
    }
    session.memo.put("output", {keys[path]: one for path, (one, _) in zip(paths, done, strict=True)})
    session.memo.put("bytes", {bytes.fromhex(digest_of(data)): data for _, data in done})
    session.memo.put("view", {keys[task.path]: msgpack.encode(emptied(task)) for task in tasks})
    data = {path: one for path, (_, one) in zip(paths, done, strict=True)}
    searched = {path: one.seen.search for path, one in made.items() if one.seen.search != before[path].seen.search}
    files = _indexes(searched, ledger, session)
    return None if files is None else Outputs(keys, data | files)


def _tasks(paths: Sequence[str], texts: Texts, ledger: Ledger, session: Session) -> list[Task] | None:
    """Return the tasks of outputs, with the texts in them; None when the memo has lost something."""
    found = session.memo.get("view", [ledger.outputs[path] for path in paths])
    if len(found) < len(paths):
        return None
    tasks = [_task_in.decode(found[ledger.outputs[path]]) for path in paths]
    others = sorted({source for task in tasks for source in texts_in(task)} - texts.pages.keys())
    keys = {source: ledger.pages[source] for source in others}
    known = session.memo.get("page", list(keys.values()))
    if len(known) < len(set(keys.values())):
        return None
    pages = dict(texts.pages)
    for source, one in keys.items():
        page = _page_in.decode(known[one]).page
        if page is None:
            return None
        pages[source] = page
    return [filled(task, pages, ledger.config.markdown.toc_levels) for task in tasks]


def _workshop(root: Path, ledger: Ledger, session: Session) -> Workshop | None:
    packed = session.memo.get("workshop", [ledger.workshop]).get(ledger.workshop)
    if packed is None:
        return None
    workshop = msgpack.decode(packed, type=Workshop)
    if not (root / "data").exists():
        return workshop
    from sitegen.read.data import read_data
    from sitegen.read.tree import read_tree

    return with_data(workshop, read_data(read_tree(root, "data")[0], ledger.config)[0])


def _renderer(workshop: Workshop, session: Session) -> Renderer:
    keys = python_keys(workshop, session)
    known = session.memo.get("python", list(keys.values()))
    return Renderer(workshop, {name: known[one] for name, one in keys.items() if one in known})


def _outside(made: Made) -> Made:
    """Return what an output says of itself to all but a searching reader."""
    return Made("", replace(made.seen, search=None), made.problems)


def _indexes(searched: dict[str, SearchPage | None], ledger: Ledger, session: Session) -> dict[str, bytes] | None:
    """Return the search indexes of the languages that the changed pages are in; None when something is lost."""
    codes = [code for code in ledger.config.codes if any(path.startswith(f"{code}/") for path in searched)]
    if not codes:
        return {}
    starts = tuple(f"{code}/" for code in codes)
    keys = {path: one for path, one in ledger.outputs.items() if path.startswith(starts) and path not in searched}
    known = session.memo.get("output", list(keys.values()))
    if len(known) < len(set(keys.values())):
        return None
    found = {path: _made_in.decode(known[one]).seen.search for path, one in keys.items()} | searched
    from sitegen.pipeline.indexes import indexes

    return indexes((found[path] for path in ledger.outputs if path in found), codes, session)


def _published(
    options: Options,
    output: Path,
    texts: Texts,
    made: Outputs,
    ledger: Ledger,
    said: Mapping[str, Any],
    session: Session,
) -> Result | None:
    """Publish what was made anew, and keep the ledger for the next time."""
    manifest = read_manifest(output)
    if manifest is None:
        return None
    files = manifest | {path: digest_of(data) for path, data in made.data.items()}
    with session.step("publish"):
        put = patch if options.preview else publish
        done = put(output, files, lambda paths: _bytes_of(paths, files, made.data, session))
    if done.foreign:
        return None
    ledger = replace(ledger, pages=ledger.pages | texts.keys, outputs=ledger.outputs | made.keys)
    return Result(
        tuple(convert(one, Problem) for one in said["problems"]),
        failed=False,
        pages=said["pages"],
        languages=said["languages"],
        written=done.written,
        output=said["output"],
        days=(dt.date.fromisoformat(said["days"][0]), dt.date.fromisoformat(said["days"][1])),
        made={"page": len(texts.pages), "output": len(made.keys)},
        reasons={path: ["page.body"] for path in made.keys},
        ledger=keep(session.memo, output, ledger),
        steps=tuple(session.steps),
    )


def _bytes_of(
    paths: Sequence[str], files: Mapping[str, str], made: Mapping[str, bytes], session: Session
) -> Mapping[str, bytes]:
    """Return the bytes of files to be written. Raises OSError for one that the memo has lost."""
    others = {path: bytes.fromhex(files[path]) for path in paths if path not in made}
    known = session.memo.get("bytes", list(set(others.values())))
    if any(one not in known for one in others.values()):
        raise FileNotFoundError
    return {path: made[path] if path in made else known[others[path]] for path in paths}
