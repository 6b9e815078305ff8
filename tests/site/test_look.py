"""One colour makes the look: every text can be read, what gives way is reported, and the icons follow."""

import io
import itertools
import re
from collections.abc import Callable

import pytest
from PIL import Image
from support.brands import BRANDS
from support.site import PROJECT, SiteFolder, tree

from sitegen.site.look import palette
from sitegen.site.schemes import switchable

Make = Callable[..., SiteFolder]
# Blue, purple, yellow, grey, black, white, red, two greens, pink, brown, orange.
SETTINGS = """
-- site.yaml --
title: Town
default_language: sl
base_url: https://town.example/
languages:
  sl: {label: Slovenščina, locale: sl_SI, weight: 1}
  en: {label: English, locale: en_GB, weight: 2}
theme: {%s}
"""


def light(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(part * value for part, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("accent", ["", "#ff0000", "#3b1d5a"])
def test_every_text_reaches_seven_to_one(brand: str, accent: str) -> None:
    made = palette(brand, accent)
    for tokens in (made.light, made.dark):
        on_paper = itertools.product(("ink", "soft", "link", "mark", "tip"), ("paper", "tint"))
        on_board = itertools.product(("chalk", "chalk-soft"), ("board", "board-low"))
        for text, ground in (*on_paper, *on_board, ("sun-ink", "sun")):
            assert contrast(tokens[text], tokens[ground]) >= 7, (text, ground)
        for sign, ground in (("sun", "board"), ("focus", "paper"), ("focus", "tint")):
            assert contrast(tokens[sign], tokens[ground]) >= 3, (sign, ground)
        assert contrast(tokens["chalk-soft"], tokens["board-far"]) >= 4.5  # a card under the pointer


def test_a_colour_that_carries_text_stays_as_it_is() -> None:
    made = palette("#3b1d5a", "#ffd152")
    assert (made.brand, made.accent, made.changed) == ("#3b1d5a", "#ffd152", ())


def test_a_grey_gets_no_hue() -> None:
    made = palette("#808080")
    for tokens in (made.light, made.dark):
        greys = [value for name, value in tokens.items() if name != "sun" and name != "focus"]
        assert [value for value in greys if len({value[1:3], value[3:5], value[5:7]}) > 1] == []


def made_with(site: Make, look: str, files: dict[str, str] | None = None) -> SiteFolder:
    """Return a site in this look, with the templates and styles of the theme."""
    made = site(SETTINGS % look)
    for folder in ("templates", "locales"):
        for path in tree(made.root / folder):
            made.remove(f"{folder}/{path}")
    for path, text in (files or {}).items():
        made.edit(path, text)
    made.build()
    return made


def test_the_colours_go_into_styles_icons_and_pages(site: Make) -> None:
    made = made_with(site, 'brand: "#3b1d5a", accent: "#ff8800"')
    assert made.problems == []
    (style,) = [data.decode() for path, data in made.outputs.items() if path.startswith("assets/css/site.")]
    assert "--board:#3b1d5a" in style
    assert re.search(r"prefers-color-scheme:dark\)\{:root\{[^}]*--board:#", style)
    assert not re.search(r"oklch\(", style), "browsers get hexadecimal"
    (sign,) = [data.decode() for path, data in made.outputs.items() if path.startswith("assets/icons/favicon.")]
    assert 'fill="#3b1d5a"' in sign
    assert 'fill="#ff8800"' in sign
    for start, size in (("assets/icons/favicon-32.", 32), ("assets/icons/touch-180.", 180)):
        (data,) = [data for path, data in made.outputs.items() if path.startswith(start)]
        picture = Image.open(io.BytesIO(data))
        assert picture.size == (size, size)
        assert picture.convert("RGB").getpixel((0, 0)) == (0x3B, 0x1D, 0x5A)
    page = made.read("en/index.html")
    assert '<meta name="theme-color" content="#3b1d5a" media="(prefers-color-scheme: light)">' in page


def test_a_colour_that_gives_way_is_a_note_and_not_a_warning(site: Make) -> None:
    made = made_with(site, 'brand: "#ffd000"')
    assert made.codes == ["theme-contrast"]
    assert made.read("en/index.html")


def test_fonts_logo_and_a_plain_head(site: Make) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'
    home = "---\ntitle: Town\ntemplate: home.html\n---\n\nA town.\n"
    look = 'fonts: {text: "Source Serif 4, serif"}, logo: img/arms.svg, hero: plain'
    made = made_with(
        site, look, {"static/img/arms.svg": drawing, "content/en/index.md": home, "content/sl/index.md": home}
    )
    assert made.problems == []
    page = made.read("en/index.html")
    assert re.search(r'<img class="emblem" src="\.\./assets/img/arms\.\w+\.svg" alt="">', page)
    assert 'class="skyline"' not in page
    (style,) = [data.decode() for path, data in made.outputs.items() if path.startswith("assets/css/site.")]
    assert '--book:"Source Serif 4",serif' in style


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (
            "@media (prefers-color-scheme: dark) { :root { --a: b; } }",
            (
                '@media (prefers-color-scheme: dark) { :root:where(:not([data-scheme="light"])) { --a: b; } }\n'
                '@media screen { :root:where([data-scheme="dark"]) { --a: b; } }'
            ),
        ),
        (
            "@media (prefers-contrast: more) and (prefers-color-scheme: dark) {:root{--a:b}}:root{--c:d}",
            (
                "@media (prefers-contrast: more) and (prefers-color-scheme: dark) "
                '{:root:where(:not([data-scheme="light"])){--a:b}}\n'
                '@media screen and (prefers-contrast: more) {:root:where([data-scheme="dark"]){--a:b}}:root{--c:d}'
            ),
        ),
        (":root { --a: b; }", ":root { --a: b; }"),
    ],
)
def test_a_block_for_the_dark_is_written_for_the_choice_too(css: str, expected: str) -> None:
    assert switchable(css) == expected


def test_the_dark_of_the_theme_is_that_of_its_root_in_two_files() -> None:
    texts = {path.name: path.read_text() for path in (PROJECT / "sitegen/theme/static").rglob("*.css")}
    dark = {name: text for name, text in texts.items() if "color-scheme: dark" in text}
    assert set(dark) == {"palette.css", "code.css"}
    blocks = [
        block for text in dark.values() for block in re.findall(r"color-scheme: dark\) \{\n(.*?)^\}", text, re.M | re.S)
    ]
    assert len(blocks) == 3
    assert all(re.fullmatch(r"\s*:root \{[^{}]*\}\s*", block) for block in blocks)


CARD = "{font: fonts/serif.ttf}"
FONT = (PROJECT / "static/cards/noto-serif-bold.ttf").read_bytes()


def carded(site: Make, settings: str) -> SiteFolder:
    """Make a site with social cards."""
    made = site((SETTINGS % "switch: false").replace("theme: {switch: false}", settings))
    made.write_bytes("static/fonts/serif.ttf", FONT)
    return made


@pytest.mark.parametrize("brand", BRANDS)
def test_a_card_without_a_drawing_is_in_the_colours_of_the_brand(site: Make, brand: str) -> None:
    made = carded(site, f'theme: {{brand: "{brand}"}}\ncards: {CARD}')
    assert [code for code in made.codes if code != "theme-contrast"] == []
    card = Image.open(io.BytesIO(made.read_bytes("sl/card.png"))).convert("RGB")
    colours = palette(brand)
    assert card.size == (1200, 630)
    for place, colour in (((20, 20), colours.light["board"]), ((600, 628), colours.accent)):
        assert near(card.getpixel(place), colour), place
    text = card.crop((72, 60, 1128, 440)).getcolors(100_000)
    assert text
    assert any(near(pixel, "#f7faf5") for _, pixel in text), "no letters"


def near(pixel: object, colour: str) -> bool:
    """Say whether two colours are the same but for the few that the file keeps."""
    assert isinstance(pixel, tuple)
    return all(abs(pixel[at] - int(colour[at * 2 + 1 : at * 2 + 3], 16)) <= 8 for at in range(3))


def test_the_font_of_the_cards_is_not_published(site: Make) -> None:
    made = carded(site, f"cards: {CARD}")
    made.build()
    assert not [path for path in made.outputs if path.endswith(".ttf")]


def test_another_brand_is_another_card(site: Make) -> None:
    made = carded(site, f'theme: {{brand: "#113f36"}}\ncards: {CARD}')
    made.build()
    before = made.read_bytes("sl/card.png")
    made.edit("site.yaml", (made.root / "site.yaml").read_text().replace("#113f36", "#3b1d5a"))
    made.build()
    assert made.read_bytes("sl/card.png") != before


def test_cards_want_a_font_or_texts(site: Make) -> None:
    made = carded(site, "cards: {}")
    assert made.codes == ["card-broken"]
    assert "neither “font” nor “texts” is set" in made.problems[0]
