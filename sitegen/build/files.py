"""Files of a site with their digests, and their bytes for whoever has to read them."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from sitegen.build.digests import ChangedError, TooLargeError
from sitegen.build.failures import FailedError
from sitegen.build.session import Session
from sitegen.inputs.folders import File, list_tree, unreadable
from sitegen.inputs.theme import FOLDER as THEME
from sitegen.model.files import Source
from sitegen.model.phrases import phrase
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.words import T_
from sitegen.text.parts import MAX_BYTES, too_long


class Input(Struct, frozen=True):
    """A file that a build depends on: its path in the site, where it lies on this machine, the digest of its bytes."""

    path: str
    file: str
    digest: str


def inputs_of(
    files: Iterable[File], session: Session, *, hold: bool = True, largest: int = MAX_BYTES
) -> tuple[list[Input], list[Problem]]:
    """Return files with their digests; what is read for that is held for `sources_of`, if `hold` says so.

    Problems: file-unreadable; file-too-long for more bytes than `largest` (0: any).
    """
    found: list[Input] = []
    problems: list[Problem] = []
    for one in files:
        try:
            found.append(Input(one.path, one.file, session.digests.of(one.file, hold=hold, largest=largest)))
        except TooLargeError as error:
            problems.append(too_long(one.path, error.size))
        except OSError as error:
            problems.append(unreadable(one.path, error))
    return found, problems


def folder_of(root: Path, folder: str, session: Session) -> tuple[list[Input], list[Problem]]:
    """Return all files of a folder of the site. Problems: those of inputs.folders.list_tree."""
    files, problems = list_tree(root, folder)
    found, more = inputs_of(files, session)
    return found, problems + more


def theme_of(folder: str, session: Session) -> list[Input]:
    """Return all files of a folder of the default theme."""
    return inputs_of(list_tree(THEME, folder)[0], session, largest=0)[0]


def file_of(root: Path, path: str, session: Session) -> tuple[Input | None, list[Problem]]:
    """Return one file, None where there is none. Problems: file-unreadable."""
    if not (root / path).exists():
        return None, []
    found, problems = inputs_of([File(path, str(root / path))], session)
    return (found[0] if found else None), problems


def given(source: Source, session: Session) -> Input:
    """Return a file that exists in memory alone."""
    return Input(source.path, source.path, session.digests.give(source.path, source.data))


def sources_of(inputs: Sequence[Input], session: Session) -> list[Source]:
    """Return files with their bytes. Raises FailedError for one that is gone, or is another one by now."""
    return [Source(one.path, _bytes(one, session)) for one in inputs]


def _bytes(one: Input, session: Session) -> bytes:
    try:
        return session.digests.read(one.file)
    except ChangedError as error:
        changed = problem("file-unreadable", Place(one.path), reason=phrase(T_("it changed during the build")))
        raise FailedError(changed) from error
    except OSError as error:
        raise FailedError(unreadable(one.path, error)) from error


def needs_of(inputs: Iterable[Input]) -> Iterator[str]:
    """Give all that a step depends on which reads these files."""
    for one in inputs:
        yield one.path
        yield one.digest
