"""Values to bytes and back with the types that went in: msgpack alone gives a date back as text, a tuple as a list.

Records say their types themselves. Free data (`extra`, the files of data/) does not: its dates are a `Day`, and
`free` marks its tuples. So two values that differ in a type only never have one digest.
"""

import datetime as dt
from typing import Any, TypeVar

from msgspec import msgpack

Kind = TypeVar("Kind")
_DAY, _TUPLE = 1, 2  # codes of msgpack's extension types


class Day(dt.date):
    """A date in free data: like any other date, but packed as what it is."""


def day(date: dt.date) -> Day:
    """Return a date as free data has it."""
    return Day(date.year, date.month, date.day)


def packed(value: Any) -> bytes:
    """Return a value as bytes. Of free data, `free` gives what can be packed."""
    return _encoder.encode(value)


def unpacking(kind: type[Kind]) -> "msgpack.Decoder[Kind]":
    """Return what turns bytes into values of a type again."""
    return msgpack.Decoder(kind, ext_hook=_extension)


def free(value: Any) -> Any:
    """Return free data in a form that comes back from `packed` as it is: tuples stay tuples."""
    if isinstance(value, dict):
        return {key: free(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return msgpack.Ext(_TUPLE, packed([free(inner) for inner in value]))
    return [free(inner) for inner in value] if isinstance(value, list) else value


def _hook(value: object) -> msgpack.Ext:
    if isinstance(value, dt.date):
        return msgpack.Ext(_DAY, value.isoformat().encode())
    raise NotImplementedError(type(value))


def _extension(code: int, data: memoryview) -> object:
    if code == _DAY:
        return Day.fromisoformat(bytes(data).decode())
    if code == _TUPLE:
        return tuple(_anything.decode(bytes(data)))
    raise ValueError(code)


_encoder = msgpack.Encoder(enc_hook=_hook)
_anything: "msgpack.Decoder[Any]" = msgpack.Decoder(ext_hook=_extension)
