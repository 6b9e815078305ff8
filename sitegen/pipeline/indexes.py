"""The search indexes of the languages: remembered, because finding the word forms of a language takes long."""

from collections.abc import Iterable, Sequence

from msgspec import msgpack

from sitegen.core.finished import SearchPage
from sitegen.core.urls import index_url
from sitegen.machinery.limits import Failure
from sitegen.pipeline.failures import INDEXING, FailedError, problem_of
from sitegen.pipeline.session import Session
from sitegen.write.search import search_indexes


def indexes(pages: Iterable[SearchPage | None], codes: Sequence[str], session: Session) -> dict[str, bytes]:
    """Return output path → index of each language; `pages` are those of all these languages, in the order to keep."""
    known = [page for page in pages if page]
    by_code = [(code, [page for page in known if page.lang == code]) for code in codes]
    keys = [session.key("search", code, msgpack.encode(found)) for code, found in by_code]

    def failed(one: tuple[str, list[SearchPage]], failure: Failure) -> bytes:
        raise FailedError(problem_of(index_url(one[0]), INDEXING, failure, session))

    done = session.remembered("search", keys, by_code, search_indexes, lambda: None, failed, limits=0)
    return {index_url(code): data for (code, _), data in zip(by_code, done, strict=True)}
