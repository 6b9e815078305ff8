"""Hints that name the answer: what an editor of another tool, or of none, meant by a link."""

from collections.abc import Callable

import pytest
from support.site import SiteFolder

from sitegen.model.messages import hint_of

Make = Callable[..., SiteFolder]
SITE = (
    "-- content/sl/index.md --\n---\ntitle: Domov\n---\n"
    "-- content/sl/novice/vest.md --\n---\ntitle: Vest\n---\n\nTEXT\n"
    "-- content/sl/network/index.md --\n---\ntitle: Mreža\nslug: mreza\naliases: [/sl/stara-mreza/]\n---\n"
    "-- content/sl/about.md --\n---\ntitle: O nas\n---\n"
    "-- content/en/about.md --\n---\ntitle: About\n---\n"
)


def hints(made: SiteFolder) -> list[str]:
    found = [one for one in made.build().problems if one.place.path == "content/sl/novice/vest.md"]
    return [one.suggestion if one.suggestion and not one.advice else hint_of(one) for one in found]


@pytest.mark.parametrize(
    ("target", "answer"),
    [
        ("/sl/mreza/", "../network/index.md"),
        ("/sl/mreza", "../network/index.md"),
        ("/sl/mreza/index.html", "../network/index.md"),
        ("/sl/mreza.html", "../network/index.md"),
        ("/sl/mreza/#cilji", "../network/index.md#cilji"),
        ("/mreza/", "../network/index.md"),
        ("/sl/network/", "../network/index.md"),
        ("/sl/stara-mreza/", "../network/index.md"),
        ("/content/sl/about.md", "../about.md"),
        ("/docs/about", "../about.md"),
        ("/en/about/", "../../en/about.md"),
        ("about.html", "../about.md"),
        ("../about.html", "../about.md"),
        ("../about/", "../about.md"),
        ("../about", "../about.md"),
        ("../about.mdx", "../about.md"),
        ("../network/", "../network/index.md"),
        ("../About.md", "../about.md"),
        ("www.example.org", "https://www.example.org"),
        ("example.org/a", "https://example.org/a"),
        ("a@b.si", "mailto:a@b.si"),
        ("+386-1-234-5678", "tel:+38612345678"),
        ("https:/example.org/a", "https://example.org/a"),
        ("https:example.org", "https://example.org"),
        ("http//example.org", "http://example.org"),
        ("htps://example.org", "https://example.org"),
        ("HTTPS:/example.org", "https://example.org"),
    ],
)
def test_a_link_that_leads_nowhere_gets_the_address_that_is_meant(site: Make, target: str, answer: str) -> None:
    assert hints(site(SITE.replace("TEXT", f"[x]({target})"))) == [answer]


def test_the_path_of_base_url_is_no_part_of_a_link(site: Make) -> None:
    made = site(SITE.replace("TEXT", "[x](/town/sl/mreza/)"))
    made.edit(
        "site.yaml", (made.root / "site.yaml").read_text(encoding="utf-8").replace("example.org/", "example.org/town/")
    )
    assert hints(made) == ["../network/index.md"]


@pytest.mark.parametrize("target", ["data:image/png;base64,AA==", "/static/town.png", "/img/town.JPG"])
def test_a_picture_goes_next_to_the_page(site: Make, target: str) -> None:
    made = site(SITE.replace("TEXT", f"![x]({target})"))
    assert hints(made) == ["Save the image next to the page, and write the name of the file."]


@pytest.mark.parametrize("target", ["C:\\x\\photo.jpg", "C:/x/photo.jpg", "file:///home/ana/photo.jpg"])
@pytest.mark.parametrize("mark", ["", "!"])
def test_a_file_of_ones_own_computer_goes_beside_the_page(site: Make, target: str, mark: str) -> None:
    made = site(SITE.replace("TEXT", f"{mark}[x]({target})"))
    assert hints(made) == ["Save the file next to the page, and write “photo.jpg”."]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("Photo.SVG", "photo.svg"),
        ("photo.svg", "Photo.SVG"),
        ("my-photo.svg", "my_photo.svg"),
        ("my_photo.svg", "my%20photo.svg"),
        ("č.svg", "c\u030c.svg"),
        ("photo.svg", "/images/photo.svg"),
    ],
)
def test_a_picture_in_another_spelling_is_named(site: Make, name: str, target: str) -> None:
    made = site(SITE.replace("TEXT", f"![x]({target})"))
    made.write_bytes(f"content/sl/novice/{name}", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    assert hints(made) == [name]


@pytest.mark.parametrize("text", ["<your name>", "<ime>"])
def test_what_only_looks_like_an_element_is_shown_by_its_character(site: Make, text: str) -> None:
    made = site(SITE.replace("TEXT", f"Pišite {text} sem."))
    assert hints(made)[:1] == [f"To show these characters as text, write “&lt;{text[1:-1]}&gt;”."]


def test_an_element_that_exists_is_no_such_thing(site: Make) -> None:
    assert "characters" not in hints(site(SITE.replace("TEXT", "<iframe></iframe>")))[0]


def test_a_wrong_anchor_gets_the_section_of_that_page_in_that_language(site: Make) -> None:
    made = site(
        SITE.replace("TEXT", "[x](../../en/about.md#cilji)")
        .replace("title: O nas\n---\n", "title: O nas\n---\n\n## Cilji\n")
        .replace("title: About\n---\n", "title: About\n---\n\n## Purposes\n")
    )
    assert hints(made) == ["purposes"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('[x]({{< ref "about.md" >}})', "Write [text](../about.md)."),
        ('[x]({{< relref "/network" >}})', "Write [text](../network/index.md)."),
        ('[x]({{% ref "network/index.md#cilji" %}})', "Write [text](../network/index.md#cilji)."),
        ('{{< relref "about" >}}', "Write [text](../about.md)."),
        ("[[about]]", "Write [about](../about.md)."),
        ("[[network|Mreža mest]]", "Write [Mreža mest](../network/index.md)."),
        ("[[O nas]]", "Write [O nas](../about.md)."),
        ("[[mreža#cilji|cilji]]", "Write [cilji](../network/index.md#cilji)."),
        ("![[photo.svg]]", "Write ![what it shows](photo.svg)."),
        ('[x]({{< ref "nowhere.md" >}})', "Write [text](page.md)."),
        ("[[Neznano]]", "Write [text](page.md)."),
    ],
)
def test_a_link_of_another_tool_gets_the_link_that_is_meant(site: Make, text: str, answer: str) -> None:
    made = site(SITE.replace("TEXT", text))
    made.write_bytes("content/sl/novice/photo.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    assert hints(made) == [answer]
