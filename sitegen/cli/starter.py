"""The files of a new site: settings, entry point, README, and a little content in every language. Writes nothing."""

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path

from sitegen.languages.codes import facts

FOLDER = Path(__file__).resolve().parent.parent / "starter"
_MODEL = "en"  # the language of the texts where there are none in the site's own
EXAMPLE = "https://example.org/"

_SETTINGS = """\
# The settings of this site. An unknown key is an error, and the build says where.
version: 1

# Where the site is published: for canonical addresses, the sitemap and the feed.
base_url: {base_url}

# Pages in this language are the sources that the others are translated from.
default_language: {default}

languages:
{languages}
# One title for all languages, or one for each: {{{each}}}
title: {title}

# The menus, by paths of pages without the language.
navigation:
  main:
    - guide/index.md
    - news/index.md
    - about.md
  footer:
    - a-z.md

# What readers see if a translation is missing: hide, link (to the source) or show (the text of the source).
fallback: link

# The pages of this section make the feed of each language.
feed:
  section: news/index.md

search: true
"""
_ENTRY = '''\
"""Build this site: `python build.py`. Extensions of this site may be handed to `main` here."""

import sys
from pathlib import Path

try:
    from sitegen import main
except ModuleNotFoundError:
    raise SystemExit(
        f"sitegen is not installed for this Python. Type: {sys.executable} -m pip install FOLDER\\n"
        "FOLDER is where sitegen lies, or its address: the folder that `init` was run in."
    ) from None

if __name__ == "__main__":
    raise SystemExit(main(root=Path(__file__).resolve().parent))
'''
_IGNORED = """\
public/
.public.spare/
public-offline/
.public-offline.spare/
public-offline.zip
.cache/
.venv/
__pycache__/
"""
_READ_ME = """\
# {title}

A static site in several languages, built with sitegen. The pages are in `content/`, one folder for each language; the
settings are in `site.yaml`.

| To | Type |
|---|---|
| build the site into `public/` | `python build.py` |
| see it while you write | `python build.py serve` |
| create a page | `python build.py new guide/my-page` |
| add a language | `python build.py new --language fr` |
| see what is not translated | `python build.py status` |

You can add `templates/`, `static/` and `locales/`: a file there replaces the one at the same path in the default
theme.
"""


def is_spoken(code: str) -> bool:
    """Say whether there are texts for a new site in this language."""
    return (FOLDER / "content" / code).is_dir()


def starter_files(codes: Iterable[str], title: str, base_url: str, today: dt.date) -> dict[str, str]:
    """Return path → text of every file of a new site; the first code is that of the default language."""
    codes = list(codes)
    files = {
        "site.yaml": _settings(codes, title, base_url),
        "build.py": _ENTRY,
        "README.md": _READ_ME.format(title=title),
        ".gitignore": _IGNORED,
    }
    for code in codes:
        files |= {f"content/{code}/{name}": text for name, text in content(code, title, today).items()}
    return files


def content(code: str, title: str, today: dt.date) -> dict[str, str]:
    """Return path below the language's folder → text; English where the language has no texts of its own."""
    folder = FOLDER / "content" / (code if is_spoken(code) else _MODEL)
    texts = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.md")}
    words = {'"@TITLE@"': quoted(title), "@LANG@": code, "@TODAY@": today.isoformat()}
    for old, new in words.items():
        texts = {name: text.replace(old, new) for name, text in texts.items()}
    return dict(sorted(texts.items()))


def quoted(text: str) -> str:
    """Return a text as YAML can hold it whatever its characters: a JSON string is one of YAML too (YAML 1.2, 1.3)."""
    return json.dumps(text, ensure_ascii=False)


def language_entry(code: str, weight: int) -> str:
    """Return the value of a language's entry in site.yaml, as CLDR has it."""
    language = facts(code)
    assert language is not None
    direction = ", direction: rtl" if language.direction == "rtl" else ""
    return f"{{label: {quoted(language.label)}, locale: {language.locale}{direction}, weight: {weight}}}"


def _settings(codes: list[str], title: str, base_url: str) -> str:
    entries = "".join(f"  {code}: {language_entry(code, at)}\n" for at, code in enumerate(codes, 1))
    return _SETTINGS.format(
        base_url=base_url,
        default=codes[0],
        languages=entries,
        each=", ".join(f"{code}: …" for code in codes),
        title=quoted(title),
    )
