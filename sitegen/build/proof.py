"""What can be checked in the finished site only: links, search indexes, files of hosts. Steps of the graph."""

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from sitegen.build.failures import INDEXING, FailedError, problem_of
from sitegen.build.graph import How, Parts, Results
from sitegen.build.limits import Failure
from sitegen.build.planning import Planned
from sitegen.build.rendering import Outputs
from sitegen.build.session import Session
from sitegen.inputs.folders import read_tree
from sitegen.model.outputs import SearchPage
from sitegen.model.packing import packed, unpacking
from sitegen.model.problems import Lines, Place, Problem, problem
from sitegen.model.urls import index_url

# Addresses of other schemes in finished outputs: which are an owner's own words, and where the others were written.

_PICTURE = "data:image/svg+xml,"
_WRITTEN = ("data", "content", "locales")  # what people write whom nobody knows


def foreign_addresses(
    found: Mapping[str, tuple[str, ...]],
    sources: Mapping[str, str],
    templates: Iterable[str],
    texts: Iterable[str],
    root: Path,
    before: Iterable[Problem],
) -> list[Problem]:
    """Return output-scheme for every address in an output whose scheme may not be published: `found` by output path.

    One that stands in `templates` word for word is the owner's; so is a drawing of `texts`, the files below static/,
    as a picture inside of a page. `before` are the problems found earlier: what they say of a line is not said again.
    """
    own = _Own(list(templates), set(texts))
    known = {(one.place.path, one.place.line) for one in before if one.code == "link-scheme"}
    problems = []
    for path, addresses in sorted(found.items()):
        for raw in addresses:
            if not own.holds(raw):
                place = _place(html.unescape(raw), raw, root) or Place(sources[path])
                values = {"address": html.unescape(raw)[:200], "output": path}
                if (place.path, place.line) not in known:
                    known.add((place.path, place.line))
                    problems.append(problem("output-scheme", place, None, **values))
    return problems


class _Own:
    """What owners have written."""

    def __init__(self, templates: list[str], texts: set[str]) -> None:
        self.templates, self.texts = templates, texts
        self.known: dict[str, bool] = {}

    def holds(self, raw: str) -> bool:
        """Say whether an address is an owner's."""
        if raw not in self.known:
            words = (f'"{raw}"', f"'{raw}'", f"({raw})")
            literal = any(word in template for template in self.templates for word in words)
            picture = raw.startswith(_PICTURE) and unquote(html.unescape(raw)).removeprefix(_PICTURE) in self.texts
            self.known[raw] = literal or picture
        return self.known[raw]


def _place(address: str, raw: str, root: Path) -> Place | None:
    """Return where an address is written in content, data or a catalogue."""
    for path, text in _texts(root):
        for form in (address, raw):
            if form and form in text:
                return Lines(path, text).place(text.index(form))
    return next((place for path, text in _texts(root) for place in _values(path, text, address)), None)


def _values(path: str, text: str, address: str) -> Iterator[Place]:
    """Give the places of a value in data or front matter that is written with escapes."""
    first = 1
    if path.endswith(".md"):
        text, first = text.removeprefix("---\n").partition("\n---")[0], 2
    if path.endswith(".po") or "\\" not in text:
        return
    from sitegen.text.yaml import nodes

    waiting = [nodes.parse(Lines(path, text, first))[0]]
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.Mapping):
            waiting += [value for _, value in node.items]
        elif isinstance(node, nodes.Sequence):
            waiting += node.items
        elif node is not None and address in node.text:
            yield node.place


def _texts(root: Path) -> Iterator[tuple[str, str]]:
    for folder in _WRITTEN:
        for source in read_tree(root, folder)[0]:
            if source.path.endswith((".md", ".yaml", ".yml", ".po")):
                yield source.path, source.data.decode("utf-8", "replace")


# What can be said of the finished site only: its proof, its search indexes, what hosts read. Steps of the graph.


class Proof(Struct, frozen=True):
    """What was found in the finished outputs. `refused` is what the site's policy does not allow.

    `foreign` are the addresses, by output path, whose schemes may stand in an output only where an owner wrote them;
    `hosts` are the files that hosts read.
    """

    problems: tuple[Problem, ...]
    refused: tuple[Problem, ...]
    foreign: dict[str, tuple[str, ...]]
    hosts: dict[str, bytes]


_proof_in = unpacking(Proof)


def prove(planned: Planned, outputs: Outputs, others: frozenset[str], session: Session) -> Proof:
    """Prove the finished outputs; `others` are the paths of all other files. Nothing is looked at twice."""

    def compute() -> Parts:
        return (packed(_proof(planned, outputs, others)),)

    pages = planned.inputs.pages.digest()
    needs = [packed(planned.step.all_digests()), pages, outputs.facts(), packed(sorted(others)),
             packed(planned.inputs.config)]  # fmt: skip
    return _proof_in.decode(session.graph.step("proof", needs, compute).value())


def _proof(planned: Planned, outputs: Outputs, others: frozenset[str]) -> Proof:
    from sitegen.outputs.hosts import host_files
    from sitegen.outputs.hosts.description import hosting_of, refused
    from sitegen.site.proof import prove_site

    config, seen = planned.inputs.config, outputs.page_facts
    tasks = planned.tasks()
    sources = {row.path: row.source for row in planned.index.rows}
    pages = {page.path: page for page in planned.inputs.pages.all}
    files = {} if config.offline else host_files(hosting_of(config, tasks, seen))
    return Proof(
        tuple(prove_site(seen, sources, others, pages, config.base_url)),
        tuple(refused(config, tasks, seen)),
        {path: page.foreign for path, page in seen.items() if page.foreign},
        {path: data for path, data in files.items() if path not in seen},
    )


def indexes(outputs: Outputs, codes: Sequence[str], session: Session) -> dict[str, tuple[Results, int]]:
    """Return output path → the search index of each language, as a result and its number."""
    found = {code: outputs.searched(code) for code in codes}
    digests = outputs.search_digests()
    keys = [session.graph.key("search", code, *(digests[at] for at in found[code])) for code in codes]

    def load(at: Sequence[int]) -> list[tuple[str, list[SearchPage]]]:
        return [(codes[number], outputs.search_pages(found[codes[number]])) for number in at]

    def failed(one: tuple[str, list[SearchPage]], failure: Failure) -> Parts:
        raise FailedError(problem_of(index_url(one[0]), INDEXING, failure, session))

    read = session.graph.each("search", keys, load, _indexed, lambda: None, failed, How(limits=0))
    return {index_url(code): (read, number) for number, code in enumerate(codes)}


def _indexed(_: None, languages: Sequence[tuple[str, Sequence[SearchPage]]]) -> list[bytes]:
    from sitegen.outputs.search import search_indexes

    return search_indexes(None, languages)
