"""Collect what the tool itself says, and bring `sitegen/locales/` up to date: `python -m tools.make_speech`.

Run it when a text in the engine changes, then translate what it names as missing in the .po files, and run it again: it
compiles them to the .mo files beside them, which are kept in git, so that an installed tool needs no compiler. The
interface strings of the site are another matter: `build.py messages`.
"""

import ast
import io
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from sitegen.commands.speech import DOMAIN, FOLDER, LANGUAGES
from sitegen.core.messages import TEXTS
from tools.argparse_words import PLURALS, WORDS

ENGINE = FOLDER.parent
# The forms of Slovenian in the order of the site's own catalogue.
PLURAL_RULES = {
    "sl": "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",
    "es": "nplurals=2; plural=(n != 1);",
}
TRANSLATED = tuple(code for code in LANGUAGES if code != "en")
Text = str | tuple[str, str]


def po_file(code: str) -> Path:
    """Return where the translations of a language stand."""
    return FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def collected() -> Catalog:
    """Return every text of the tool. Raises ValueError for a call whose text cannot be read off the code."""
    found = Catalog(charset="utf-8")
    texts: list[Text] = [*WORDS, *PLURALS]
    for message in TEXTS.values():
        texts += [text for text in (message.text, message.hint) if text]
    for file in sorted(ENGINE.rglob("*.py")):
        texts += _texts_of(file)
    for text in texts:
        found.add(text)
    for message in found:  # Babel takes a lone % for a place of Python's old kind; only argparse has those
        if message.id not in (*WORDS, *PLURALS):
            message.flags.discard("python-format")
    return found


def _texts_of(file: Path) -> Iterator[Text]:
    """Give the texts of `say`, `T_` and `phrase` in one file, and both forms of those of `say.plural` and `counted`."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        if name.split(".")[-1] in ("say", "T_", "phrase"):
            yield from _constants(node.args[0], file)
        elif name.endswith("say.plural") or name == "counted":
            found = [text for argument in node.args[:2] for text in _constants(argument, file)]
            if found:
                yield found[0], found[1]


def _constants(node: ast.expr, file: Path) -> Iterator[str]:
    """Give the texts that an argument may be: itself, or both sides of a condition. A name is collected elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if node.value:
            yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body, file)
        yield from _constants(node.orelse, file)
    elif isinstance(node, (ast.JoinedStr, ast.BinOp)):
        raise ValueError(f"{file}:{node.lineno}: a text to be translated must stand there whole")


def updated(code: str, template: Catalog) -> str:
    """Return the .po file of a language as it should be: every text, translated as now; what nobody says is gone."""
    head = (f"Language: {code}", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8")
    fields = (*head, "Content-Transfer-Encoding: 8bit", f"Plural-Forms: {PLURAL_RULES[code]}")
    header = "\n".join(("# What the tool says.", 'msgid ""', 'msgstr ""', *(f'"{field}\\n"' for field in fields)))
    file = po_file(code)
    catalog = read_po(io.BytesIO(file.read_bytes() if file.exists() else f"{header}\n".encode()), locale=code)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    out = io.BytesIO()
    write_po(out, catalog, width=0, no_location=True, omit_header=True, sort_output=True)
    return f"{header}\n\n{out.getvalue().decode().lstrip()}"


def compiled(po: str) -> bytes:
    """Return the .mo file of a .po file (GNU gettext manual, "The Format of GNU MO Files").

    Babel's own writer puts the clock and its version into it; this one gives the same bytes on every machine.
    """
    header = po.partition("\n\n")[0].partition('msgstr ""\n')[2]
    texts = {b"": "".join(ast.literal_eval(line) for line in header.splitlines()).encode()}
    for message in read_po(io.BytesIO(po.encode())):
        if message.id and is_translated(message) and not message.fuzzy:
            texts[_joined(message.id)] = _joined(message.string)
    pairs = sorted(texts.items())
    first, at, body = 28, 28 + 16 * len(pairs), b""
    tables: list[bytes] = []
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<2I", len(pair[column]), at + len(body)))
            body += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), first, first + 8 * len(pairs), 0, at)
    return head + b"".join(tables) + body


def _joined(text: str | list[str] | tuple[str, ...]) -> bytes:
    return (text if isinstance(text, str) else "\0".join(text)).encode()


def is_translated(message: Message) -> bool:
    """Say whether a text has all its forms."""
    return all(message.string) if isinstance(message.string, (list, tuple)) else bool(message.string)


def main() -> int:
    """Write the .po and .mo files of all languages, and name what is not translated; returns 1 when something is."""
    template = collected()
    missing = 0
    for code in TRANSLATED:
        text = updated(code, template)
        file = po_file(code)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        file.with_suffix(".mo").write_bytes(compiled(text))
        for message in read_po(io.BytesIO(text.encode())):
            if message.id and (message.fuzzy or not is_translated(message)):
                missing += 1
                sys.stdout.write(f"{file.relative_to(ENGINE.parent)}: not translated: {message.id!r}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
