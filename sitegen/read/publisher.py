"""Who publishes the site: the key `publisher` of site.yaml, as it is written, and as each language shows it."""

from msgspec import Struct

from sitegen.core.outlets import Publisher
from sitegen.core.problems import Place, Problem, problem

Texts = str | dict[str, str]  # one text for all languages, or one for each
PER_LANGUAGE = ("name", "address", "text", "supervisor")


class PublisherEntry(Struct, frozen=True, kw_only=True):
    """The key `publisher`. What differs by language may be a text for each."""

    name: Texts
    address: Texts = ""
    mail: str = ""
    repository: str = ""
    text: Texts = ""
    supervisor: Texts = ""


def publisher_texts(entry: PublisherEntry) -> dict[str, Texts]:
    """Return the texts that may differ by language, by their keys in site.yaml."""
    return {f"publisher.{key}": getattr(entry, key) for key in PER_LANGUAGE}


def publisher_problems(entry: PublisherEntry, places: dict[str, Place]) -> list[Problem]:
    """Check what is no text for people; `places` are those of the keys below `publisher`.

    Problems: publisher-invalid.
    """
    names = [entry.name] if isinstance(entry.name, str) else list(entry.name.values())
    wrong = [("name", name) for name in names if not name.strip()]
    if entry.mail and not is_mail(entry.mail):
        wrong.append(("mail", entry.mail))
    if entry.repository and not entry.repository.startswith(("https://", "http://")):
        wrong.append(("repository", entry.repository))
    return [problem("publisher-invalid", places[key], value=value, key=f"publisher.{key}") for key, value in wrong]


def is_mail(text: str) -> bool:
    """Say whether a text can be an address of electronic mail: `name@host.domain`, with nothing around it."""
    name, at, host = text.rpartition("@")
    allowed = all(char.isprintable() and not char.isspace() and char not in "<>()[]\\,;:\"'?&#%" for char in text)
    return bool(name and at and "." in host.strip(".")) and "@" not in name and allowed


def in_language(entry: PublisherEntry, code: str, default: str) -> Publisher:
    """Return the publisher as a language shows it; one in preparation has the default language's texts until then."""
    texts = {key: _text(getattr(entry, key), code, default) for key in PER_LANGUAGE}
    return Publisher(mail=entry.mail, repository=entry.repository, **texts)


def _text(texts: Texts, code: str, default: str) -> str:
    return texts if isinstance(texts, str) else texts.get(code) or texts.get(default, "")
