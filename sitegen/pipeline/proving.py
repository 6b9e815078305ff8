"""What can be said of the finished site only: its proof, its search indexes, what hosts read. Steps of the graph."""

from collections.abc import Sequence

from msgspec import Struct

from sitegen.build.graph import How, Parts, Results
from sitegen.core.finished import SearchPage
from sitegen.core.packing import packed, unpacking
from sitegen.core.problems import Problem
from sitegen.core.urls import index_url
from sitegen.machinery.limits import Failure
from sitegen.pipeline.failures import INDEXING, FailedError, problem_of
from sitegen.pipeline.outputs import Outputs
from sitegen.pipeline.planning import Planned
from sitegen.pipeline.session import Session


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
    from sitegen.site.hosting import hosting_of, refused
    from sitegen.site.proof import prove_site
    from sitegen.write.hosts import host_files

    config, seen = planned.inputs.config, outputs.seen
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
    from sitegen.write.search import search_indexes

    return search_indexes(None, languages)
