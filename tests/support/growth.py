"""How the time of some work grows with the length of its input: for tests that a busy machine must not fail."""

import gc
import time
from collections.abc import Callable

TRIES = 6


def is_linear(work: Callable[[int], Callable[[], object]], count: int) -> bool:
    """Say whether four times as much takes at most about four times as long: `work(count)` makes what is timed.

    Processor time, without the garbage collector, whose time grows with all that this process has ever made. Other
    programs disturb single measurements, so the least of several counts, and only the last attempt can say no.
    Quadratic work takes 16 times as long, and is never taken for linear.
    """
    small, large = work(count), work(4 * count)
    least_small = least_large = float("inf")
    for _ in range(TRIES):
        least_small = min(least_small, seconds(small))
        least_large = min(least_large, seconds(large))
        if least_large < 0.3 or least_large < 8 * least_small:
            return True
    return False


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of some work."""
    was_enabled = gc.isenabled()
    gc.disable()
    began = time.process_time()
    try:
        work()
    finally:
        spent = time.process_time() - began
        if was_enabled:
            gc.enable()
    return spent
