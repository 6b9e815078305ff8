"""`new`: create a page with its front matter, in one language or in all; with `--language`, add a language.

Never overwrites a file. A new page is a draft until its `draft: true` is removed; `serve` shows drafts.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.cli.settings import add_config
from sitegen.model.words import T_

if TYPE_CHECKING:
    from sitegen.build.i18n import Speech
    from sitegen.model.config import Config

HELP = T_("create a page, or prepare a language")


def add_arguments(parser: argparse.ArgumentParser, say: "Speech") -> None:
    """Describe the options of `new`."""
    what = say(
        "the page inside the folder of the language, for example guide/my-page; guide/ is the index page of a section"
    )
    parser.add_argument("path", metavar=say("PATH"), nargs="?", help=what)
    parser.add_argument(
        "--lang", metavar=say("LANGUAGE"), help=say("the language of the page (default: the default language)")
    )
    parser.add_argument(
        "--all", action="store_true", help=say("create the page in every language that does not have it")
    )
    parser.add_argument("--title", metavar=say("TEXT"), help=say("its title (default: derived from its name)"))
    parser.add_argument("--description", metavar=say("TEXT"), help=say("a description in one or two sentences"))
    parser.add_argument("--template", metavar=say("FILE"), help=say("its template"))
    parser.add_argument("--language", metavar=say("LANGUAGE"), help=say("prepare this language instead of a page"))
    parser.add_argument("--sure", action="store_true", help=say("accept the code even if it seems wrong"))
    add_config(parser, say)


def run(arguments: argparse.Namespace, root: Path, say: "Speech") -> int:
    """Create the files; return the exit code: 0 created, 1 one exists already, 2 an option that makes no sense."""
    from sitegen.cli.console import print_problems
    from sitegen.inputs.config import read_config
    from sitegen.inputs.folders import read_file

    if bool(arguments.path) == bool(arguments.language) or (arguments.lang and arguments.all):
        print(say("Give a page, or a language with --language. Use --lang or --all, not both."), file=sys.stderr)
        return 2
    source, problems = read_file(root, arguments.config)
    config, problems = read_config(source) if source else (None, problems)
    if source is None or config is None:
        print_problems(problems, say=say)
        return 1
    if arguments.language:
        from sitegen.cli.newlanguage import prepare

        return prepare(arguments, root, config, source, say)
    return _page(arguments, root, config, say)


def _page(arguments: argparse.Namespace, root: Path, config: "Config", say: "Speech") -> int:
    lang, name = page_of(arguments.path, config.codes)
    codes = list(config.codes) if arguments.all else [arguments.lang or lang or config.default_language]
    error = _usage_error(arguments, root, config, name, say)
    if error:
        print(error, file=sys.stderr)
        return 2
    present = [code for code in codes if (root / _file(code, name)).exists()]
    codes = [code for code in codes if code not in present]
    for code in present:
        print(say("{path} already exists.", path=_file(code, name)), file=sys.stderr)
    if not codes:
        return 1
    from sitegen.cli.init import write_new

    title, description = _title_and_description(arguments, root, config, name, say)
    files = {_file(code, name): _text(arguments, root, config, name, code, title, description) for code in codes}
    write_new(root, files)
    for path in files:
        print(say("{path} created as a draft.", path=path))
    return 0


def page_of(path: str, codes: tuple[str, ...]) -> tuple[str, str]:
    """Return the language of a page, "" if none is named, and its name, from a path as a person may write it.

    The path may begin with `content/sl/` or `sl/`, and end with `.md` or a slash.
    """
    parts = path.replace(os.sep, "/").split("/")
    if parts[:1] == ["content"] and len(parts) > 2 and parts[1] in codes:
        parts = parts[1:]
    lang = parts.pop(0) if len(parts) > 1 and parts[0] in codes else ""
    name = "/".join(parts)
    return lang, f"{name}index" if not name or name.endswith("/") else name.removesuffix(".md")


def _file(code: str, name: str) -> str:
    return f"content/{code}/{name}.md"


def _usage_error(arguments: argparse.Namespace, root: Path, config: "Config", name: str, say: "Speech") -> str:
    """Return what is wrong with what was asked for, "" when nothing is."""
    from sitegen.model.urls import is_slug
    from sitegen.text.spelling import near

    bad = next((part for part in name.split("/") if not is_slug(part)), None)
    if bad is not None:
        return say("“{name}” cannot be part of a URL: use only letters, digits and hyphens.", name=bad)
    if arguments.lang and arguments.lang not in config.codes:
        guess = near(arguments.lang, frozenset(config.codes))
        hint = say("Did you mean “{suggestion}”?", suggestion=guess) if guess else ""
        return f"{say('The site has no language “{code}”.', code=arguments.lang)} {hint}".rstrip()
    templates = _templates(root, config) if arguments.template else frozenset()
    if arguments.template and arguments.template not in templates:
        guess = near(arguments.template, templates)
        hint = say("Did you mean “{suggestion}”?", suggestion=guess) if guess else ""
        return f"{say('The template “{template}” does not exist.', template=arguments.template)} {hint}".rstrip()
    return ""


def _templates(root: Path, config: "Config") -> frozenset[str]:
    from sitegen.inputs.theme import FOLDER

    folders = [root / "templates", *([FOLDER / "templates"] if config.theme == "default" else [])]
    return frozenset(file.relative_to(folder).as_posix() for folder in folders for file in folder.rglob("*.html"))


def _title_and_description(
    arguments: argparse.Namespace, root: Path, config: "Config", name: str, say: "Speech"
) -> tuple[str, str]:
    """Return title and description: as given, as typed at a terminal, else from the name."""
    parts = name.split("/")
    last = parts[-2] if parts[-1] == "index" and len(parts) > 1 else parts[-1]
    default = last.replace("-", " ")
    default = default[:1].upper() + default[1:]
    title, description = arguments.title, arguments.description
    if sys.stdin.isatty() and not (root / _file(config.default_language, name)).exists():
        if title is None:
            title = input(f"{say('Title')} [{default}]: ").strip()
        if description is None:
            description = input(f"{say('Description, 50 to 160 characters')}: ").strip()
    return title or default, description or ""


def _text(
    arguments: argparse.Namespace, root: Path, config: "Config", name: str, code: str, title: str, description: str
) -> str:
    """Return a new file: that of the source with its words still to be translated, where there is one."""
    from sitegen.cli.build import today
    from sitegen.cli.starter import quoted

    source = root / _file(config.default_language, name)
    body = "\n"
    if code != config.default_language and source.is_file():
        head, body = _source(source, name, config)
        title = arguments.title or head.get("title", title)
        description = arguments.description or head.get("description", "")
    lines = [f"title: {quoted(title)}", f"description: {quoted(description)}"]
    if code == config.default_language or not source.is_file():
        if config.feed and name.rpartition("/")[0] == config.feed.section.rpartition("/")[0] and name[-5:] != "index":
            lines.append(f"date: {today(os.environ).isoformat()}")
        lines += [f"template: {arguments.template}"] if arguments.template else []
    return "---\n" + "\n".join([*lines, "draft: true"]) + "\n---\n" + body


def _source(file: Path, name: str, config: "Config") -> tuple[dict[str, str], str]:
    """Return title and description of the source, and its text, which a translator writes over."""
    from sitegen.model.files import Source
    from sitegen.text.frontmatter import read_head
    from sitegen.text.parts import decode

    path = _file(config.default_language, name)
    text, _ = decode(Source(path, file.read_bytes()))
    head, _ = read_head(path, text)
    if head is None:
        return {}, "\n"
    body = head.body.text if head.body.text.startswith("\n") else "\n" + head.body.text
    return {"title": head.front.title, "description": head.front.description}, body
