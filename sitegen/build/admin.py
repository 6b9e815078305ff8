"""The files of the web editor, where a site has one: the program, its configuration, its page, its start page.

The program is in the package, in `admin/assets`, where `make admin-assets` puts it; nothing is fetched by a build.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sitegen.build.i18n import LANGUAGES, Speech
from sitegen.build.rendering import Outputs
from sitegen.model.admin import FOLDER, Admin
from sitegen.model.config import Config
from sitegen.model.phrases import Says
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.urls import quoted

ENGINE = Path(__file__).resolve().parent.parent
ASSETS = ENGINE / "admin" / "assets"
PAGES = ENGINE / "admin" / "pages"
NEEDED = ("sveltia-cms.js", "adapter.js")
STATUS = f"{FOLDER}status.json"
# The editor's own translations, by language of the interface; it has none into Slovenian.
_LOCALES = {"en": "en-US", "es": "es-CO"}
_FONTS = "fonts/"
_LOOKED_AT = 20  # pages whose stylesheets are those of the preview
_MARKS = (".gitignore", "README.md")


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


def editor_files(config: Config, outputs: Outputs) -> dict[str, bytes]:
    """Return output path → bytes, but for the start page's list; nothing where the site has no editor."""
    if config.editor is None:
        return {}
    files = {name: file.read_bytes() for name, file in (_assets() | _own()).items()}
    files |= {name: text.encode() for name, text in _written(config, config.editor, outputs)}
    return {FOLDER + name: data for name, data in files.items()}


def _written(config: Config, admin: Admin, outputs: Outputs) -> Iterator[tuple[str, str]]:
    from sitegen.outputs.admin.configuration import as_yaml, configuration
    from sitegen.outputs.admin.page import editor_page

    names = _configurations(config)
    titles = {one.code: one.title for one in config.languages}
    default = titles[config.default_language]
    for code, name in names.items():
        settings = configuration(config, admin, titles.get(code, default), speech(code))
        yield name, as_yaml(settings)
    first, assets = next(iter(names)), _assets()
    further = {
        "locales": {code: name for code, name in _LOCALES.items() if f"locales/{name}.json" in assets},
        "fonts": [name.removeprefix(_FONTS) for name in assets if name.startswith(_FONTS)],
        "styles": _styles(config, outputs),
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
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.name not in _MARKS)
    return {file.relative_to(folder).as_posix(): file for file in files}


def _styles(config: Config, outputs: Outputs) -> list[str]:
    """Return the stylesheets of the site's pages, as seen from the editor: its preview shows a text with them."""
    start = f"{config.default_language}/"
    paths = [row.path for row in outputs.rows if row.kind == "page" and row.path.startswith(start)][:_LOOKED_AT]
    links = (link for path in paths if path in outputs.seen for link in outputs.seen[path].links)
    found = dict.fromkeys(link.target for link in links if link.target.endswith(".css"))
    return [*(f"../{quoted(target)}" for target in found), "preview.css"]
