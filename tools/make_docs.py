"""Build the manual as a site: `python -m tools.make_docs` writes public-docs/.

The manual is written for the code host: a title is a `# Heading`, there is no front matter, links lead to files of the
repository. This tool copies it to .cache/docs/ in the form that the generator reads, and builds that folder with the
settings of docs/site.yaml, like any other site. It never changes a file of the manual.

docs/README.md is the table of contents: the section that lists a file decides the folder of its page.
"""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from sitegen.cli.main import main

PROJECT = Path(__file__).resolve().parent.parent
DOCS = PROJECT / "docs"
SITE = PROJECT / ".cache/docs"
OUTPUT = PROJECT / "public-docs"
LANGUAGES = ("en", "sl", "es")
TOP = {"CONTRIBUTING.md": "contributing", "CHANGELOG.md": "changelog", "SECURITY.md": "security-policy"}
_CODE = r"^( *)(?P<fence>`{3,})[^\n]*\n.*?^\1(?P=fence)$|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
_WORDS = r"(?P<mark>!?)\[(?P<text>(?:[^\[\]`]|`[^`]*`)*)\]"
_LINK = re.compile(rf"{_CODE}|{_WORDS}\((?P<target>[^)\s]+)(?P<title> \"[^\"]*\")?\)", re.M | re.S)
_FENCE = re.compile(r"^( *`{3,})(\w+) +(\S[^\n`]*)$", re.M)
_PLACE = re.compile(r'<a id="([^"]+)"></a>\n(#+ [^\n]+)')
_LANGUAGE_LINKS = re.compile(r"^(?=[^\n]*\]\(\.\./(?:en|sl|es)/)[^\n]* · [^\n]*\n\n", re.M)
_NO_PROSE = ("#", "-", "|", "`", ">", "!", ":", "<", "1", "Status:", "  ")
_DESCRIPTION = 160  # characters that search engines show
_SHORT = 50


def sections() -> dict[str, str]:
    """Return file of the manual, as docs/README.md names it → the folder of its page."""
    folders = {}
    for part in (DOCS / "README.md").read_text(encoding="utf-8").split("\n## ")[1:]:
        folder = part.partition("\n")[0].lower().removesuffix(" guides")
        for target in re.findall(r"^- .*?\]\(([^)#]+\.md)\)", part, re.M):
            folders[target] = folder
    return folders


def place(source: Path, language: str, folders: dict[str, str]) -> Path | None:
    """Return where a file of the repository lies below content/ of the site, seen from a page in `language`.

    None: the file is not part of the manual. A file of the guides that belongs to no language goes to the asker's.
    """
    if source.parent == PROJECT:
        return Path(f"en/{TOP[source.name]}.md") if source.name in TOP else None
    if not source.is_relative_to(DOCS) or not source.is_file() or source.suffix in (".yaml", ".json"):
        return None
    path = source.relative_to(DOCS)
    if path.parts[0] == "guide":
        own = path.parts[1] in LANGUAGES
        language, path = (path.parts[1], Path("guide", *path.parts[2:])) if own else (language, path)
    else:
        language = "en"
        if path.parent == Path() and path.name != "README.md":
            if path.name not in folders:
                raise SystemExit(f"docs/README.md does not list {path.name}.")
            path = Path(folders[path.name], path.name)
    return Path(language, path.with_name("index.md") if path.name == "README.md" else path)


def converted(source: Path, folders: dict[str, str]) -> tuple[str, dict[Path, Path]]:
    """Return the text of a page of the site, and the files that it shows: place → file."""
    here = place(source, "en", folders)
    assert here is not None, source
    files: dict[Path, Path] = {}
    head, _, body = source.read_text(encoding="utf-8").lstrip().partition("\n")
    title = plain(head.removeprefix("# "))
    body = _PLACE.sub(r"\2 {#\1}", _LANGUAGE_LINKS.sub("", body.lstrip("\n"), count=1))
    body = _FENCE.sub(lambda fence: f'{fence[1]}{fence[2]} title="{caption(fence[3])}"'.removesuffix(' title=""'), body)
    body = _LINK.sub(lambda link: linked(link, source, here, folders, files), body)
    front = [f"title: {quoted(title)}", f"description: {quoted(described(body))}"]
    if here.name == "index.md":
        front += ["fallback: show", "template: home.html"] if len(here.parts) == 2 else ["weight: -1"]
    elif weight := position(source):
        front.append(f"weight: {weight}")
    return "\n".join(["---", *front, "---", "", body]), files


def position(source: Path) -> int:
    """Return which number a file has in the list of the README.md next to it; 0: there is no numbered list with it."""
    readme = source.with_name("README.md")
    listed = (
        re.findall(r"^\d+\. \[[^\]]*\]\(([^)]+)\)", readme.read_text(encoding="utf-8"), re.M)
        if readme.is_file()
        else []
    )
    return listed.index(source.name) + 1 if source.name in listed else 0


def linked(link: re.Match[str], source: Path, here: Path, folders: dict[str, str], files: dict[Path, Path]) -> str:
    """Return a link as it is written on the site: to the page of a file; only its words, where there is no page."""
    target, _, anchor = (link["target"] or "").partition("#")
    if not target or re.match(r"[a-z]+:", target):
        return link[0]
    file = (source.parent / target).resolve()
    there = place(file / "README.md" if file.is_dir() else file, here.parts[0], folders)
    if there is None:
        return link["text"]
    if there.suffix != ".md":
        files[there] = file
    path = os.path.relpath(there, here.parent).replace(os.sep, "/")
    return f"{link['mark']}[{link['text']}]({path}{'#' + anchor if anchor else ''}{link['title'] or ''})"


def caption(words: str) -> str:
    """Return the caption of an example, from what follows its language: `exit=1` is for the tests."""
    words = re.sub(r"\bexit=\d+\b", "", words).strip()
    return words if "/" in words or "." in words else ""


def plain(text: str) -> str:
    """Return a line of Markdown as text."""
    return re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", text).strip()


def quoted(text: str) -> str:
    """Return a text as YAML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def described(body: str) -> str:
    """Return the first sentences of a page, as many as search engines show."""
    text = re.sub(r"^#+ .*$", "", body, flags=re.M)
    parts = (part for part in re.split(r"\n{2,}", text.lstrip("\n")) if part and not part.startswith(_NO_PROSE))
    words = " ".join(plain(" ".join(parts)).split())
    sentences = re.split(r"(?<=[.!?:]) ", words[: 2 * _DESCRIPTION])
    text = sentences[0]
    for sentence in sentences[1:]:
        if len(text) + 1 + len(sentence) > _DESCRIPTION:
            break
        text += " " + sentence
    if len(text) > _DESCRIPTION or len(text) < _SHORT:
        text = words[: _DESCRIPTION - 1].rpartition(" ")[0].rstrip(",;:") + "…"
    return text.removesuffix(":") + "." if text.endswith(":") else text


def indexes() -> Iterator[tuple[Path, str]]:
    """Give the first page of each section that has none of its own: the words of docs/README.md."""
    for weight, part in enumerate((DOCS / "README.md").read_text(encoding="utf-8").split("\n## ")[1:], 1):
        title, _, rest = part.partition("\n")
        folder = title.lower().removesuffix(" guides")
        if folder in ("how-to", "project"):
            continue
        intro = rest.strip().partition("\n\n")[0]
        front = f"title: {title}\ndescription: {quoted(plain(intro))}\nweight: {weight}"
        yield Path("en", folder, "index.md"), f"---\n{front}\n---\n\n{plain(intro)}\n"


def sources() -> list[Path]:
    """Return the Markdown files of the manual."""
    return [*(PROJECT / name for name in TOP), *sorted(DOCS.rglob("*.md"))]


def assemble(site: Path) -> None:
    """Write the folder of the site, and remove what an earlier call wrote and this one does not."""
    folders = sections()
    wanted: dict[Path, bytes] = {site / "site.yaml": (DOCS / "site.yaml").read_bytes()}
    for path, text in indexes():
        wanted[site / "content" / path] = text.encode()
    for source in sources():
        text, files = converted(source, folders)
        there = place(source, "en", folders)
        assert there is not None
        wanted[site / "content" / there] = text.encode()
        for path, file in files.items():
            wanted[site / "content" / path] = file.read_bytes()
    for old in [*(site / "content").rglob("*.*")]:
        if old.is_file() and old not in wanted:
            old.unlink()
    for path, data in wanted.items():
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def make(site: Path = SITE, output: Path = OUTPUT, arguments: tuple[str, ...] = ()) -> int:
    """Assemble the site and build it; return the exit code of the build."""
    assemble(site)
    return main(["build", "--strict", "--output", str(output), *arguments], root=site)


if __name__ == "__main__":
    sys.exit(make(arguments=tuple(sys.argv[1:])))
