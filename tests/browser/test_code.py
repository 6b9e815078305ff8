"""Tabs and blocks of code in the browser: by keyboard, without scripts, copied, scrolled, and nothing moves."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from support.site import TODAY

from benchmarks.host import Host
from browser.conftest import Tab
from browser.test_axe import RUN, faults
from sitegen.build.pipeline import build
from sitegen.build.request import Options

SETTINGS = """title: {sl: Mesto, en: City, es: Ciudad, de: Stadt, ar: مدينة}
default_language: sl
base_url: https://city.example/
languages:
  sl: {label: Slovenščina, locale: sl_SI, weight: 1}
  en: {label: English, locale: en_GB, weight: 2}
  es: {label: Español, locale: es_ES, weight: 3}
  de: {label: Deutsch, locale: de_DE, weight: 4}
  ar: {label: العربية, locale: ar, direction: rtl, weight: 5}
"""
TEXT = """---
title: City
description: A page with tabs and code, as people write it.
---

Text.

```python title="a.py" {2}
first = "one & two"
second = 2  # LONG
```

```js
go();
```

```
plain <text>

```

- A list:

  ```text
  in a list
  ```

:::tabs
:::tab Linux
```sh
ls | sort
```
:::
:::tab Windows
The text for Windows, and [a link](index.md).
:::
:::
""".replace("LONG", "long " * 60)
COPIED = {
    "sl": ("Kopiraj kodo", "Kopirano"),
    "en": ("Copy code", "Copied"),
    "es": ("Copiar el código", "Copiado"),
    "de": ("Code kopieren", "Kopiert"),
    "ar": ("نسخ الشيفرة", "تم النسخ"),
}
CODE = ['first = "one & two"\nsecond = 2  # ' + "long " * 60, "go();", "plain <text>\n", "in a list", "ls | sort"]
PLACES = """[...document.querySelectorAll('main :not(.code, .copy, [role=status])')].map(
  (element) => Object.values(element.getBoundingClientRect().toJSON()))"""
SHIFTS = """new Promise((resolve) => new PerformanceObserver((list, observer) => {
  observer.disconnect();
  resolve(list.getEntries().map((entry) => entry.value));
}).observe({ type: 'layout-shift', buffered: true }) || setTimeout(resolve, 500, []))"""
OPEN = "[...document.querySelectorAll('.tab')].map((tab) => tab.open)"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, published: Path) -> Iterator[Host]:
    """Serve a site with the theme as it comes, one page in five languages. `published`: only where Chromium is."""
    root = tmp_path_factory.mktemp("city")
    (root / "site.yaml").write_text(SETTINGS, encoding="utf-8")
    for lang in COPIED:
        page = root / f"content/{lang}/index.md"
        page.parent.mkdir(parents=True)
        page.write_text(TEXT, encoding="utf-8")
    assert not build(Options(root=root, today=TODAY, jobs=1)).failed
    with Host(root / "public") as host:
        yield host


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_tabs_are_opened_by_keyboard(city: Host, tab: Tab, scripts: bool) -> None:
    page = tab(java_script_enabled=scripts)
    page.goto(city.url("en/index.html"))
    assert page.evaluate(OPEN) == [True, False]
    assert not page.get_by_text("The text for Windows").is_visible()
    page.locator("summary").first.focus()
    presses = itertools.count()
    while not page.evaluate("document.activeElement.textContent === 'Windows'"):
        page.keyboard.press("Tab")
        assert next(presses) < 4
    page.keyboard.press("Enter")
    assert page.evaluate(OPEN) == [False, True]
    assert page.get_by_text("The text for Windows").is_visible()
    assert not page.get_by_text("ls | sort").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "a link"


@pytest.mark.parametrize("lang", COPIED)
def test_code_is_copied_by_keyboard_and_said_to_be(city: Host, tab: Tab, lang: str) -> None:
    copy, copied = COPIED[lang]
    page = tab(permissions=["clipboard-read", "clipboard-write"])
    page.clock.install()
    page.goto(city.url(f"{lang}/index.html"))
    buttons = page.get_by_role("button", name=copy, exact=True)
    assert buttons.count() == len(CODE)
    page.locator("pre").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    status = page.locator("main [role=status]")
    status.filter(has_text=copied).wait_for(state="attached")
    assert page.evaluate("document.activeElement.textContent") == copied
    assert page.evaluate("navigator.clipboard.readText()") == CODE[0]
    page.clock.run_for(10_000)
    page.wait_for_function("(name) => document.activeElement.textContent === name", arg=copy)
    assert buttons.count() == len(CODE)
    assert status.inner_text() == ""


def test_each_block_is_copied_without_its_label_caption_and_last_line_end(city: Host, tab: Tab) -> None:
    page = tab(permissions=["clipboard-read", "clipboard-write"])
    page.goto(city.url("en/index.html"))
    for number, code in enumerate(CODE):
        page.locator(".copy").nth(number).click()
        page.wait_for_function(
            "(number) => document.querySelectorAll('.copy')[number].textContent === 'Copied'", arg=number
        )
        assert page.evaluate("navigator.clipboard.readText()") == code


def test_where_the_browser_refuses_the_code_is_selected(city: Host, tab: Tab) -> None:
    page = tab()
    page.goto(city.url("en/index.html"))
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    page.locator(".copy").nth(1).click()
    assert page.evaluate("getSelection().toString().trim()") == "go();"
    assert page.locator(".copy").nth(1).inner_text() == "Copy code"


def test_without_scripts_there_is_no_button_and_no_room_for_one(city: Host, tab: Tab) -> None:
    page = tab(java_script_enabled=False)
    page.goto(city.url("en/index.html"))
    assert not page.locator(".copy").count()
    labelled, plain = page.locator("pre").nth(1).bounding_box(), page.locator("pre").nth(3).bounding_box()
    assert labelled
    assert plain
    assert labelled["height"] > plain["height"] + 20  # the label has a strip, and nothing else


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_moves_when_the_buttons_come(city: Host, tab: Tab, width: int, lang: str) -> None:
    page = tab(width)
    page.route("**/code.*.js", lambda route: route.abort())
    page.goto(city.url(f"{lang}/index.html"))
    before = page.evaluate(PLACES)
    page.unroute("**/code.*.js")
    page.goto(city.url(f"{lang}/index.html"))
    page.locator(".copy").first.wait_for()
    assert page.evaluate(PLACES) == before
    assert page.evaluate(SHIFTS) == []
    page.locator(".copy").first.click()
    assert page.evaluate(PLACES) == before


def test_the_button_is_beside_the_label_and_above_the_code(city: Host, tab: Tab) -> None:
    for width, lang in itertools.product((320, 1280), COPIED):
        page = tab(width)
        page.goto(city.url(f"{lang}/index.html"))
        for number in range(page.locator("pre:visible").count()):
            assert above(page, number), (width, lang, number)


def above(page: Page, number: int) -> bool:
    """Say whether the button of a block ends where its first line begins, and its label leaves it room."""
    return bool(
        page.evaluate(
            """(number) => {
  const pre = document.querySelectorAll('pre')[number];
  const copy = pre.parentElement.querySelector('.copy').getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(pre);
  const caption = pre.parentElement.querySelector('figcaption');
  const label = parseFloat(getComputedStyle(pre.parentElement, '::before').width) || 0;
  return copy.bottom <= range.getClientRects()[0].top && copy.height >= 24 && label + copy.width < pre.clientWidth
    && (!caption || caption.getBoundingClientRect().bottom <= copy.top);
}""",
            number,
        )
    )


def test_long_code_scrolls_by_keyboard_and_the_page_does_not(city: Host, tab: Tab, look: str) -> None:
    page = tab(320)
    page.goto(city.url("en/index.html"))
    page.evaluate(look)
    assert page.evaluate("look.overflow()") == []
    code = page.locator("pre").first
    assert code.evaluate("(element) => element.scrollWidth > element.clientWidth")
    place = page.locator(".copy").first.bounding_box()
    code.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('pre').scrollLeft > 20")
    assert page.locator(".copy").first.bounding_box() == place


def test_paper_has_no_buttons(city: Host, tab: Tab) -> None:
    page = tab()
    page.goto(city.url("en/index.html"))
    page.emulate_media(media="print")
    assert not page.locator(".copy").first.is_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing(city: Host, tab: Tab, axe: str, lang: str, scheme: str, width: int) -> None:
    page = tab(width, color_scheme=scheme)
    page.goto(city.url(f"{lang}/index.html"))
    page.locator(".copy").first.click()
    assert faults(page, axe) == []
    page.locator("summary").last.click()
    page.evaluate(RUN)
    assert page.evaluate("answer") == []
