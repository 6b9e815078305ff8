"""What `status` says of a language in preparation: everything that is missing until it can be published."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitegen.commands.speech import Speech
    from sitegen.pipeline.standings import Standings

_SHOWN = 10  # places of texts in data/


def missing(found: "Standings", code: str) -> dict[str, Any]:
    """Return what is missing as plain data; a home page is "missing", "draft" or "done"."""
    states = {row.key: one.state for row in found.rows for one in row.translations if one.lang == code}
    strings = next(one for one in found.strings if one.lang == code)
    home = states.get("index", "missing")
    return {
        "settings": list(found.config.prepared[code].lacks),
        "home": home if home in ("missing", "draft") else "done",
        "pages": sum(1 for state in states.values() if state == "missing"),
        "drafts": sum(1 for state in states.values() if state == "draft"),
        "strings": strings.total - strings.done,
        "data": list(found.unsaid[code]),
    }


def lines(found: "Standings", code: str, say: "Speech") -> list[str]:
    """Return the lines on a language in preparation: a heading, and one for each kind of thing that is missing."""
    lacks = missing(found, code)
    kinds = _texts(code, lacks, say)
    if not kinds:
        return [
            say(
                "{lang} is in preparation. Nothing is missing: to publish it, remove “status” from its entry.",
                lang=code,
            )
        ]
    return [
        say("{lang} is in preparation. Before it can be published, add:", lang=code),
        *(f"- {text}" for text in kinds),
    ]


def _texts(code: str, lacks: dict[str, Any], say: "Speech") -> list[str]:
    texts = []
    if lacks["settings"]:
        texts.append(say("site.yaml: {keys}", keys=", ".join(f"{key}.{code}" for key in lacks["settings"])))
    home = f"content/{code}/index.md"
    if lacks["home"] == "missing":
        texts.append(say("the home page: {path}", path=home))
    elif lacks["home"] == "draft":
        texts.append(say("the home page is a draft: {path}", path=home))
    if lacks["pages"]:
        texts.append(say.plural("{n} page", "{n} pages", lacks["pages"]))
    if lacks["drafts"]:
        texts.append(say.plural("{n} page is a draft", "{n} pages are drafts", lacks["drafts"]))
    if lacks["strings"]:
        texts.append(say.plural("{n} UI string", "{n} UI strings", lacks["strings"]))
    if lacks["data"]:
        places = ", ".join(lacks["data"][:_SHOWN]) + (" …" if len(lacks["data"]) > _SHOWN else "")
        count = len(lacks["data"])
        texts.append(say.plural("{n} text in data/: {places}", "{n} texts in data/: {places}", count, places=places))
    return texts
