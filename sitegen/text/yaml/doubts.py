"""Where YAML makes something else of a text than its writer meant: what it made, why, and how to write it.

`title: Issue #5` is “Issue” for YAML, and `title: &more things` is “things”. What was typed is compared with what came
out; what is only a comment stays one: `#` and a blank.
"""

import json
from collections.abc import Iterator
from typing import Any

import yaml

from sitegen.model.lazy import lazily
from sitegen.model.phrases import Phrase, phrase
from sitegen.model.problems import Lines, Problem, problem
from sitegen.model.words import T_

# What stands behind a value and looks like a part of it: `#5`, `#tag`; or `# 5` with a single blank before it.
_EATEN = lazily(r"[ \t]++#[^\W_]|[ ]# \d")
_ENTRY = lazily(r"([ \t]*+(?:- ++)*+(?:[\w.-]++|\"[^\"]*+\"|'[^']*+'):[ \t]++|[ \t]*+(?:- ++)++)(\S.*)\Z")
_TROUBLE = lazily(r"[@`%*&!|>\[{\]},\"'#?:-]")

# What PyYAML and libyaml say, by a part of their texts, and what it means to a writer.
_REASONS = (
    ("mapping values are not allowed", T_("there is “: ” inside the text, or the line is indented too far")),
    ("could not find expected ':'", T_("a key is not followed by “: ”")),
    ("sequence entries are not allowed", T_("“- ” begins a list where none can begin")),
    ("mapping keys are not allowed", T_("“? ” begins a key where none can begin")),
    ("cannot start any token", T_("text without quotation marks cannot begin with this character")),
    ("undefined alias", T_("“*” begins the name of another value, not text")),
    ("alphabetic or numeric character", T_("“*” and “&” begin the name of a value, not text")),
    ("comment or line break", T_("after “|” or “>” the text begins on the next line")),
    ("comment or a line break", T_("after “|” or “>” the text begins on the next line")),
    ("chomping", T_("after “|” or “>” the text begins on the next line")),
    ("unexpected end of stream", T_("a quotation mark is not closed")),
    ("unexpected document", T_("a quotation mark is not closed")),
    ("escape", T_("in double quotation marks a backslash begins an escape, and this one is unknown")),
    ("tab character", T_("there is a tab in the indentation")),
    ("',' or ']'", T_("a list in brackets is not closed, or a comma is missing")),
    ("',' or '}'", T_("a group in braces is not closed, or a comma is missing")),
    ("another document", T_("a line “---” begins a second document")),
    ("document start", T_("this does not fit the lines above: the indentation differs, or text follows a value")),
    ("expected key", T_("this does not fit the lines above: the indentation differs, or text follows a value")),
    ("block end", T_("this does not fit the lines above: the indentation differs, or text follows a value")),
    ("'-' indicator", T_("this does not fit the lines above: the indentation differs, or text follows a value")),
    ("node content", T_("there is a bracket, brace or comma where a value should begin")),
    ("characters are not allowed", T_("there is a control character")),
    ("expected '>'", T_("“!” begins a tag, not text")),
    ("tag", T_("“!” begins a tag, not text")),
)
NO_YAML = T_("the text is not YAML")


def reason_of(said: str) -> Phrase:
    """Return in our own words what a library says of a text that is no YAML."""
    return phrase(next((ours for theirs, ours in _REASONS if theirs in said), NO_YAML))


def eaten(after: str) -> bool:
    """Say whether what follows a value in its line, a comment to YAML, looks like a part of the text."""
    return bool(_EATEN.match(after))


def lost(typed: str, made: str, place: Any) -> Problem:
    """Return the problem that YAML has made less of a text than what was typed in its line."""
    if typed.startswith("&"):
        cause = phrase("“&” begins the name of a value")
    elif made:
        cause = phrase("“#” after a space begins a comment")
    else:
        cause = phrase("“#” begins a comment")
    what = phrase("“{text}”", text=made) if made else phrase("an empty value")
    return problem("yaml-lost", place, None, typed=typed, made=what, cause=cause, quoted=quoted(typed))


def quoted(text: str) -> str:
    """Return a text between quotation marks, as YAML writes it."""
    if '"' in text and "'" not in text:
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)


def remedy(lines: Lines, rows: list[int], loader: Any) -> str | None:
    """Return one of these rows (from 0) with its value between quotation marks, if the text is good YAML then."""
    texts = lines.text.split("\n")
    for number in dict.fromkeys(row for row in rows if 0 <= row < len(texts)):
        entry = _ENTRY.match(texts[number].rstrip())
        if not entry or not (_TROUBLE.match(entry[2]) or ":" in entry[2]):
            continue
        text = entry[2]
        if len(text) > 2 and text[0] == text[-1] == "'":  # quotation marks were meant, but one stands inside, too
            text = text[1:-1]
        better = entry[1] + quoted(text)
        if _is_yaml("\n".join([*texts[:number], better, *texts[number + 1 :]]), loader):
            return better.strip()
    return None


def _is_yaml(text: str, loader: Any) -> bool:
    try:
        yaml.compose(text, loader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return False
    return True


def doubtful(typed: str, value: object) -> tuple[Phrase, str] | None:
    """Return what YAML makes of a plain word where any value may stand, and how it is written without doubt.

    None where a person gets what they typed.
    """
    if isinstance(value, str):
        meant = _WORDS.get(typed.lower())
        return (phrase("text here, but {value} in other programs", value=meant), meant) if meant else None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or "e" in typed.lower() or str(value) == typed:
        return None
    return phrase("the number {number}", number=value), str(value)


_WORDS = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false", "null": "null"}


def doubts(typed: str, value: object, place: Any) -> Iterator[Problem]:
    """Yield the problem of a word or number that YAML reads otherwise than a person may (a warning)."""
    found = doubtful(typed, value)
    if found:
        yield problem("yaml-doubtful", place, None, typed=typed, made=found[0], value=found[1])
