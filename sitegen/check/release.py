"""What a site still lacks before its release: for `check --release`. Reads and writes no files.

A new site contains placeholders, which must not be published: they are reported here.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from sitegen.model.config import Config, Language
from sitegen.model.problems import Lines, Place, Problem, problem
from sitegen.site.permalinks import FILE
from sitegen.text.yaml.nodes import parse
from sitegen.text.yaml.typed import places_of

_PUBLISHER = ("name", "address", "mail", "repository", "text", "supervisor")
# Reserved for examples and tests by RFC 2606 and RFC 6761: no site can be there.
_RESERVED = ("example", "test", "invalid", "localhost", "example.com", "example.net", "example.org")


def release_problems(config: Config, settings: Lines, lock: str, *, given: bool) -> list[Problem]:
    """Check the settings, `settings` being their text, and the text of urls.lock ("" without one).

    `given` says whether the address of the site was given on the command line, in place of the one in the settings.
    Problems: release-missing, release-placeholder, release-addresses, release-language (all of them errors).
    """
    node, _ = parse(settings)
    places = places_of(node) | {f"publisher.{key}": place for key, place in _below(node).items()}
    places |= {"base_url": Place("--base-url")} if given else {}
    top = Place(settings.path)
    problems = [problem("release-missing", places.get(key, top), key=key) for key in _missing(config)]
    placeholders = {key: value for key, value in _values(config) if _is_placeholder(key, value) or _is_reserved(value)}
    problems += [
        problem("release-placeholder", places.get(key, places.get(key.partition(".")[0], top)), key=key, value=value)
        for key, value in placeholders.items()
    ]
    if not any(line.startswith("/") for line in lock.splitlines()):
        problems.append(problem("release-addresses", Place(FILE)))
    shown = [code for code in config.codes if code in config.prepared]
    return problems + [problem("release-language", config.prepared[code].place, code=code) for code in shown]


def _missing(config: Config) -> list[str]:
    """Return the keys that a published site must have, and that are not set."""
    publisher = config.languages[0].publisher
    needed = {"base_url": config.base_url, "publisher": publisher}
    if publisher:
        needed["publisher.mail"] = publisher.mail
    return [key for key, value in needed.items() if not value]


def _below(node: Any) -> dict[str, Place]:
    """Return the places of the keys of `publisher`."""
    child = next((value for key, value in node.items if key.text == "publisher"), None) if node else None
    return places_of(child)


def _values(config: Config) -> Iterator[tuple[str, str]]:
    """Give every text that readers or other sites will see, with its key in site.yaml."""
    host = config.code_host
    yield "base_url", config.base_url
    yield from (("edit_url", host.edit_url), ("create_url", host.create_url), ("report_url", host.report_url))
    for language in config.languages:
        yield from _texts(language)
    yield from ((f"extra.{key}", value) for key, value in config.extra.items() if isinstance(value, str))


def _texts(language: Language) -> Iterator[tuple[str, str]]:
    yield from (("title", language.title), ("description", language.description))
    if language.publisher:
        yield from ((f"publisher.{key}", getattr(language.publisher, key)) for key in _PUBLISHER)


def _is_placeholder(key: str, text: str) -> bool:
    """Say whether a text is words in square brackets; those of the publisher may also hold such words."""
    before, opening, rest = text.strip().partition("[")
    return bool(opening and "]" in rest and (key.startswith("publisher.") or (not before and rest.endswith("]"))))


def _is_reserved(text: str) -> bool:
    """Say whether a text is an address, of the web or of mail, on a host that is reserved for examples."""
    try:
        host = urlsplit(text).hostname or "" if "://" in text else text.rpartition("@")[2] if "@" in text else ""
    except ValueError:
        return False
    name = host.lower().rstrip(".")
    return any(name == domain or name.endswith(f".{domain}") for domain in _RESERVED)
