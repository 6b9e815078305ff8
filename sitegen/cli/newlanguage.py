"""`new --language`: add a language: its entry in site.yaml, its home page, its catalogue."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech
    from sitegen.model.config import Config
    from sitegen.model.files import Source


def prepare(arguments: argparse.Namespace, root: Path, config: "Config", source: "Source", say: "Speech") -> int:
    """Make the files and edit site.yaml; return the exit code: 0 done, 1 nothing could be done, 2 a wrong code."""
    from sitegen.build.writing import replace_file
    from sitegen.cli.init import doubt, write_new
    from sitegen.inputs.config import read_config

    code = arguments.language
    error = doubt(code, say, sure=arguments.sure)
    if not error and code in config.codes:
        error = say("The site already has the language “{code}”.", code=code)
    if error:
        print(error, file=sys.stderr)
        return 2
    settings = _edited(source.data.decode("utf-8-sig"), code, config)
    added = read_config(type(source)(source.path, settings.encode()))[0] if settings is not None else None
    if settings is None or added is None:
        print(say("{path} could not be edited: add the language by hand.", path=source.path), file=sys.stderr)
        return 1
    home = _home(root, config)
    files = {f"content/{code}/index.md": home} if not (root / f"content/{code}/index.md").exists() and home else {}
    write_new(root, files)
    replace_file(root / source.path, settings.encode(), None if arguments.config != "site.yaml" else root)
    missing = _catalogue(root, source.path, code)
    for path in files:
        print(say("{path} created.", path=path))
    print(say("{path}: added the language “{code}”, in preparation.", path=source.path, code=code))
    print(say("Remaining:"))
    pages = len(list((root / "content" / config.default_language).rglob("*.md"))) - 1
    for line in (
        *_in_settings(say, source.path, added.prepared[code].lacks),
        *_remaining(say, code, pages, missing, files),
        say("{path}: to publish the language, remove “status: in-preparation” from its entry.", path=source.path),
    ):
        print(f"- {line}")
    print(say("`status --lang {code}` shows what is still missing; `serve` shows the site in the language.", code=code))
    return 0


def _edited(text: str, code: str, config: "Config") -> str | None:
    """Return site.yaml with the language in it, in preparation: nothing of it is published by accident."""
    from sitegen.cli.starter import language_entry
    from sitegen.text.edit import with_entry

    entry = language_entry(code, len(config.languages) + 1).removesuffix("}")
    return with_entry(text, ("languages",), code, f"{entry}, status: in-preparation}}")


def _home(root: Path, config: "Config") -> str:
    """Return the home page of the default language, to be translated: a draft until then."""
    file = root / f"content/{config.default_language}/index.md"
    return as_draft(file.read_text(encoding="utf-8-sig")) if file.is_file() else ""


def as_draft(text: str) -> str:
    """Return the text of a page as a draft, and without the old addresses, which are those of the source alone."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return text
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    head: list[str] = []
    dropped = False
    for line in lines[1:end]:
        dropped = dropped if line[:1] in (" ", "\t", "-", "]", "#", "") else line.startswith(("draft:", "aliases:"))
        head += [] if dropped else [line]
    return "\n".join([lines[0], *head, "draft: true", *lines[end:]]) if end else text


def _catalogue(root: Path, settings: str, code: str) -> int:
    """Make a catalogue of what the theme has no words for, if there is anything; return how many are to translate."""
    from sitegen.translations.catalogs import for_update, read_strings, string_counts, write_all

    strings, _ = read_strings(root, settings)
    if strings is None:  # a template or a catalogue is broken: the next build says so
        return 0
    if not strings.catalogs[code]:
        write_all(root, for_update(strings, (code,), obsolete=True))
    return string_counts(strings, code).missing


def _in_settings(say: "Speech", path: str, lacks: tuple[str, ...]) -> list[str]:
    lines = [say("{path}: check label and locale.", path=path)]
    if lacks:
        keys = ", ".join(lacks)
        lines.append(say("{path}: add the text in this language: {keys}.", path=path, keys=keys))
    return lines


def _remaining(say: "Speech", code: str, pages: int, strings: int, files: dict[str, str]) -> list[str]:
    lines = []
    if f"content/{code}/index.md" in files:
        lines.append(say("{path}: translate it, and remove “draft: true”.", path=f"content/{code}/index.md"))
    if pages > 0:
        text = say.plural("{n} page to translate", "{n} pages to translate", pages)
        lines.append(say("{pages}: create each with `new PATH --lang {code}`.", pages=text, code=code))
    if strings:
        lines.append(say.plural("{n} UI string to translate", "{n} UI strings to translate", strings))
    return lines
