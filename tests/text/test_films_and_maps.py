"""Films and maps: files next to the page, and links to other sites that are asked for nothing before a click."""

import io
import re
from collections.abc import Callable

from PIL import Image
from support.site import SiteFolder, tree

Make = Callable[..., SiteFolder]
SETTINGS = """
-- site.yaml --
title: Town
default_language: en
base_url: https://town.example/
feed: {section: news/index}
languages:
  en: {label: English, locale: en_GB, weight: 1}
  sl: {label: Slovenščina, locale: sl_SI, weight: 2}
-- content/sl/index.md --
---
title: Mesto
---
"""
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(64)
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nThe square.\n"


def picture(width: int = 640, height: int = 360) -> bytes:
    """Return a picture of this size."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).save(out, "PNG")
    return out.getvalue()


def town(site: Make, text: str, folder: str = "content/en") -> SiteFolder:
    """Return a site in the templates of the theme whose English home page has this text, with files next to it."""
    made = site(SETTINGS)
    for part in ("templates", "locales"):
        for path in tree(made.root / part):
            made.remove(f"{part}/{path}")
    made.edit("content/en/index.md", f"---\ntitle: Town\n---\n\n{text}\n")
    made.edit("content/en/news/index.md", "---\ntitle: News\n---\n")
    for name, data in (("tour.mp4", FILM), ("tour.vtt", CAPTIONS.encode()), ("tour.png", picture())):
        made.write_bytes(f"{folder}/{name}", data)
    made.write_bytes(f"{folder}/square.png", picture(1600, 900))
    return made


def figure(html: str) -> str:
    """Return the figure of a page."""
    (found,) = re.findall(r"<figure.*?</figure>", html, re.S)
    return str(found)


def test_a_film_of_the_site_has_controls_a_picture_and_captions(site: Make) -> None:
    made = town(site, "::video{file=tour.mp4 title='The \"old\" library' captions=tour.vtt poster=tour.png}")
    assert made.problems == []
    shown = figure(made.read("en/index.html"))
    for part in (
        r'<video controls playsinline src="\.\./assets/en/tour\.\w+\.mp4" aria-label="The ‘old’ library"',
        r' preload="none" poster="\.\./assets/en/tour\.\w+\.png" width="640" height="360">',
        r'<track kind="captions" srclang="en" label="English" src="\.\./assets/en/tour\.\w+\.vtt">',
        r"<figcaption>The ‘old’ library</figcaption>",
    ):
        assert re.search(part, shown), (part, shown)
    assert "blocks." in made.read("en/index.html"), "the stylesheet of films"


def test_a_film_with_nothing_to_hear_has_no_captions(site: Make) -> None:
    made = town(site, '::video{file=tour.mp4 title=Tour captions=""}')
    assert made.problems == []
    shown = figure(made.read("en/index.html"))
    assert "<track" not in shown
    assert 'preload="metadata"' in shown
    assert not [path for path in made.outputs if path.endswith(".vtt")], "what no page needs is not published"


def test_captions_are_those_of_the_readers_language(site: Make) -> None:
    made = town(site, "")
    made.edit("content/sl/index.md", "---\ntitle: Mesto\n---\n\n::video{file=tour.mp4 title=Trg captions=tour.vtt}\n")
    made.edit("content/en/tour.sl.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\nTrg.\n")
    assert made.problems == []
    shown = figure(made.read("sl/index.html"))
    (source,) = re.findall(r'<track kind="captions" srclang="sl" label="slovenščina" src="([^"]*)">', shown)
    assert b"Trg." in made.read_bytes(source.replace("../", ""))


def test_a_film_elsewhere_is_a_link(site: Make) -> None:
    made = town(site, '::video{href="https://www.films.example/42?a=1&b=2" title="The library" poster=tour.png}')
    assert made.problems == []
    html = made.read("en/index.html")
    shown = figure(html)
    assert '<a href="https://www.films.example/42?a=1&amp;b=2">' in shown
    assert re.search(r'<img src="[^"]*tour\.\w+\.png" width="640" height="360".* alt="" loading="lazy"', shown)
    assert ">films.example<" in shown
    assert not re.search(r"<(?:iframe|script|video|object|embed)", shown)
    assert not re.search(r'(?:src|srcset|poster|data-\w+)="[^"]*films\.example', html), "nothing is asked for"


def test_a_map_is_a_picture_and_a_link(site: Make) -> None:
    address = "https://www.openstreetmap.org/#map=17/46.05/14.51"
    credit = "© OpenStreetMap contributors"
    made = town(site, f'::map{{image=square.png alt="The square" href="{address}" credit="{credit}"}}')
    assert made.problems == []
    shown = figure(made.read("en/index.html"))
    assert f'<a href="{address}">' in shown
    assert re.search(r'srcset="\S+square\S+ \d+w, ', shown), "several widths"
    assert 'alt="The square"' in shown
    assert "Open the map" in shown
    assert f"<figcaption>{credit}</figcaption>" in shown


def test_a_wrong_option_is_reported_at_its_line(site: Make) -> None:
    made = town(site, "::toc\n\n::map{image=squar.png alt=Square href=https://maps.example/}")
    assert [line.split("\n")[0] for line in made.problems] == [
        "content/en/index.md:7:1: error: The file “squar.png” does not exist. [file-not-found]"
    ]
    made = town(site, "::map{image=square.png href=https://maps.example/}")
    assert [line.split("\n")[0] for line in made.problems] == [
        "content/en/index.md:5:1: error: The block does not have the option “alt”. [block-option-missing]"
    ]


def test_an_address_that_would_run_is_refused(site: Make) -> None:
    made = town(site, '::video{href="java&#9;script:alert(1)" title=Film}')
    assert "output-scheme" in made.codes
    made = town(site, '::map{image=square.png alt="" href="data:text/html,x"}')
    assert "output-scheme" in made.codes


def test_a_file_that_is_refused_is_refused_in_a_block(site: Make) -> None:
    made = town(site, '::video{file=tour.mp4 title=Tour captions=""}')
    made.write_bytes("content/en/tour.mp4", b"<!DOCTYPE html><script>alert(1)</script>")
    assert [code for code in made.codes if code.startswith("file-")], made.problems


def test_news_with_a_film_are_read_elsewhere(site: Make) -> None:
    made = town(site, "")
    head = "---\ntitle: Film\ndate: 2025-12-01\n---\n"
    made.edit("content/en/news/film.md", f'{head}\n::video{{file=tour.mp4 title=Tour captions="" poster=tour.png}}\n')
    for name, data in (("tour.mp4", FILM), ("tour.png", picture())):
        made.write_bytes(f"content/en/news/{name}", data)
    assert made.problems == []
    feed = made.read("en/feed.xml")
    assert re.search(r'src="https://town\.example/assets/en/news/tour\.\w+\.mp4', feed.replace("&quot;", '"'))


def test_a_block_of_the_site_goes_before_that_of_the_theme(site: Make) -> None:
    made = town(site, "::video{file=elsewhere.mp4}")
    made.edit("templates/blocks/video.html", '<p class="own">{{ options.file }}</p>')
    assert made.problems == []
    assert '<p class="own">elsewhere.mp4</p>' in made.read("en/index.html")
