"""What is wrong with a template, in our own words: Jinja2 speaks English, and of its own tokens.

Only texts are read here; Jinja2 itself is never imported. What is not in the tables is shown as Jinja2 says it.
"""

import re
from re import Pattern

from sitegen.core.phrases import Phrase, Value, phrase
from sitegen.core.words import T_

_CLOSED = T_("“{block}” is not closed")
_UNEXPECTED = T_("{found} is not expected here")

# What Jinja2 says (jinja2/lexer.py, parser.py, ext.py and compiler.py), and what it means to the template's writer.
_TABLE: tuple[tuple[Pattern[str], str], ...] = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"^Unexpected end of template\..* closed is '(?P<block>.+)'\.$", _CLOSED),
        (
            r"^Encountered unknown tag '(?P<tag>.+?)'\..* closed is '(?P<block>.+)'\.$",
            T_("“{tag}” does not fit here: “{block}” is still open"),
        ),
        (r"^Encountered unknown tag '(?P<tag>(?:end|el).+?)'\.", T_("“{tag}” closes nothing")),
        (r"^Encountered unknown tag '(?P<tag>.+?)'\.", T_("there is no tag “{tag}”")),
        (r"^unexpected end of template, expected '(?P<wanted>.+)'\.$", T_("the template ends before {wanted}")),
        (r"^expected token '(?P<wanted>.+)', got '(?P<found>.+)'$", T_("{wanted} should be here instead of {found}")),
        (r"^unexpected '(?P<found>.+)', expected '(?P<wanted>.+)'$", T_("{wanted} should be here instead of {found}")),
        (r"^Expected an expression, got '(?P<found>.+)'$", T_("a value is missing before {found}")),
        (r"^expected (?:name or number|subscript expression)$", T_("a name or a value is missing here")),
        (r"^unexpected char '(?P<found>.+)' at \d+$", _UNEXPECTED),
        (r"^unexpected '(?P<found>.+)'$", _UNEXPECTED),
        (r"^Missing end of comment tag$", T_("the comment is not closed with “#}”")),
        (r"^(?:tag name expected|Tag name expected)$", T_("the name of a tag is missing after “{%”")),
        (r"^No filter named '(?P<name>.+)'\.$", T_("there is no filter “{name}”")),
        (r"^No test named '(?P<name>.+)'\.$", T_("there is no test “{name}”")),
        (r"^block '(?P<name>.+)' defined twice$", T_("there are two blocks “{name}”")),
        (
            r"^Block names in Jinja have to be",
            T_("the name of a block can contain only letters, digits and underscores"),
        ),
        (r"^can't assign to '", T_("a value can be assigned only to a name")),
        (r"^non-default argument follows default argument$", T_("arguments with a default value must come last")),
        (r"^invalid syntax for function call expression$", T_("positional arguments must come before named ones")),
        (r"^unclosed translation block$", T_("“trans” is not closed")),
        (
            r"^(?:trans blocks can't be nested|control structures in translatable)",
            T_("“trans” can contain only text and values"),
        ),
        (r"^pluralize without variables$", T_("“pluralize” needs a number in “trans”")),
    )
)
_SIGNS = {
    "begin of print statement": "{{",
    "end of print statement": "}}",
    "begin of statement block": "{%",
    "end of statement block": "%}",
}
_NAMED = {
    "end of template": phrase(T_("the end of the template")),
    "name": phrase(T_("a name")),
    "string": phrase(T_("text in quotation marks")),
    "integer": phrase(T_("a number")),
}
# What Jinja2 says of a value that a template uses and that is not there (jinja2/runtime.py).
_UNDEFINED = (
    re.compile(r"(?:has no attribute |^)'(?P<name>[^']*)'(?: is undefined)?$"),
    re.compile(r"^parameter '(?P<name>[^']*)' was not provided$"),
    re.compile(r"does not export the requested name '(?P<name>[^']*)'$"),
)


def syntax_reason(said: str) -> Value:
    """Return why a template cannot be read, from what Jinja2 says."""
    for pattern, text in _TABLE:
        found = pattern.match(said)
        if found:
            values = {name: _token(name, value) for name, value in found.groupdict().items()}
            return phrase(text, **values)
    return said


def undefined_name(said: str) -> Value:
    """Return the name that a template uses and that does not exist, from what Jinja2 says."""
    if element := re.search(r"has no element (.+)$", said):
        return _quoted(f"[{element[1]}]")
    if said.startswith("there is no parent block"):
        return _quoted("super()")
    found = next(filter(None, (pattern.search(said) for pattern in _UNDEFINED)), None)
    return _quoted(found["name"]) if found else said


def _token(name: str, value: str) -> Value:
    """Return a token as the template writes it, in quotation marks; what is only a name, as it is."""
    if name not in ("found", "wanted"):
        return value
    return _NAMED.get(value) or _quoted(_SIGNS.get(value, value))


def _quoted(text: str) -> Phrase:
    return phrase("“{text}”", text=text)
