"""A catalogue that Babel would take in silence, with texts lost or damaged."""

import pytest

from sitegen.model.files import Source
from sitegen.model.problems import Lines
from sitegen.text.damage import mojibake
from sitegen.text.gettext.catalogs import read_catalog

HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={}\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
GOOD = HEAD.format("UTF-8")


def found(data: bytes) -> list[tuple[str, int]]:
    """Return codes and lines of the problems of a catalogue."""
    return [(one.code, one.place.line) for one in read_catalog(Source("a.po", data), "sl")[1]]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (GOOD + 'msgid "A"\nmsgstr "a"\n', []),
        (GOOD + 'msgid "A"\nmsgstr "a"\n\nmsgid "A"\nmsgstr "b"\n', [("catalog-broken", 9)]),
        (GOOD + 'msgid ""\n"A "\n"B"\nmsgstr "a"\n\nmsgid "A B"\nmsgstr "b"\n', [("catalog-broken", 11)]),
        (GOOD + 'msgctxt "x"\nmsgid "A"\nmsgstr "a"\n\nmsgid "A"\nmsgstr "b"\n', []),
        (GOOD + 'msgid "A"\nmsgstr "a"\n\n#~ msgid "A"\n#~ msgstr "b"\n', []),
        (
            GOOD + 'msgid "A"\nmsgid_plural "B"\nmsgstr[0] "a"\nmsgstr[1] "b"\n\nmsgid "A"\nmsgstr "b"\n',
            [("catalog-broken", 11)],
        ),
        (HEAD.format("ISO-8859-2") + 'msgid "A"\nmsgstr "č"\n', [("catalog-broken", 3)]),
        (HEAD.format("CHARSET") + 'msgid "A"\nmsgstr "č"\n', [("catalog-broken", 3)]),
        (HEAD.format("utf8") + 'msgid "A"\nmsgstr "č"\n', []),
        ('msgid "A"\nmsgstr "a"\n', [("catalog-broken", 0)]),
        ("", [("catalog-broken", 0)]),  # emptied by accident: all its strings would be shown in English
        ("# nothing yet\n", [("catalog-broken", 0)]),
        (GOOD + 'msgid "A"\nmsgstr "Å¡ola"\n', [("text-mojibake", 7)]),
    ],
)
def test_catalogue_with_a_string_twice_or_a_wrong_charset_is_a_problem(
    text: str, problems: list[tuple[str, int]]
) -> None:
    assert found(text.encode()) == problems


def test_catalogue_in_another_encoding_is_a_problem_and_no_mojibake() -> None:
    text = HEAD.format("ISO-8859-2") + 'msgid "A"\nmsgstr "čaj"\n'
    assert found(text.encode("iso-8859-2")) == [("not-utf8", 7)]


@pytest.mark.parametrize("text", ["Å¡ola", "cafÃ©", "ÄŤaj", "Å¾aba", "niÃ±o", "MÃ¼nchen"])
def test_mojibake_is_found(text: str) -> None:
    assert [one.code for one in mojibake(Lines("a.yaml", text))] == ["text-mojibake"]


@pytest.mark.parametrize(
    "text", ["Šola, čaj, žaba", "Ärzte", "„Ä“", "São Paulo", "ÅÄÖ", "ΑΒΓ", "Ñandú", "ÂNGELO", "Ž", "«Ã»"]
)
def test_good_letters_are_no_mojibake(text: str) -> None:
    assert mojibake(Lines("a.yaml", text)) == []
