"""Names of languages inside a sentence, in the case that the sentence needs. Source: Slovenski pravopis 2001.

A catalogue can only hold a sentence into which every name fits, such as "v jeziku: angleščina". People say "v
angleščini", and so does the site where the form is known. Other languages of ours need no other form of the name.
"""

from sitegen.lang.numbers import language_name

_BEFORE = "v jeziku: "  # how the Slovenian catalogues avoid the case
# Names that do not end in -čina: in the nominative, in the locative.
_OTHERS = {"esperanto": "esperantu", "jidiš": "jidišu"}


def inflected(text: str, code: str, locale: str) -> str:
    """Return a finished text that names the language `code`, with the name in the right case where that is known.

    In Slovenian "(v jeziku: angleščina)" becomes "(v angleščini)". Names of several words, such as "kitajščina
    (poenostavljena)", keep the wording of the catalogue, as do texts of other languages.
    """
    if not locale.startswith("sl"):
        return text
    name = language_name(code, locale)
    form = _locative(name)
    return text.replace(f"{_BEFORE}{name}", f"v {form}") if form else text


def _locative(name: str) -> str:
    """Return the Slovenian locative of a language's name: "angleščini" for "angleščina"; "" where it is not known."""
    if name.isalpha() and name.endswith("čina"):
        return name.removesuffix("a") + "i"
    return _OTHERS.get(name, "")
