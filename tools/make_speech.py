"""Collect what the tool itself says, and bring `sitegen/locales/` up to date: `python -m tools.make_speech`.

Run it when a text in the engine changes, then translate what it names as missing in the .po files, and run it again: it
compiles them to the .mo files beside them, which are kept in git, so that an installed tool needs no compiler. The
interface strings of the site are another matter: `build.py messages`.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from sitegen.build.i18n import DOMAIN, FOLDER, LANGUAGES
from sitegen.model.messages import TEXTS
from sitegen.text.gettext import po
from sitegen.text.templates import Key, Words
from tools.argparse_words import PLURALS, WORDS

ENGINE = FOLDER.parent
TRANSLATED = tuple(code for code in LANGUAGES if code != "en")
Text = str | tuple[str, str]


def po_file(code: str) -> Path:
    """Return where the translations of a language stand."""
    return FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def collected() -> dict[Key, Words]:
    """Return every text of the tool. Raises ValueError for a call whose text cannot be read off the code."""
    texts: list[Text] = [*WORDS, *PLURALS]
    for message in TEXTS.values():
        texts += [text for text in (message.text, message.hint) if text]
    for file in sorted(ENGINE.rglob("*.py")):
        texts += _texts_of(file)
    found: dict[Key, Words] = {}
    for text in texts:
        words = Words((text,) if isinstance(text, str) else text)
        found[words.key] = max(words, found.get(words.key, words), key=lambda one: len(one.id))
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


def updated(code: str, texts: dict[Key, Words]) -> str:
    """Return the .po file of a language as it should be: every text, translated as now; what nobody says is gone."""
    file = po_file(code)
    return po.updated(file.read_text(encoding="utf-8") if file.exists() else "", code, texts, obsolete=False)


def main() -> int:
    """Write the .po and .mo files of all languages, and name what is to be done; returns 1 when something is."""
    texts = collected()
    left = 0
    for code in TRANSLATED:
        text = updated(code, texts)
        file = po_file(code)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        file.with_suffix(".mo").write_bytes(po.compiled(text))
        for message in read_po(io.BytesIO(text.encode())):
            if message.id and (message.fuzzy or not po.is_translated(message)):
                left += 1
                what = "check, then remove the mark fuzzy" if message.fuzzy else "translate"
                sys.stdout.write(f"{file.relative_to(ENGINE.parent)}: {what}: {message.id!r}\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
