"""Words of ours inside the values of a problem: kept as values, and translated when they are shown.

`str()` of a phrase is the English text, so that whoever knows no language still has words. Never knows a catalogue.

An error that is not in the table is shown as the system says it. Never touches a file.
"""

import errno
from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from sitegen.model.words import T_


class Says(Protocol):
    """What turns an English text into that of a language; the tool's Speech is one."""

    def __call__(self, text: str, /) -> str:
        """Return the text in the language, its places still open."""

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return the form that `n` asks for, filled in."""


class English:
    """Returns every text as it is in the code."""

    def __call__(self, text: str, /) -> str:
        """Return the text itself."""
        return text

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return `one` for 1, `many` for all else, filled in."""
        return (one if n == 1 else many).format(n=n, **values)


class Phrase(Struct, frozen=True):
    """A text and what fills its places; with `many`, the number `n` chooses the form."""

    text: str
    values: tuple[tuple[str, "str | Phrase"], ...] = ()
    many: str = ""
    n: int = 0

    def __str__(self) -> str:
        return spoken(self, English())


Value = str | Phrase


def phrase(text: str, /, **values: object) -> Phrase:
    """Return a phrase whose places are filled by `values`, which may be phrases."""
    return Phrase(text, kept(values))


def counted(one: str, many: str, n: int, /, **values: object) -> Phrase:
    """Return a phrase of two forms; `{n}` is the number."""
    return Phrase(one, kept(values), many, n)


def kept(values: Mapping[str, object]) -> tuple[tuple[str, Value], ...]:
    """Return values as a problem keeps them: phrases as they are, all else as text."""
    return tuple((name, value if isinstance(value, Phrase) else str(value)) for name, value in values.items())


def spoken(value: Value, say: Says) -> str:
    """Return a value in a language. A phrase without values may hold any character: it is not filled in."""
    if isinstance(value, str):
        return value
    values = {name: spoken(inner, say) for name, inner in value.values}
    if value.many:
        return say.plural(value.text, value.many, value.n, **values)
    text = say(value.text)
    return text.format(**values) if values else text


_REASONS = {
    errno.EACCES: T_("permission denied"),
    errno.EADDRINUSE: T_("the port is in use"),
    errno.EADDRNOTAVAIL: T_("this computer does not have the address"),
    errno.EBUSY: T_("the file or device is in use"),
    errno.ECONNREFUSED: T_("the connection was refused"),
    errno.EDQUOT: T_("the disk quota is exceeded"),
    errno.EEXIST: T_("the file or folder already exists"),
    errno.EFBIG: T_("the file is too large"),
    errno.EINVAL: T_("the system does not accept the name or the request"),
    errno.EIO: T_("the disk or device reports an error"),
    errno.EISDIR: T_("it is a folder"),
    errno.ELOOP: T_("symbolic links form a loop"),
    errno.EMFILE: T_("too many files are open"),
    errno.ENAMETOOLONG: T_("the name of the file is too long"),
    errno.ENFILE: T_("too many files are open"),
    errno.ENOENT: T_("the file or folder does not exist"),
    errno.ENOSPC: T_("the disk is full"),
    errno.ENOTDIR: T_("it is not a folder"),
    errno.ENOTEMPTY: T_("the folder is not empty"),
    errno.EPERM: T_("the system does not allow it"),
    errno.EROFS: T_("the disk is read-only"),
    errno.ETIMEDOUT: T_("there was no answer in time"),
    errno.ETXTBSY: T_("the file is in use"),
    errno.EXDEV: T_("the two folders are on different disks"),
}


def system_reason(error: OSError) -> Phrase:
    """Return why the system refused, as a phrase; unknown reasons keep the system's own words."""
    text = _REASONS.get(error.errno or 0)
    return phrase(text or error.strerror or str(error) or T_("unknown reason"))
