"""Statements of fact in a text: years, and numbers with a unit or a percent sign.

Scans words, never a whole text by a pattern, so its time is linear. Knows nothing of Markdown or of pages.
"""

FIRST_YEAR, LAST_YEAR = 1500, 2099
_AROUND = "()[]{}«»„“”‚‘’\"'.,;:!?¡¿…*_|~"
_BETWEEN = "–—-/"  # of two years: 2015–2017, 2024/25
_SYMBOLS = frozenset("mm cm m km m² km² ha g kg t l ml kB MB GB TB W kW MW Wh kWh min h °C € $ £ EUR USD GBP".split())
_WORDS = {
    "sl": "odstot|milijon|milijard|evr|dolar|metr|kilometr|hektar|kilogram|ton|lit",
    "en": "percent|per cent|million|billion|euro|dollar|pound|metre|meter|kilomet|hectare|kilogram|tonne|litre|liter",
    "es": "por ciento|millón|millones|euro|dólar|metro|kilómetro|hectárea|kilogramo|tonelada|litro",
    "de": "prozent|million|milliarde|euro|dollar|meter|kilometer|hektar|kilogramm|tonne|liter",
}
_STARTS = {lang: tuple(words.split("|")) for lang, words in _WORDS.items()}


def first_claim(text: str, lang: str) -> tuple[int, str] | None:
    """Return the first year, or number with its unit, in a text, and where it begins; None where there is none."""
    words = text.split()
    at = 0
    for index, written in enumerate(words):
        at = text.index(written, at)
        word = written.strip(_AROUND)
        if _is_year(word):
            return at + written.index(word), word
        after = [following.strip(_AROUND) for following in words[index + 1 : index + 3]]
        unit = _unit(word, after, lang)
        if unit is not None:
            return at + written.index(word), f"{word} {unit}".strip()
        at += len(written)
    return None


def _is_year(word: str) -> bool:
    """Say whether a word is a year, years ("2015–2017"), or a decade ("1990s")."""
    for mark in _BETWEEN:
        word = word.replace(mark, " ")
    years = [part.removesuffix("s") for part in word.split()]
    return any(
        len(year) == 4 and year.isascii() and year.isdecimal() and FIRST_YEAR <= int(year) <= LAST_YEAR
        for year in years
    )


def _unit(word: str, after: list[str], lang: str) -> str | None:
    """Return the unit of a number, from the words after it, or "" where the number holds it; None for other words."""
    if word[:1] in ("€", "$", "£") and word[1:2].isdecimal():
        return ""
    if not word[:1].isdecimal():
        return None
    rest = word.lstrip("0123456789.,–")
    if rest.startswith("%") or rest in _SYMBOLS:
        return ""
    if rest or not after:
        return None
    if after[0].startswith("%") or after[0] in _SYMBOLS:
        return after[0]
    named = " ".join(after).casefold()
    return after[0] if named.startswith(_STARTS.get(lang, ())) else None
