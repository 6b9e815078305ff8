"""The publisher and the product of the site in each language: two keys of site.yaml.

They are read as they are written, with one text for all languages or one for each.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, UnsetType

from sitegen.model.config import Product, Publisher
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.urls import is_base_url

Texts = str | dict[str, str]  # one text for all languages, or one for each


class PublisherEntry(Struct, frozen=True, kw_only=True):
    """The key `publisher`. What differs by language may be a text for each."""

    name: Texts
    address: Texts = ""
    mail: str = ""
    repository: str = ""
    text: Texts = ""
    supervisor: Texts = ""


class ProductEntry(Struct, frozen=True, kw_only=True):
    """The key `product`. What differs by language may be a text for each."""

    version: str
    latest: str = ""
    note: Texts = ""


Entry = PublisherEntry | ProductEntry
PER_LANGUAGE: dict[type[Entry], tuple[str, ...]] = {
    PublisherEntry: ("name", "address", "text", "supervisor"),
    ProductEntry: ("note",),
}


def texts_of(key: str, entry: Entry) -> dict[str, Texts]:
    """Return the texts of an entry that may differ by language, by their keys in site.yaml."""
    return {f"{key}.{name}": getattr(entry, name) for name in PER_LANGUAGE[type(entry)]}


def identity_problems(key: str, entry: Entry, places: dict[str, Place]) -> list[Problem]:
    """Check the addresses and names that are not translated; `places` are those of the keys below `key`.

    Problems: publisher-invalid, base-url-invalid.
    """
    if isinstance(entry, ProductEntry):
        good = not entry.latest or is_base_url(entry.latest)
        return [] if good else [problem("base-url-invalid", places["latest"], value=entry.latest)]
    fields = _of_publisher(entry)
    return [problem("publisher-invalid", places[name], value=value, key=f"{key}.{name}") for name, value in fields]


def _of_publisher(entry: PublisherEntry) -> Iterator[tuple[str, str]]:
    names = [entry.name] if isinstance(entry.name, str) else list(entry.name.values())
    yield from (("name", name) for name in names if not name.strip())
    if entry.mail and not _is_mail(entry.mail):
        yield "mail", entry.mail
    if entry.repository and not entry.repository.startswith(("https://", "http://")):
        yield "repository", entry.repository


def _is_mail(text: str) -> bool:
    """Say whether a text can be an address of electronic mail: `name@host.domain`, with nothing around it."""
    name, at, host = text.rpartition("@")
    allowed = all(char.isprintable() and not char.isspace() and char not in "<>()[]\\,;:\"'?&#%" for char in text)
    return bool(name and at and "." in host.strip(".")) and "@" not in name and allowed


def publisher_in(entry: PublisherEntry | UnsetType, code: str, default: str) -> Publisher | None:
    """Return the publisher as a language shows it; one in preparation has the default language's texts until then."""
    if isinstance(entry, UnsetType):
        return None
    return Publisher(mail=entry.mail, repository=entry.repository, **_in_language(entry, code, default))


def product_in(entry: ProductEntry | UnsetType, code: str, default: str) -> Product | None:
    """Return the product as a language shows it."""
    if isinstance(entry, UnsetType):
        return None
    return Product(version=entry.version, latest=entry.latest, **_in_language(entry, code, default))


def _in_language(entry: Entry, code: str, default: str) -> dict[str, Any]:
    return {name: text_in(getattr(entry, name), code, default) for name in PER_LANGUAGE[type(entry)]}


def text_in(texts: Texts, code: str, default: str) -> str:
    """Return a text in a language; one in preparation that lacks it has the default language's until then."""
    return texts if isinstance(texts, str) else texts.get(code) or texts.get(default, "")
