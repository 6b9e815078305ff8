"""Work done by a user whom permissions bind: as root, a test of what may not be written would pass by accident."""

import os
import tempfile
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

from support.site import needs

_NOBODY = 65534


def open_up(folder: Path) -> None:
    """Let everybody come to a folder of a test: pytest makes its folders for their owner only."""
    top = Path(tempfile.gettempdir()).resolve()
    for above in (folder, *folder.parents):
        if above == top or not above.is_relative_to(top):
            break
        above.chmod(above.stat().st_mode | 0o055)


def forked(work: Callable[[], str]) -> str:
    """Return what `work` gives in a forked process, which may change itself as it likes. A traceback fails the test."""
    needs("users", hasattr(os, "fork"))
    reader, writer = os.pipe()
    with warnings.catch_warnings():  # the threads of other tests' servers do not matter to the child
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        code = 0
        try:
            text = work()
        except BaseException:
            text, code = traceback.format_exc(), 1
        finally:
            os.write(writer, text.encode())
            os._exit(code)
    os.close(writer)
    with open(reader, "rb") as pipe:
        text = pipe.read().decode()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, text
    return text


def as_nobody(work: Callable[[], str]) -> str:
    """Return what `work` gives as a user who owns nothing. Load before what it imports: that user may not read it."""

    def lowered() -> str:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
        return work()

    return forked(lowered)
