"""`schema`: write JSON Schema of site.yaml and of front matter, and settings for VS Code.

Files generated from the engine's types are overwritten; settings that a person may have changed are kept.
"""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.model.words import T_

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech

HELP = T_("write JSON Schemas of site.yaml and front matter for editors such as VS Code")
_FOLDER = "docs/schema"
_EDITOR = f"{_FOLDER}/admin.config.yml"
_MANUAL = Path(__file__).resolve().parent.parent.parent / "docs"


def add_arguments(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the options of `schema`."""
    parser.add_argument("--check", action="store_true", help=say("write nothing; exit with 1 if a file is out of date"))


def run(arguments: argparse.Namespace, root: Path, say: "Speech") -> int:
    """Write the files, or compare them; return the exit code: 1 when `--check` finds a file that is not current."""
    from sitegen.build.writing import replace_file
    from sitegen.cli.vscode import settings

    files = generated() | _editor_settings(root)
    old = [path for path, text in files.items() if _read(root / path) != text]
    if arguments.check:
        for path in old:
            print(say("{path} is out of date: run the command schema.", path=path))
        return 1 if old else 0
    missing = {path: text for path, text in settings().items() if not (root / path).exists()}
    for path, text in {**{path: files[path] for path in old}, **missing}.items():
        replace_file(root / path, text.encode(), root)
        print(say("{path} written", path=path))
    if not old and not missing:
        print(say("All files are up to date."))
    return 0


def generated() -> dict[str, str]:
    """Return path → text of what the engine's types say: both schemas, and the keys that VS Code offers in Markdown."""
    from sitegen.cli.vscode import SNIPPETS, snippets
    from sitegen.inputs.schema import schema_of
    from sitegen.inputs.sitefile import SiteFile
    from sitegen.model.page import FrontMatter

    site = schema_of(SiteFile, "site.yaml", _manual("site-yaml.md"))
    front = schema_of(FrontMatter, "Front matter", _manual("front-matter.md"))
    return {
        f"{_FOLDER}/site.schema.json": _as_json(site),
        f"{_FOLDER}/front-matter.schema.json": _as_json(front),
        SNIPPETS: _as_json(snippets(front)),
    }


def _editor_settings(root: Path) -> dict[str, str]:
    """Return path → text of the settings of the web editor, where the site has one or the file exists already.

    Every build writes them to the site; here they are for a person who wants to see what changes.
    """
    from sitegen.build.i18n import Speech
    from sitegen.inputs.config import read_settings
    from sitegen.model.admin import Admin
    from sitegen.outputs.admin.configuration import as_yaml, configuration

    config, _ = read_settings(root, "site.yaml") if (root / "site.yaml").is_file() else (None, [])
    if config is None or not (config.admin or (root / _EDITOR).is_file()):
        return {}
    admin = config.admin or Admin("github", "owner/name")
    title = config.language(config.default_language).title
    return {_EDITOR: as_yaml(configuration(config, admin, title, Speech()))}


def _as_json(value: Any) -> str:
    """Return JSON as a person reads it."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _manual(name: str) -> dict[tuple[str, str], str]:
    """Return the descriptions of one page of the manual; an installed engine comes without it."""
    from sitegen.inputs.schema import manual_descriptions

    return manual_descriptions(_read(_MANUAL / name))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
