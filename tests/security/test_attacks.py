"""Generated attacks, built by the engine and opened in Chromium: nothing runs, nothing is loaded, nothing goes away.

Pages whose attack the build refuses are taken out, and the rest is published: what passes is what counts. That the
recorder sees what it is there for is shown by pages that do act.
"""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from playwright.sync_api import Browser, Error, Page, sync_playwright
from support.site import SiteFolder, needs

from benchmarks import chromium
from security.planting import CASES, Case
from sitegen.model.files import Source
from sitegen.model.messages import is_error
from sitegen.text.gettext.catalogs import read_catalog

Make = Callable[..., SiteFolder]
# Runs before anything of the page: whatever an attack calls is told, and every element is touched in the end.
RECORDER = """
window.recorded = [];
for (const name of ['alert', 'open', 'fetch']) window[name] = () => { window.recorded.push(name); };
addEventListener('securitypolicyviolation', () => window.recorded.push('violation'));
window.touched = () => {
  for (const element of document.querySelectorAll('*')) {
    for (const kind of ['mouseover', 'focus', 'toggle', 'load', 'error', 'beginEvent'])
      element.dispatchEvent(new Event(kind));
    for (const attribute of element.attributes || [])
      if (attribute.name.toLowerCase().startsWith('on')) window.recorded.push(attribute.name);
    for (const key of ['href', 'src', 'action', 'formAction', 'data', 'cite', 'poster']) {
      const value = element[key];
      const address = value && value.baseVal !== undefined ? value.baseVal : value;
      if (typeof address === 'string' && /^(javascript|vbscript|data|blob):/i.test(address)) window.recorded.push(key);
    }
  }
  return window.recorded;
};
"""
TEMPLATE = """{% extends 'base.html' %}
{% block main %}
<article>{{ content }}</article>
<p title="{{ page.title }}">{{ page.title }}</p>
{% for name, one in data|dictsort %}<p title='{{ one.x }}' data-x="{{ one.x }}">{{ one.x }}</p>{% endfor %}
<p title="{{ _('Planted') }}">{{ _('Planted') }}</p>
{% for source in page.sources %}<a href="{{ source.address }}">{{ source.title }}</a>{% endfor %}
{% set addresses = data.values()|map(attribute='x')|list %}
<script type="application/ld+json">{{ {'name': page.title, 'url': addresses}|jsonld }}</script>
{% endblock %}
"""


def drawn(count: int, seed: int) -> list[Case]:
    """Return attacks: the same ones for the same seed."""
    found: list[Case] = []

    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(CASES)
    def draw(case: Case) -> None:
        found.append(case)

    draw = __import__("hypothesis").seed(seed)(draw)
    draw()
    return found[:count]


def tamed(case: Case, number: int) -> Case:
    """Return an attack that is one in one place only, so that the build does not refuse all of them at once."""
    calm = Case("A.", "A", "https://example.org/", "A", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    name = Case._fields[number % len(Case._fields)]
    return calm._replace(**{name: getattr(case, name)})


def text_of(case: Case) -> str:
    """Return the page of an attack; its front matter is JSON, which YAML reads."""
    sources = json.dumps([{"title": case.title, "address": case.value}])
    return f"---\ntitle: {json.dumps(case.title)}\nsources: {sources}\n---\n\n{case.body}\n\n![a](FILE)\n"


def plant(made: SiteFolder, cases: list[Case]) -> None:
    """Write the attacks into a site, and take out what the build refuses, until it takes the rest."""
    made.edit("templates/page.html", TEMPLATE)
    path = "locales/sl/LC_MESSAGES/messages.po"
    catalogue = (made.root / path).read_text()
    for number, hostile in enumerate(cases):
        case = tamed(hostile, number)
        made.edit(f"content/sl/a{number}.md", text_of(case).replace("FILE", f"b{number}.svg"))
        made.edit(f"content/sl/b{number}.svg", case.drawing)
        made.edit(f"data/d{number}.yaml", f"x: {json.dumps(case.value)}\n")
        words = f'{catalogue}\nmsgid "Planted"\nmsgstr {json.dumps(case.string)}\n'
        _, wrong = read_catalog(Source(path, words.encode("utf-8", "replace")), "sl")
        if not any(is_error(one) for one in wrong):
            made.edit(path, words)
    for _ in range(len(cases)):
        result = made.build()
        if not result.failed:
            return
        bad = {p.place.path for p in result.problems if is_error(p)}
        drawings = {file for file in bad if file.endswith(".svg")}
        bad |= {file.replace("/b", "/a").replace(".svg", ".md") for file in drawings}
        for file in bad:
            if (made.root / file).is_file() and "index" not in file and not file.startswith("templates/"):
                made.remove(file)
    raise AssertionError(made.problems[:5])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    needs("Chromium", chromium.found())
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium.found(), args=chromium.SWITCHES)
        yield running
        running.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.add_init_script(RECORDER)
    yield context.new_page()
    context.close()


def recorded(tab: Page, folder: Path, files: list[str]) -> dict[str, list[str]]:
    """Open files one after the other; return what each of them did."""
    found: dict[str, list[str]] = {}
    now: list[str] = []
    inside = folder.as_uri()
    tab.on("request", lambda one: None if one.url.startswith(inside) else now.append(f"request {one.url}"))
    tab.on("dialog", lambda one: (now.append("dialog"), one.dismiss()))
    tab.on("framenavigated", lambda one: now.append(f"navigation {one.url}"))
    tab.on("popup", lambda one: now.append("popup"))
    for file in files:
        now.clear()
        address = (folder / file).as_uri()
        tab.goto(address, wait_until="load")
        try:
            acts = tab.evaluate("window.touched()")
            tab.wait_for_timeout(30)
        except Error:  # the page has gone away meanwhile
            acts = ["navigation"]
            tab.wait_for_load_state()
        acts += [one for one in now if one != f"navigation {address}"]
        if acts:
            found[file] = sorted(set(acts))
    return found


def published(made: SiteFolder) -> list[str]:
    """Return every page and drawing of a built site."""
    return sorted(path for path in made.outputs if path.endswith((".html", ".svg")) and "404" not in path)


def attack(site: Make, tab: Page, policy: str, count: int, seed: int) -> None:
    made = site()
    made.edit("site.yaml", (made.root / "site.yaml").read_text() + f"raw_html: {{policy: {policy}}}\n")
    plant(made, drawn(count, seed))
    files = published(made)
    assert len(files) > count // 10
    assert recorded(tab, made.root / "public", files) == {}


BOTH = pytest.mark.parametrize("policy", ["clean", "escape"])


@BOTH
def test_thirty_attacks_do_nothing_in_a_browser(site: Make, tab: Page, policy: str) -> None:
    attack(site, tab, policy, 15, seed=1)


@BOTH
@pytest.mark.proof
def test_three_hundred_attacks_do_nothing_in_a_browser(site: Make, tab: Page, policy: str) -> None:
    attack(site, tab, policy, 150, seed=random.randrange(2**32))


@pytest.mark.parametrize(
    "act",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<p onmouseover='alert(1)'>a</p>",
        "<a href='java\tscript:alert(1)'>a</a>",
        "<a href='data:text/html,a'>a</a>",
        "<iframe src='data:text/html,a'></iframe>",
        "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
        "<img src='http://127.0.0.1:9/a.png'>",
        "<link rel=stylesheet href='http://127.0.0.1:9/a.css'>",
        "<meta http-equiv=refresh content='0;url=about:blank'>",
        "<svg onload=alert(1)></svg>",
        "<svg><a xlink:href='javascript:alert(1)'><text y=9>a</text></a></svg>",
        "<form action='javascript:alert(1)'></form>",
    ],
)
def test_the_recorder_sees_pages_that_act(tab: Page, tmp_path: Path, act: str) -> None:
    (tmp_path / "a.html").write_text(f"<!DOCTYPE html><title>a</title>{act}")
    assert recorded(tab, tmp_path, ["a.html"])


def test_the_recorder_sees_drawings_that_act(tab: Page, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    (tmp_path / "b.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    assert set(recorded(tab, tmp_path, ["a.svg", "b.svg"])) == {"a.svg", "b.svg"}
