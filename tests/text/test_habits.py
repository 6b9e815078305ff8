"""What people bring from other tools: the message names what to write here, and nothing is lost without one."""

from collections.abc import Callable

import pytest
from support.site import SiteFolder

Make = Callable[..., SiteFolder]
PAGE = "-- content/en/page.md --\n---\ntitle: Page\n{head}---\n\n{body}\n"


def said(site: Make, head: str = "", body: str = "Text.") -> str:
    """Return what is said of one page."""
    return "\n".join(site(PAGE.format(head=head, body=body)).problems)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("lastmod: 2024-01-01", "updated"),
        ("lastModified: 2024-01-01", "updated"),
        ("publishDate: 2024-01-01", "publish_date"),
        ("expires: 2024-01-01", "expiry_date"),
        ("sidebar_position: 3", "weight"),
        ("featured-image: a.jpg", "image"),
        ("redirect_from: [/x/]", "aliases"),
        ("layout: news", "template"),
        ("excerpt: Short.", "description"),
        ("aliases: /x/", "[/x/]"),
        ("aliases: '/x/'", '["/x/"]'),
        ("search: no", "{exclude: true}"),
        ("search: false", "{exclude: true}"),
    ],
)
def test_front_matter_of_another_tool_is_answered_with_ours(site: Make, written: str, meant: str) -> None:
    assert f"Did you mean “{meant}”?" in said(site, f"{written}\n")


def test_a_key_that_we_have_is_no_habit(site: Make) -> None:
    assert said(site, "updated: 2024-01-01\ndate: 2024-01-01\nweight: 3\n") == ""


def test_quotation_marks_within_quotation_marks(site: Make) -> None:
    made = site("-- content/en/page.md --\n---\ntitle: 'it's'\n---\n\nText.\n")
    assert 'Did you mean “title: "it\'s"”?' in "\n".join(made.problems)


@pytest.mark.parametrize("head", ['{"title": "T"}\n', '{\n  "title": "T"\n}\n', '\n{ "title": "T", "a": {"b": 1} }\n'])
def test_json_above_a_page_is_named(site: Make, head: str) -> None:
    assert site(f"-- content/en/page.md --\n{head}\nText.\n").codes == ["frontmatter-foreign"]


@pytest.mark.parametrize(
    "body", ["Text {#here}", "Text {.lead}", "One\nline {.lead}\nmore", "*Text* in a line {.a #b}"]
)
def test_braces_at_the_end_of_a_line_that_belong_to_nothing(site: Make, body: str) -> None:
    assert "attributes-alone" in said(site, body=body)


@pytest.mark.parametrize("body", ["*word*{.lead}", "Text\n{.lead}", "Write `{.lead}` here", "a {x} b", "Text {a=b} c"])
def test_braces_that_mean_something_or_are_text(site: Make, body: str) -> None:
    assert "attributes-alone" not in said(site, body=body)


@pytest.mark.parametrize("body", ["#A title", "#Čas za učenje", "> #Two words"])
def test_a_title_without_its_blank(site: Make, body: str) -> None:
    assert "blank-missing" in said(site, body=body)


@pytest.mark.parametrize("body", ["#LearningCities", "#1 in the list", "#one #two tags", "C# is a language"])
def test_tags_and_numbers_are_no_titles(site: Make, body: str) -> None:
    assert "blank-missing" not in said(site, body=body)


@pytest.mark.parametrize("body", ["a %% hidden %% b", "%%hidden%%"])
def test_comments_of_obsidian(site: Make, body: str) -> None:
    assert "Obsidian" in said(site, body=body)


@pytest.mark.parametrize("body", ["100 %% of it", "20 % and 30 %"])
def test_percent_signs_are_no_comments(site: Make, body: str) -> None:
    assert said(site, body=body) == ""


@pytest.mark.parametrize("sign", ["\u202d", "\u202e"])
def test_text_that_is_not_read_as_it_is_typed(site: Make, sign: str) -> None:
    assert "control-character" in said(site, body=f"Pay {sign}100 euros.")


def test_a_file_where_the_output_belongs(site: Make) -> None:
    made = site("-- public --\nMine.\n")
    assert "Delete the file, or choose another folder" in "\n".join(made.problems)
    assert (made.root / "public").read_text() == "Mine.\n"


def test_a_template_that_includes_itself(site: Make) -> None:
    made = site("-- templates/page.html --\n{% include 'page.html' %}\n")
    assert "it includes itself" in "\n".join(made.problems)
    assert "recursion" not in "\n".join(made.problems)
