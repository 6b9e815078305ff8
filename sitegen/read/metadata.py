"""What cameras and programs write into GIF, AVIF and films: removed where that is simple, else found and reported."""

from pathlib import Path

_PLACES = (b"\xa9xyz", b"com.apple.quicktime.location", b"loci\0\0\0\0")
_IN_AVIF = (b"Exif", b"application/rdf+xml", b"http://ns.adobe.com/", b"udta")
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_AT_ONCE = 1 << 20


def cleaned_gif(data: bytes) -> bytes:
    """Return a GIF without comments, plain texts and data of applications, but for the one that says how often it runs.

    Walks through the blocks that https://www.w3.org/Graphics/GIF/spec-gif89a.txt describes. Raises ValueError where it
    is damaged.
    """
    at = 13 + _table(data, 10)
    out = [data[:at]]
    while at < len(data):
        kind = data[at]
        if kind == 0x3B:
            return b"".join(out) + b";"
        if kind == 0x21:
            end = _after_blocks(data, at + 2)
            keep = data[at + 1] == 0xF9 or (data[at + 1] == 0xFF and data[at + 3 : at + 14] in _LOOPS)
        elif kind == 0x2C and at + 10 < len(data):
            end = _after_blocks(data, at + 11 + _table(data, at + 9))
            keep = True
        else:
            raise ValueError(kind)
        if keep:
            out.append(data[at:end])
        at = end
    raise ValueError(at)


def gif_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a GIF."""
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def _table(data: bytes, at: int) -> int:
    """Return how many bytes the colour table has that the flags at `at` announce."""
    if at >= len(data):
        raise ValueError(at)
    return 3 << ((data[at] & 7) + 1) if data[at] & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while at < len(data):
        if data[at] == 0:
            return at + 1
        at += data[at] + 1
    raise ValueError(at)


def avif_tells(data: bytes) -> bool:
    """Say whether an AVIF holds EXIF or XMP."""
    return any(mark in data for mark in _IN_AVIF)


def film_tells(file: Path) -> bool:
    """Say whether a film or a recording holds the place where it was made. Reads it bit by bit. Raises OSError."""
    before = b""
    with file.open("rb") as opened:
        while part := opened.read(_AT_ONCE):
            if any(mark in before + part for mark in _PLACES):
                return True
            before = part[-32:]
    return False
