"""Lets a process end when the one that started it has ended, however that ended: else it would work on for nobody."""

import os
import signal
import sys
import threading

_WHEN_PARENT_ENDS = 1  # PR_SET_PDEATHSIG of linux/prctl.h


def end_with_parent(parent: int) -> None:
    """Tie this process to that with the number `parent`, which has started it with multiprocessing.

    On Linux the system itself ends it, also inside a call of a library. Elsewhere a thread waits at a pipe that the
    parent holds open; it gets its turn when such a call is over.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_WHEN_PARENT_ENDS, signal.SIGKILL)
        if os.getppid() != parent:  # it has gone before it could be asked for
            os._exit(1)
        return
    import multiprocessing

    process = multiprocessing.parent_process()
    if process is not None:
        threading.Thread(target=_wait_and_leave, args=(process.sentinel,), daemon=True).start()


def _wait_and_leave(sentinel: int) -> None:
    from multiprocessing import connection

    connection.wait([sentinel])
    os._exit(1)
