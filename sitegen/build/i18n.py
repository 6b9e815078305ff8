"""The texts of the tool in one language. Each text is in the code in English; the translations are in `locales/`.

They are compiled to `.mo`, so that a command starts at once. Knows nothing of the site's languages.
"""

import gettext
from pathlib import Path

LANGUAGES = ("en", "sl", "es")
FOLDER = Path(__file__).resolve().parent.parent / "locales"
DOMAIN = "sitegen"


class Speech:
    """One language of the tool. `say("Text with {name}.", name=…)` is the text in that language, filled in."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._catalog = gettext.translation(DOMAIN, FOLDER, [language], fallback=True)

    def __call__(self, text: str, /, **values: object) -> str:
        """Return `text` in this language; values fill the words in braces."""
        found = self._catalog.gettext(text) if text else ""
        return found.format(**values) if values else found

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return the form of a text that its number `n` asks for; `{n}` stands for the number."""
        return self._catalog.ngettext(one, many, n).format(n=n, **values)
