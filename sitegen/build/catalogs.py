"""The catalogues of a site, its own and those of the theme: steps of the graph, unpacked when somebody asks."""

from functools import cached_property
from pathlib import Path

from sitegen.build.failures import READING, problem_of
from sitegen.build.files import Input, file_of, sources_of
from sitegen.build.graph import Results
from sitegen.build.limits import Failure
from sitegen.build.session import Session
from sitegen.inputs.theme import FOLDER as THEME
from sitegen.inputs.theme import merged
from sitegen.model.config import Config
from sitegen.model.files import Catalog, Source
from sitegen.model.packing import packed, unpacking
from sitegen.model.problems import Problem
from sitegen.text.gettext.catalogs import catalog_path, missing_catalog, read_catalogs

_catalog_in = unpacking(Catalog)
_problems_in = unpacking(list[Problem])
_NONE = ""


class Catalogs:
    """Each language's strings: the site's own before those of the theme."""

    def __init__(self, codes: tuple[str, ...], own: dict[str, int], theme: dict[str, int], read: Results) -> None:
        """`own` and `theme` are language → number of the result of its file."""
        self.codes, self.own, self.theme, self.read = codes, own, theme, read

    def digest(self, code: str) -> bytes:
        """Return the digest of what a language's strings are made of."""
        digests = self.read.digests(0)
        found = [digests[part[code]] if code in part else b"" for part in (self.own, self.theme)]
        return packed(found)

    @cached_property
    def all(self) -> dict[str, Catalog]:
        """Return the catalogue of each language; an empty one where there is none."""
        values = [_catalog_in.decode(one) for one in self.read.values(0)]
        found = {}
        for code in self.codes:
            own = values[self.own[code]] if code in self.own else None
            theme = values[self.theme[code]] if code in self.theme else None
            found[code] = merged(own, theme) or Catalog(code, "n != 1", {})
        return found


def catalogs_of(root: Path, config: Config, session: Session) -> tuple[Catalogs, list[Problem]]:
    """Return the strings of all languages. Problems: those of text.gettext.catalogs, of the site's own files only."""
    problems: list[Problem] = []
    files: list[tuple[str, Input]] = []
    own: dict[str, int] = {}
    theme: dict[str, int] = {}
    for code in config.codes:
        found, more = file_of(root, catalog_path(code), session)
        problems += more
        if found:
            own[code] = len(files)
            files.append((code, found))
    for code in config.codes if config.theme == "default" else ():
        found, _ = file_of(THEME, catalog_path(code), session)
        if found:
            theme[code] = len(files)
            files.append((code, found))

    def load(at: "list[int] | tuple[int, ...]") -> list[tuple[str, Source]]:
        sources = sources_of([files[number][1] for number in at], session)
        return [(files[number][0], source) for number, source in zip(at, sources, strict=True)]

    def failed(one: tuple[str, Source], failure: Failure) -> tuple[bytes, ...]:
        found = problem_of(one[1].path, READING, failure, session)
        return packed(Catalog(one[0], "n != 1", {})), packed([found])

    keys = [session.graph.key("catalog", code, one.path, one.digest) for code, one in files]
    read = session.graph.each("catalog", keys, load, read_catalogs, lambda: None, failed)  # type: ignore[arg-type]
    said = [number for number in own.values() if read.digests(1)[number]]
    problems += [found for one in read.values(1, said) for found in _problems_in.decode(one)]
    has_file = {code for code in config.codes if (root / catalog_path(code)).exists()}
    problems += [missing_catalog(code) for code in config.codes if code not in has_file and code not in theme]
    return Catalogs(config.codes, own, theme, read), problems
