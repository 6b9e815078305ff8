"""Bring the catalogues of the default theme up to date with its templates and the engine, translations kept.

Run by hand after a change of the theme's words: `PYTHONPATH=. python tools/make_theme_messages.py`
"""

from sitegen.commands.messages import ENGINE, extracted, opened, write
from sitegen.read.theme import FOLDER


def main() -> None:
    """Write every catalogue anew; what is not translated yet is left empty."""
    wanted = extracted(FOLDER / "templates", FOLDER, ENGINE)
    for path in sorted((FOLDER / "locales").glob("*/LC_MESSAGES/messages.po")):
        header, catalog = opened(path, path.parts[-3].replace("_", "-"))
        catalog.update(wanted, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        write(path, header, catalog)


if __name__ == "__main__":
    main()
