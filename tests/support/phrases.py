"""The phrases that the project's texts avoid, by language, each with what to say instead and an example that is found.

They come from the project's list of terms: a private word for a thing that the field already names. Only prose is
looked at: code, commands, keys and quoted text are left alone.
"""

import re
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

_CODE = "\N{OBJECT REPLACEMENT CHARACTER}"  # in the place of code: a word, but none of ours
_THINGS = (
    r"(?:page|file|site|folder|copy|index|card|catalogue|output|feed|sitemap|website|archive|build|picture|image"
    r"|translation|cache)s?"
)


class Phrase(NamedTuple):
    """A pattern (case does not matter), what to say instead, and a sentence that has it."""

    pattern: str
    instead: str
    example: str


class Place(NamedTuple):
    """A piece of prose: where it is (a path, and a line where there is one), its language and its text."""

    path: str
    line: int
    language: str
    text: str


ENGLISH = (
    Phrase(
        rf"\bmak(?:e|es|ing) (?:\w+ ){{0,2}}{_THINGS}\b(?! (?:smaller|larger|faster|slower)\b)",
        "build, generate, create, write",
        "It makes a new page.",
    ),
    Phrase(rf"\b{_THINGS} (?:\w+ )?(?:is|are|was|were|be|been) made\b", "is built, is generated", "The site is made."),
    Phrase(r"\bmade again\b|\banew\b", "rebuilt, again", "The page is made anew."),
    Phrase(r"\bmend(?:s|ed|ing)?\b", "fix", "Mend the link."),
    Phrase(r"\bstands?\b(?!-| for\b| out\b)|\bstood\b", "is, appears, is listed", "The key stands in the file."),
    Phrase(r"\bbehind\b(?! a (?:proxy|login|firewall))", "after, outdated", "Write it behind the word."),
    Phrase(r"\bbeside\b", "next to", "Put it beside the page."),
    Phrase(
        r"\b(?:is|are|was|were|be|been) told\b|\btells (?:it|what|which|whether|in)\b",
        "reported, shown",
        "A mistake is told.",
    ),
    Phrase(r"\b(?:take|takes|taking|taken|took)(?: \w+)? away\b", "remove", "It takes them away."),
    Phrase(r"\b(?:passes|passed) over\b", "skip, ignore", "The file is passed over."),
    Phrase(r"\b(?:leave|leaves|leaving|left)(?: \w+)? out\b", "omit, skip", "Drafts are left out."),
    Phrase(r"\bremember(?:s|ed)\b|\bmemos?\b", "cache", "What is remembered is safe."),
    Phrase(r"\bexchang(?:es|ed|ing)\b|\bexchange of (?:the )?folders\b", "swap", "The folder is exchanged."),
    Phrase(r"\bwords of the interface\b|\binterface words\b", "UI strings", "Translate the words of the interface."),
    Phrase(r"\baddress(?:es)? of the sources?\b", "edit links", "Name the address of the sources."),
    Phrase(
        rf"\baddress(?:es)? of (?:\w+ )?{_THINGS}\b|\b{_THINGS}(?:'s|’s|s') address|\bold address",
        "URL",
        "It is the address of a page.",
    ),
    Phrase(r"\bverbs?\b", "command", "Each verb has options."),
    Phrase(r"\bfloors?\b", "layer", "The floor above."),
    Phrase(r"\bfor want of\b|\bshall\b|\bthereby\b|\bwhoever\b", "plain modern English", "It shall be built."),
    Phrase(r"\bgo(?:es)? before\b|\bbe that as it may\b", "takes precedence over", "The option goes before it."),
    Phrase(r"\bfor ever\b", "forever", "It is kept for ever."),
    Phrase(r"\bthat (?:is|are) none\b|\bat once once more\b", "a whole sentence", "It is a code that is none."),
)
SLOVENIAN = (
    Phrase(r"\bspregled(?:a|u)\w+", "prezreti", "Napake ni mogoče spregledati."),
    Phrase(r"\bmeril(?:o|a|u|om)\b", "kazalnik", "Merilo napredka."),
    Phrase(r"\btabel\w*", "preglednica", "V tabeli je vrstica."),
    Phrase(r"\bskript(?:a|o)\b", "skript", "Ta skripta ne deluje."),
    Phrase(r"\bopazov(?:ati|anj)\w*", "spremljati", "Napredek je treba opazovati."),
    Phrase(r"\bgradnj\w*", "izdelava", "Gradnja spletišča."),
    Phrase(r"\bspletn\w+ mest\w+", "spletišče", "Vaše spletno mesto."),
    Phrase(r"\bvisok(?:o|em|ega|emu) izobraževanj\w+", "visokošolsko izobraževanje", "O visokem izobraževanju."),
    Phrase(r"\bv jezik[ui]: ", "v angleščini", "Stran je v jeziku: angleščina."),
    Phrase(r"\b(?-i:Unesco)\b", "UNESCO", "Mreža Unesco."),
    Phrase(r"\bv svoj[io] vrstic[io]\b", "v ločeno vrstico", "Napišite ga v svojo vrstico."),
)
SPANISH = (
    Phrase(r"\b(?:puedes|tienes|debes|quieres|necesitas|tus?|contigo)\b", "usted", "Aquí puedes escribir."),
    Phrase(r"\b(?:la|una|esta|cada) orden\b|\bórdenes\b", "comando", "Ejecute la orden build."),
    Phrase(r"\bdirecci(?:ón|ones) de (?:la |las |su |cada )?páginas?\b", "URL", "Es la dirección de la página."),
    Phrase(
        r"\baprendizaje (?:permanente|de por vida)\b",
        "aprendizaje a lo largo de toda la vida",
        "Aprendizaje permanente.",
    ),
    Phrase(r"\babiertas? a los miembros\b", "abierta a la adhesión de ciudades", "La red está abierta a los miembros."),
    Phrase(r"\bgrupos de interés\b", "partes interesadas", "Los grupos de interés."),
    Phrase(r"\bRed Global\b", "Red Mundial", "La Red Global de la UNESCO."),
    Phrase(r"\bpor omisión\b", "predeterminado", "El valor por omisión."),
)
DOUBLED = Phrase(r"\b([^\W\d_]{2,}) \1\b", "the word once", "It it is built.")
PHRASES = {"en": (*ENGLISH, DOUBLED), "sl": (*SLOVENIAN, DOUBLED), "es": (*SPANISH, DOUBLED)}


def found_in(place: Place) -> list[tuple[str, str]]:
    """Return each phrase that a piece of prose has, with what to say instead."""
    rules = PHRASES[place.language]
    return [(hit[0], rule.instead) for rule in rules for hit in re.finditer(rule.pattern, place.text, re.IGNORECASE)]


def prose_of_markdown(path: str, language: str, text: str) -> list[Place]:
    """Return the paragraphs, headings, list items and table cells of a Markdown file, without any code."""
    head = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    lines = head[0].count("\n") if head else 0
    tokens = MarkdownIt("commonmark").enable("table").parse(text[head.end() :] if head else text)
    return [
        Place(path, lines + token.map[0] + 1, language, prose_of_message(_words(token.children or [])))
        for token in tokens
        if token.type == "inline" and token.map
    ]


def _words(tokens: list[Token]) -> str:
    words = {"text": lambda token: token.content, "softbreak": lambda _: " ", "code_inline": lambda _: _CODE}
    return "".join(words[token.type](token) for token in tokens if token.type in words)


def prose_of_message(text: str) -> str:
    """Return a message without what it quotes, without code between backticks and without its values."""
    return re.sub(r"“[^”]*”|«[^»]*»|»[^«]*«|`[^`]*`|\{\w*\}|%\(\w+\)s", _CODE, text)
