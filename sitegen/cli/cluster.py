"""`build --scheduler`: use the workers of a Dask cluster instead of processes of this machine.

The cluster's workers need this package and the site's own requirements; files and cache stay here.
"""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitegen.build.i18n import Speech

if TYPE_CHECKING:
    from concurrent.futures import Executor

_PATIENCE = "3s"


class NoClusterError(Exception):
    """Why there are no workers: a line for a person, and the exit code."""

    def __init__(self, text: str, exit_code: int) -> None:
        super().__init__(text)
        self.exit_code = exit_code


@contextlib.contextmanager
def workers(address: str | None, say: Speech) -> "Iterator[tuple[Executor | None, int | None]]":
    """Give the executor of the cluster at `address`, and how many tasks it does at a time; None and None without one.

    Raises NoClusterError: exit code 2 when the package is missing, 1 when nobody answers or nobody works there.
    """
    if address is None:
        yield None, None
        return
    try:
        from distributed import Client
    except ImportError:
        raise NoClusterError(_missing(say), 2) from None
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError):
        raise NoClusterError(say("No Dask scheduler answers at {address}.", address=address), 1) from None
    with client:
        at_a_time = sum(client.nthreads().values())
        if not at_a_time:
            raise NoClusterError(say("The Dask scheduler at {address} has no workers.", address=address), 1)
        yield client.get_executor(), at_a_time


def _missing(say: Speech) -> str:
    return say("--scheduler requires the package “distributed”. Install it: pip install 'sitegen[cluster]'")
