"""Front matter changed as text: the record and the translated keys are as meant, and every other byte stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.files import Source
from sitegen.text.edit import scalar, with_record, with_texts
from sitegen.text.frontmatter import read_head
from sitegen.text.parts import decode

MARKS = {"front": "0123456789ab", "steps": "abcdefabcdef"}
LINES = "l10n:\n  sections:\n    front: 0123456789ab\n    steps: abcdefabcdef\n"
HEADS = [
    "title: A\n",
    "# first\ntitle: A  # why\nweight: 3\n",
    "title: >\n  A long\n  title\nextra: |+\n  kept\n\n\n",
    "extra: {a: [1, 2]}\ntitle: 'A: b'\n# last",
    "  title: A\n  aliases: [/a/]",
    "title: A\nl10n: {}\nweight: 1\n",
    "title: A\nl10n:\nweight: 1\n",
    "title: A\nl10n: {sections: {a: 0123456789ab}}  # c\nweight: 1\n",
    "title: A\nl10n:\n  sections: {}\n",
    "l10n:\n  sections:\n    steps: '000000000000' # kept\n    old: 0123456789ab\n# about the title\ntitle: A\n",
]


def front(data: bytes) -> tuple[object, str, dict[str, str]]:
    """Return the front matter without its record, the body, and the record."""
    text, problems = decode(Source("a.md", data))
    head, _ = read_head("a.md", text)
    assert problems == []
    assert head is not None
    values = {key: getattr(head.front, key) for key in head.front.__struct_fields__ if key != "l10n"}
    return values, head.body.text, head.front.l10n.sections


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_a_record_is_written_and_the_rest_stays(head: str, end: str, bom: bytes) -> None:
    text = f"---\n{head.rstrip(chr(10)) if '|+' not in head else head[:-1]}\n---  \nBody  \n\nkept.\t"
    data = bom + text.replace("\n", end).encode()
    new = with_record(data, MARKS)
    assert new is not None
    assert front(new) == (*front(data)[:2], MARKS)
    gone = [line for line in data.split(end.encode()) if line not in new.split(end.encode())]
    assert all(b"l10n" in line or b"sections" in line or b"0000" in line or b"old" in line for line in gone)
    assert new.startswith(bom)
    assert with_record(new, MARKS) == new


def test_a_new_record_stands_at_the_end_of_the_front_matter() -> None:
    assert with_record(b"---\ntitle: A\n---\nB", MARKS) == f"---\ntitle: A\n{LINES}---\nB".encode()


def test_only_the_line_that_changed_is_changed() -> None:
    data = f"---\n{LINES}title: A\n---\n".encode()
    assert with_record(data, MARKS | {"steps": "111111111111"}) == data.replace(b"abcdefabcdef", b"'111111111111'")
    more = with_record(data, MARKS | {"more": "a" * 12})
    assert more == data.replace(b"title", b"    more: aaaaaaaaaaaa\ntitle")
    assert with_record(more or b"", MARKS) == data


def test_odd_ids_are_quoted() -> None:
    data = with_record(b"---\ntitle: A\n---\n", {"no": "a" * 12, "1": "b" * 12, "a:b": "c" * 12, "čas": "1" * 12})
    assert data is not None
    lines = ['"no": aaaaaaaaaaaa', '"1": bbbbbbbbbbbb', '"a:b": cccccccccccc', "čas: '111111111111'"]
    assert "".join(f"    {line}\n" for line in lines) in data.decode()


@pytest.mark.parametrize("data", [b"---\n{title: A}\n---\n", b"no head", b"---\ntitle: A\n", b"", b"\xff---"])
def test_what_cannot_be_changed_safely_is_left(data: bytes) -> None:
    if data == b"\xff---":
        data = b"---\ntitle: [\n---\n"
    assert with_record(data, MARKS) is None


def test_texts_are_changed_where_they_stand() -> None:
    data = b"---\n# top\ntitle: A # why\nweight: 3\nnav: 'B'\n---\n"
    new = with_texts(data, {"title": "One: two", "nav": "Three", "description": "Four"})
    assert new == b'---\n# top\ntitle: "One: two" # why\ndescription: Four\nweight: 3\nnav: Three\n---\n'


def test_a_text_in_several_lines_becomes_one() -> None:
    data = b"---\ntitle: >\n  A\n  b\n\nweight: 3\n---\n"
    assert with_texts(data, {"title": "C"}) == b"---\ntitle: C\nweight: 3\n---\n"
    data = b"---\ntitle: A\n  b\nweight: 3\n---\n"
    assert with_texts(data, {"title": "C"}) == b"---\ntitle: C\nweight: 3\n---\n"


VALUES = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp")), min_size=1, max_size=20)


@given(VALUES, VALUES)
def test_any_text_comes_back_as_it_was(title: str, description: str) -> None:
    if not title.strip() or "\ufeff" in title + description or "\ufffe" in title + description:
        return
    data = f"---\ntitle: {scalar(title)}\ndescription: {scalar(description)}\n---\n".encode()
    values = front(data)[0]
    assert isinstance(values, dict)
    assert (values["title"], values["description"]) == (title, description)
    assert with_texts(data, {"title": title, "description": description}) is not None


@given(
    st.dictionaries(
        st.from_regex(r"[^\s\"'<>#%\x00-\x1f\x7f-\x9f]+\Z", fullmatch=True),
        st.from_regex(r"[0-9a-f]{12}", fullmatch=True),
    )
)
@pytest.mark.long
def test_any_record_is_written_or_nothing_is(marks: dict[str, str]) -> None:
    data = f"---\r\ntitle: A\r\n{LINES}---\r\nBody.\r\n".encode()
    new = with_record(data, marks)
    if new is not None:
        assert front(new) == (*front(data)[:2], marks)
