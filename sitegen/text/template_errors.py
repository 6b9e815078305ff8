"""Translatable reasons for template errors: Jinja2's are English, and name its own tokens.

Only texts are read here; Jinja2 itself is never imported. What is not in the tables is shown as Jinja2 says it.
"""

from string import Formatter

from sitegen.model.phrases import Phrase, Value, phrase
from sitegen.model.words import T_

_CLOSED = T_("“{block}” is not closed")
_UNEXPECTED = T_("{found} is not expected here")

_CLOSES_NOTHING = T_("“{tag}” closes nothing")

# What Jinja2 says (jinja2/lexer.py, parser.py, ext.py and compiler.py), and what it means to the template's writer.
# `{name}` stands for what the reason shows, `{}` for anything.
_TABLE: tuple[tuple[str, str], ...] = (
    ("Unexpected end of template.{} closed is '{block}'.", _CLOSED),
    (
        "Encountered unknown tag '{tag}'.{} closed is '{block}'.",
        T_("“{tag}” does not fit here: “{block}” is still open"),
    ),
    ("Encountered unknown tag '{tag}'.{}", _CLOSES_NOTHING),
    ("Encountered unknown tag '{tag}'.{}", T_("there is no tag “{tag}”")),
    ("unexpected end of template, expected '{wanted}'.", T_("the template ends before {wanted}")),
    ("expected token '{wanted}', got '{found}'", T_("{wanted} should be here instead of {found}")),
    ("unexpected '{found}', expected '{wanted}'", T_("{wanted} should be here instead of {found}")),
    ("Expected an expression, got '{found}'", T_("a value is missing before {found}")),
    ("expected name or number", T_("a name or a value is missing here")),
    ("expected subscript expression", T_("a name or a value is missing here")),
    ("unexpected char '{found}' at {}", _UNEXPECTED),
    ("unexpected '{found}'", _UNEXPECTED),
    ("Missing end of comment tag", T_("the comment is not closed with “#}”")),
    ("tag name expected", T_("the name of a tag is missing after “{%”")),
    ("Tag name expected", T_("the name of a tag is missing after “{%”")),
    ("No filter named '{name}'.", T_("there is no filter “{name}”")),
    ("No test named '{name}'.", T_("there is no test “{name}”")),
    ("block '{name}' defined twice", T_("there are two blocks “{name}”")),
    ("Block names in Jinja have to be{}", T_("the name of a block can contain only letters, digits and underscores")),
    ("can't assign to '{}", T_("a value can be assigned only to a name")),
    ("non-default argument follows default argument", T_("arguments with a default value must come last")),
    ("invalid syntax for function call expression", T_("positional arguments must come before named ones")),
    ("unclosed translation block", T_("“trans” is not closed")),
    ("trans blocks can't be nested{}", T_("“trans” can contain only text and values")),
    ("control structures in translatable{}", T_("“trans” can contain only text and values")),
    ("pluralize without variables", T_("“pluralize” needs a number in “trans”")),
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
    "{}has no attribute '{name}'",
    "'{name}' is undefined",
    "parameter '{name}' was not provided",
    "{}does not export the requested name '{name}'",
)


def syntax_reason(message: str) -> Value:
    """Return why a template cannot be read, from Jinja2's message."""
    for form, text in _TABLE:
        values = _values(form, message)
        if values is None or (text == _CLOSES_NOTHING and not values["tag"].startswith(("end", "el"))):
            continue
        return phrase(text, **{name: _token(name, value) for name, value in values.items()})
    return message


def undefined_name(message: str) -> Value:
    """Return the undefined name that a template uses, from Jinja2's message."""
    if element := _values("{}has no element {element}", message):
        return _quoted(f"[{element['element']}]")
    if message.startswith("there is no parent block"):
        return _quoted("super()")
    values = next(filter(None, (_values(form, message) for form in _UNDEFINED)), None)
    return _quoted(values["name"]) if values else message


def _values(form: str, message: str) -> dict[str, str] | None:
    """Return the text in place of each `{name}` of a form, by name; None when the text has another form."""
    first, *rest = ((literal, name) for literal, name, _, _ in Formatter().parse(form))
    if not message.startswith(first[0]):
        return None
    values: dict[str, str] = {}
    at, name = len(first[0]), first[1]
    for literal, following in rest:
        end = message.find(literal, at + 1)
        if end < 0:
            return None
        if name:
            values[name] = message[at:end]
        at, name = end + len(literal), following
    if name:
        values[name] = message[at:]
    return values if name is not None or at == len(message) else None


def _token(name: str, value: str) -> Value:
    """Return a token as the template writes it, in quotation marks; what is only a name, as it is."""
    if name not in ("found", "wanted"):
        return value
    return _NAMED.get(value) or _quoted(_SIGNS.get(value, value))


def _quoted(text: str) -> Phrase:
    return phrase("“{text}”", text=text)
