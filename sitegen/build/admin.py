"""The files of the web editor, where a site has one: the program, its configuration, its page, its start page.

The program is in the package, in `admin/assets`, where `make admin-assets` puts it; nothing is fetched by a build.
"""

import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from sitegen.build.finished import Origin
from sitegen.build.graph import Parts
from sitegen.build.i18n import LANGUAGES, Speech
from sitegen.build.publish import digest_of
from sitegen.build.rendering import Outputs
from sitegen.build.session import Session
from sitegen.model.admin import FOLDER, Admin
from sitegen.model.config import Config
from sitegen.model.outputs import PageFacts
from sitegen.model.packing import packed, unpacking
from sitegen.model.phrases import Says
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.urls import quoted

ENGINE = Path(__file__).resolve().parent.parent
ASSETS = ENGINE / "admin" / "assets"
PAGES = ENGINE / "admin" / "pages"
NEEDED = ("sveltia-cms.js", "adapter.js")
STATUS = f"{FOLDER}status.json"
# The editor's own translations, by language of the interface; it has none into Slovenian.
LOCALES = {"en": "en-US", "es": "es-CO"}
_FONTS = "fonts/"
_LOOKED_AT = 20  # pages whose stylesheets are those of the preview
_MARKS = (".gitignore", "README.md")
_written_in = unpacking(list[tuple[str, str]])


def editor_paths(config: Config) -> list[str]:
    """Return the output paths of the editor that no other output may have; none where the site has no editor."""
    if config.editor is None:
        return []
    names = [*_own(), *_assets(), "index.html", *_configurations(config).values()]
    return [*(FOLDER + name for name in names), STATUS]


def not_installed(config: Config, place: Place) -> list[Problem]:
    """Return why the editor cannot be published. Problems: admin-assets-missing."""
    if config.editor is None:
        return []
    absent = [name for name in NEEDED if not (ASSETS / name).is_file()]
    return [problem("admin-assets-missing", place, files=", ".join(absent))] if absent else []


def editor_origin(config: Config, outputs: Outputs, session: Session) -> Origin:
    """Return the files of the editor, but for the start page's list; none where the site has no editor.

    A file of the program is read only if its stamp has changed, or if it has to be published.
    """
    if config.editor is None:
        return Origin({}, lambda _: {})
    program = {FOLDER + name: str(file) for name, file in (_assets() | _own()).items()}
    written = {FOLDER + name: text.encode() for name, text in _settings(config, config.editor, outputs, session)}
    digests = {path: session.digests.of(file, hold=False) for path, file in program.items()}

    def read(paths: list[str]) -> dict[str, bytes]:
        return {path: written[path] if path in written else session.digests.read(program[path]) for path in paths}

    return Origin(digests | {path: digest_of(data) for path, data in written.items()}, read)


def _settings(config: Config, admin: Admin, outputs: Outputs, session: Session) -> list[tuple[str, str]]:
    """Return name → text of what is written for this site, from the cache if nothing has changed."""
    start, names = f"{config.default_language}/", list(_assets())
    pages = [at for at, row in enumerate(outputs.rows) if row.kind == "page" and row.path.startswith(start)][
        :_LOOKED_AT
    ]

    def compute() -> Parts:
        return (packed(list(_written(config, admin, _styles(outputs.page_facts_of(pages)), names))),)

    needs = [packed(config), packed(names), *outputs.page_facts_digests(pages)]
    return _written_in.decode(session.graph.step("editor", needs, compute).value())


def _written(config: Config, admin: Admin, styles: list[str], assets: list[str]) -> Iterator[tuple[str, str]]:
    from sitegen.outputs.admin.configuration import as_yaml, configuration
    from sitegen.outputs.admin.page import editor_page

    names = _configurations(config)
    titles = {one.code: one.title for one in config.languages}
    default = titles[config.default_language]
    for code, name in names.items():
        settings = configuration(config, admin, titles.get(code, default), speech(code))
        yield name, as_yaml(settings)
    first = next(iter(names))
    further = {
        "locales": {code: name for code, name in LOCALES.items() if f"locales/{name}.json" in assets},
        "fonts": [name.removeprefix(_FONTS) for name in assets if name.startswith(_FONTS)],
        "styles": styles,
    }
    title, policy = titles.get(first, default), config.hosts.policy_in_pages
    yield "index.html", editor_page(title, admin, names, further, speech(first), policy=policy)


def interface_languages(config: Config) -> list[str]:
    """Return the languages of the editor's labels: those of the site that the tool speaks, and English.

    The first one is that of the site's default language, where the tool speaks it.
    """
    spoken = [code for code in config.declared if code.partition("-")[0] in LANGUAGES]
    codes = [code.partition("-")[0] for code in spoken]
    default = config.default_language.partition("-")[0]
    return list(dict.fromkeys([*([default] if default in LANGUAGES else []), *codes, "en"]))


def _configurations(config: Config) -> dict[str, str]:
    """Return language of the interface → name of its configuration; the first has the name that the editor expects."""
    first, *others = interface_languages(config)
    return {first: "config.yml", **{code: f"config.{code}.yml" for code in others}}


@cache
def speech(code: str) -> Says:
    """Return the texts of the tool in a language."""
    return Speech(code)


def _assets() -> dict[str, Path]:
    return _files(ASSETS)


def _own() -> dict[str, Path]:
    return _files(PAGES)


def _files(folder: Path) -> dict[str, Path]:
    """Return path below a folder → file, in order; none where the folder does not exist."""
    files = [Path(above, name) for above, _, names in os.walk(folder) for name in names if name not in _MARKS]
    return {file.relative_to(folder).as_posix(): file for file in sorted(files)}


def _styles(pages: Iterable[PageFacts]) -> list[str]:
    """Return the stylesheets of the site's pages, as seen from the editor: its preview shows a text with them."""
    found = dict.fromkeys(link.target for page in pages for link in page.links if link.target.endswith(".css"))
    return [*(f"../{quoted(target)}" for target in found), "preview.css"]
