"""The files of a site that are not pages: their bytes, and how they are published.

Reading makes Config, Catalog, Asset, Page and Body; linking makes views (`model.views`) out of them.
"""

from typing import Literal

from msgspec import Struct

from sitegen.model.problems import Problem


class Variant(Struct, frozen=True):
    """One more width of a bitmap that is offered."""

    url: str
    width: int


class Bitmap(Struct, frozen=True):
    """The header of a picture, for encoding it later."""

    kind: Literal["JPEG", "PNG", "WEBP"]  # what it is encoded as
    orientation: int  # as EXIF counts it, 1 to 8
    memory: int  # bytes that decoding takes, as far as the header tells


class Asset(Struct, frozen=True):
    """A file that is published: from static/, or next to a page. Its address holds a digest of its source.

    `data` is what is published of it; None for a bitmap, which is encoded later, and for a file that is copied.
    """

    path: str  # static/css/site.css, content/sl/a/map.png
    url: str
    data: bytes | None
    width: int = 0  # of a bitmap, in pixels; 0 for other files
    height: int = 0
    variants: tuple[Variant, ...] = ()
    digest: str = ""  # of the source's bytes, where `data` is None
    bitmap: Bitmap | None = None
    refused: Problem | None = None  # why it cannot be published; of no interest while no page needs it

    @property
    def urls(self) -> tuple[str, ...]:
        """Return the addresses of all files that are published of it, the main one first."""
        return (self.url, *(variant.url for variant in self.variants))


class Source(Struct, frozen=True):
    """A file of the site: its path from the site's folder (with `/`, NFC) and its bytes."""

    path: str
    data: bytes


class Catalog(Struct, frozen=True):
    """The interface strings of one language, keyed by context and msgid."""

    lang: str
    plural: str  # the C expression of the PO header, such as n != 1
    messages: dict[str, tuple[str, ...]]  # "context\x04msgid" or "msgid" → one text per plural form
