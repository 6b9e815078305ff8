"""Bring the catalogues of the default theme up to date with its templates and the engine, translations kept.

Run by hand after a change of the theme's words: `PYTHONPATH=. python tools/make_theme_messages.py`
"""

from sitegen.inputs.theme import FOLDER
from sitegen.text.gettext.po import updated
from sitegen.text.templates import joined
from sitegen.translations.catalogs import engine_words, theme_words


def main() -> None:
    """Write every catalogue anew; what is not translated yet is left empty."""
    wanted = joined(theme_words(), engine_words())
    for path in sorted((FOLDER / "locales").glob("*/LC_MESSAGES/messages.po")):
        code = path.parts[-3].replace("_", "-")
        text = updated(path.read_text(encoding="utf-8"), code, wanted, obsolete=False)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
