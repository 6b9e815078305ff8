"""The effect of a change of the sources: builds both versions and compares their outputs. Publishes nothing.

Never changes the repository, its index or its working tree, and never uses the network. Files are read one by one as
they are stored: attributes and filters of the repository, which may run programs, are not used.

Outputs count: an edited template changes pages whose Markdown did not change; a new comment changes none.
"""

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sitegen.build.finished import Finished
from sitegen.build.git import GitError, blob, run, streaming
from sitegen.build.pipeline import build_outputs, session_of
from sitegen.build.request import CACHE, Options
from sitegen.build.session import Session
from sitegen.build.status import TranslationStatus, read_status
from sitegen.model.config import Config
from sitegen.model.extensions import NONE, Extensions
from sitegen.model.messages import is_error
from sitegen.model.problems import Problem, in_order
from sitegen.site.status import PageStatus, PageTranslation, SectionStatus

# A folder as it was at an earlier commit, in a folder of its own. Knows git and files, never what a page is.

_LINK = b"120000"


class CheckoutError(Exception):
    """Why there is no earlier version: "git" it is not installed, "repository" there is none, "ref" no such commit."""


def since(folder: Path, ref: str) -> str:
    """Return the commit in which the present one parted from `ref`: that one itself, or where both began.

    Raises CheckoutError.
    """
    _git(folder, "repository", "rev-parse", "--git-dir")
    if ref.startswith("-"):
        raise CheckoutError("ref")
    commit = _git(folder, "ref", "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    try:
        return _git(folder, "ref", "merge-base", commit.decode().strip(), "HEAD").decode().strip()
    except CheckoutError:  # a shallow clone may not reach back so far
        return commit.decode().strip()


def unpack(folder: Path, commit: str, into: Path) -> None:
    """Put what `folder` held at a commit into the empty folder `into`. Raises CheckoutError, OSError.

    A tree may hold what no program ever wrote into one: a link and a folder of one name, `..`, `.git`. Files come
    first and links last, each only where nothing is yet, so nothing is ever written through a link.
    """
    links: list[tuple[Path, bytes]] = []
    try:
        with streaming(folder, "cat-file", "--batch") as reader:
            for mode, name, path in _listed(folder, commit):
                data = blob(reader, name)
                if data is None:
                    continue
                place = into / path
                if mode == _LINK:
                    links.append((place, data))
                elif _ready(place):
                    place.write_bytes(data)
    except GitError as error:
        raise CheckoutError("git" if str(error) == "git" else "ref") from None
    for place, target in links:  # as it was: reading decides whether it leads out of the site
        if target and b"\0" not in target and _ready(place) and _is_below(place, into):
            place.symlink_to(os.fsdecode(target))


def _listed(folder: Path, commit: str) -> Iterator[tuple[bytes, bytes, str]]:
    """Yield mode, object and path of each file at a commit, but for paths that would lead elsewhere."""
    for row in _git(folder, "ref", "ls-tree", "-r", "-z", "--end-of-options", commit).split(b"\0"):
        head, _, path = row.partition(b"\t")
        fields = head.split()
        name = os.fsdecode(path)
        parts = name.split("/")
        strange = os.path.isabs(name) or {"", ".", ".."} & set(parts) or parts[0].casefold() == ".git"  # noqa: PTH117
        if len(fields) == 3 and fields[1] == b"blob" and not strange and (os.sep == "/" or "\\" not in name):
            yield fields[0], fields[2], name


def _ready(place: Path) -> bool:
    """Make the folder of a file. Returns whether nothing is at its place yet, and no file where a folder should be."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return False
    return not os.path.lexists(place)


def _is_below(place: Path, into: Path) -> bool:
    """Say whether a link would be inside the folder: an earlier link may lead its own folder elsewhere."""
    return Path(os.path.realpath(place.parent)) == Path(os.path.realpath(into)) / place.parent.relative_to(into)


def _git(folder: Path, reason: str, *arguments: str) -> bytes:
    try:
        return run(folder, *arguments)
    except GitError as error:
        raise CheckoutError("git" if str(error) == "git" else reason) from None


class OutdatedTranslation(Struct, frozen=True):
    """One translation that agreed with its source before, and the sections where it no longer does."""

    path: str
    lang: str
    sections: tuple[str, ...]  # headings; "" for the text before the first


class Changes(Struct, frozen=True):
    """What changed: URLs of pages by language, other files, and translations that are now outdated."""

    new: dict[str, tuple[str, ...]]
    changed: dict[str, tuple[str, ...]]
    removed: dict[str, tuple[str, ...]]
    others: int
    outdated: tuple[OutdatedTranslation, ...]
    comparable: bool = True  # whether the earlier version could be built


class Version(Struct, frozen=True):
    """One version of the site: path → digest of its outputs, None when it has errors; and its translations."""

    config: Config | None
    digests: dict[str, str] | None
    status: TranslationStatus | None
    problems: tuple[Problem, ...]


def changes_since(
    root: Path, config: str, commit: str, today: dt.date, extensions: Extensions = NONE
) -> tuple[Changes | None, Version]:
    """Return what changed since a commit, and the present version; no changes when that has errors.

    Raises CheckoutError and OSError.
    """
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder)
        unpack(root, commit, old)
        memo = root / CACHE / "memo.sqlite"
        if memo.exists() and not os.path.lexists(
            old / CACHE
        ):  # a copy: entries that the earlier version does not need must be kept
            (old / CACHE).mkdir()
            shutil.copyfile(memo, old / CACHE / memo.name)
        before = _version(old, config, today, extensions)
    now = _version(root, config, today, extensions)
    if now.digests is None or now.config is None:
        return None, now
    return compared(before, now, now.config), now


def _version(root: Path, config: str, today: dt.date, extensions: Extensions) -> Version:
    options = Options(root=root, today=today, config=config, extensions=extensions)
    session = session_of(options)
    try:
        finished, problems = build_outputs(options, session)
        good = finished is not None and not any(is_error(p) for p in problems)
        digests = {**finished.digests, **_prepared(finished, options, session)} if finished and good else None
    finally:
        session.close()
    status, _ = read_status(root, config, today)
    settings = status.config if status else None
    return Version(settings, digests, status, tuple(in_order(problems)))


def _prepared(finished: Finished, options: Options, session: Session) -> dict[str, str]:
    """Return the outputs of the languages in preparation, with their drafts: they are not published yet."""
    if not finished.config.prepared:
        return {}
    with_drafts, _ = build_outputs(replace(options, drafts=True), session)
    starts = tuple(f"{code}/" for code in finished.config.prepared)
    return (
        {path: digest for path, digest in with_drafts.digests.items() if path.startswith(starts)} if with_drafts else {}
    )


def compared(before: Version, now: Version, config: Config) -> Changes:
    """Return the differences of two versions."""
    old, new = before.digests or {}, now.digests or {}
    differing = [path for path in old.keys() & new.keys() if old[path] != new[path]]
    groups = [_by_language(paths, config) for paths in (new.keys() - old.keys(), differing, old.keys() - new.keys())]
    pages = sum(len(paths) for group in groups for paths in group.values())
    total = len(differing) + len(old.keys() ^ new.keys())
    if before.digests is None:
        groups, pages, total = [{}, {}, {}], 0, 0
    rows = [status.pages if status else () for status in (before.status, now.status)]
    added, changed, removed = groups
    return Changes(added, changed, removed, total - pages, _newly_outdated(*rows), before.digests is not None)


def _by_language(paths: "set[str] | list[str]", config: Config) -> dict[str, tuple[str, ...]]:
    """Return language → URLs of the pages among some outputs; pages of no language are under ""."""
    urls: dict[str, list[str]] = {}
    for path in sorted(paths):
        if path.endswith(".html"):
            lang = path.partition("/")[0]
            address = "/" + path.removesuffix("index.html")
            urls.setdefault(lang if lang in config.codes else "", []).append(address)
    return {code: tuple(urls[code]) for code in (*config.codes, "") if code in urls}


def _newly_outdated(before: "tuple[PageStatus, ...]", now: "tuple[PageStatus, ...]") -> tuple[OutdatedTranslation, ...]:
    """Return the translations that have sections to review which they did not have before.

    Where a translation was never confirmed, a section counts whose source changed while the translation did not.
    """
    old = {(page.key, translation.lang): (page, translation) for page in before for translation in page.translations}
    outdated = []
    for page in now:
        marks = {section.id: section.mark for section in page.source.sections}
        for translation in page.translations:
            if translation.file is None or (page.key, translation.lang) not in old:
                continue
            earlier, then = old[page.key, translation.lang]
            earlier_marks = {section.id: section.mark for section in earlier.source.sections}
            was = {section.id for section in then.outdated}
            names = [
                section.title or section.id
                for section in translation.sections
                if (_is_outdated(section) and section.id not in was)
                or (_touched(section, marks, earlier_marks) and _marks_of(translation) == _marks_of(then))
            ]
            if names:
                outdated.append(
                    OutdatedTranslation(translation.file.path, translation.lang, tuple(dict.fromkeys(names)))
                )
    return tuple(sorted(outdated, key=lambda translation: (translation.path, translation.lang)))


def _is_outdated(section: SectionStatus) -> bool:
    return section.state in ("changed", "new", "gone")


def _touched(section: SectionStatus, marks: Mapping[str, str], earlier: Mapping[str, str]) -> bool:
    return section.state == "unknown" and earlier.get(section.id) != marks.get(section.id)


def _marks_of(translation: PageTranslation) -> list[str]:
    return [section.mark for section in translation.file.sections] if translation.file else []
