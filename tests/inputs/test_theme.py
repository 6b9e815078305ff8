"""The default theme: a site without looks has all of it, its own files go first, nothing in it is about one site."""

import io
import re
from collections.abc import Callable

import pytest
from babel.messages.pofile import read_po
from support.site import PROJECT, SiteFolder, tree

from sitegen.inputs.theme import FOLDER, layered, merged
from sitegen.model.files import Catalog

Make = Callable[..., SiteFolder]
BARE = """
-- site.yaml --
title: {sl: Mesto, en: City}
default_language: sl
base_url: https://city.example/
languages:
  sl: {label: Slovenščina, locale: sl_SI, weight: 1}
  en: {label: English, locale: en_GB, weight: 2}
search: true
"""


@pytest.fixture
def bare(site: Make) -> Callable[[str], SiteFolder]:
    """Return a function that makes a site without templates, static files and catalogues, but for those given."""

    def make(files: str = "") -> SiteFolder:
        made = site(BARE)
        for folder in ("templates", "locales"):
            for path in tree(made.root / folder):
                made.remove(f"{folder}/{path}")
        for path, text in unpacked(files):
            made.edit(path, text)
        return made

    return make


def unpacked(files: str) -> list[tuple[str, str]]:
    """Split a text of files as conftest does."""
    return [(path, text) for path, text in re.findall(r"-- (\S+) --\n(.*?)(?=^-- |\Z)", files, re.M | re.S)]


def test_a_site_without_looks_has_those_of_the_theme(bare: Callable[[str], SiteFolder]) -> None:
    made = bare("")
    assert made.problems == []
    page = made.read("sl/index.html")
    assert 'class="site-header"' in page
    assert "Skoči na vsebino" in page
    assert re.search(r'href="\.\./assets/css/site\.\w+\.css"', page)


def test_own_template_takes_the_place_of_one_component(bare: Callable[[str], SiteFolder]) -> None:
    made = bare("-- templates/components/colophon.html --\n<p>Mine.</p>\n")
    assert made.problems == []
    assert "<p>Mine.</p>" in made.read("sl/index.html")
    assert 'class="site-header"' in made.read("sl/index.html")


def test_own_template_extends_the_one_whose_place_it_takes(bare: Callable[[str], SiteFolder]) -> None:
    made = bare(
        "-- templates/page.html --\n{% extends 'theme/page.html' %}\n{% block after %}<p>More.</p>{% endblock %}\n"
        "-- content/sl/one.md --\n---\ntitle: Ena\n---\n"
    )
    assert made.problems == []
    assert "<p>More.</p>" in made.read("sl/one/index.html")
    assert 'class="breadcrumb"' in made.read("sl/one/index.html")


def test_own_static_file_goes_first(bare: Callable[[str], SiteFolder]) -> None:
    made = bare("-- static/css/own.css --\n.brand { color: red; }\n-- static/icons/favicon.svg --\n<svg/>\n")
    assert made.problems == []
    style = next(data for path, data in made.outputs.items() if path.startswith("assets/css/site."))
    assert b".brand{color:red" in style
    assert b"--paper" in style
    assert sum(path.startswith("assets/icons/favicon.") for path in made.outputs) == 1


def test_own_strings_go_before_those_of_the_theme(bare: Callable[[str], SiteFolder]) -> None:
    made = bare(
        '-- locales/sl/LC_MESSAGES/messages.po --\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '\nmsgid "Skip to content"\nmsgstr "Kar na vsebino"\n'
    )
    assert made.problems == []
    assert "Kar na vsebino" in made.read("sl/index.html")
    assert 'aria-label="Jezik"' in made.read("sl/index.html")


def test_a_mistake_in_the_theme_names_its_file(bare: Callable[[str], SiteFolder]) -> None:
    made = bare("-- templates/components/link.html --\n{{ nothing }}\n-- templates/blocks/x.html --\n")
    made.edit("site.yaml", BARE.split("--\n", 1)[1] + "navigation: {main: [gone.md]}\n")
    assert made.codes == ["menu-page-missing"]
    made.edit("site.yaml", BARE.split("--\n", 1)[1] + "navigation: {main: [index.md]}\n")
    assert made.build().problems[0].place.path == "templates/components/link.html"


def test_a_language_without_words_is_told(bare: Callable[[str], SiteFolder]) -> None:
    made = bare("-- content/fr/index.md --\n---\ntitle: Ville\n---\n")
    settings = BARE.split("--\n", 1)[1].replace("en: City}", "en: City, fr: Ville}")
    made.edit("site.yaml", settings.replace("search:", "  fr: {label: Français, locale: fr, weight: 3}\nsearch:"))
    assert made.codes == ["catalog-missing"]
    assert "Skip to content" in made.read("fr/index.html")


def test_theme_none_brings_nothing(bare: Callable[[str], SiteFolder]) -> None:
    made = bare("")
    made.edit("site.yaml", BARE.split("--\n", 1)[1] + "theme: none\n")
    assert "template-missing" in made.codes


def test_only_templates_that_are_named_are_kept_twice() -> None:
    templates, borrowed = layered({"page.html": "{% extends 'theme/page.html' %}"}, {"page.html": "a", "b.html": "b"})
    assert templates == {"page.html": "{% extends 'theme/page.html' %}", "theme/page.html": "a", "b.html": "b"}
    assert borrowed == {"theme/page.html", "b.html"}


def test_plural_forms_of_another_order_are_put_in_order() -> None:
    theme = Catalog(
        "sl", "(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3)", {"day": ("1", "2", "3-4", "5")}
    )
    own = Catalog("sl", "(n%100==1 ? 1 : n%100==2 ? 2 : n%100==3 || n%100==4 ? 3 : 0)", {"own": ("5", "1", "2", "3-4")})
    found = merged(own, theme)
    assert found is not None
    assert found.messages == {"day": ("5", "1", "2", "3-4"), "own": ("5", "1", "2", "3-4")}


def test_nothing_in_the_theme_is_about_one_site() -> None:
    words = ("unesco", "learning cit", "učeč", "ciudades", "conference", "konferenc", "award", "framework")
    for path, data in tree(FOLDER).items():
        if path.endswith((".html", ".css", ".js", ".svg", ".po")):
            text = data.decode().casefold()
            assert [word for word in words if word in text] == [], path


@pytest.mark.parametrize("lang", ["sl", "en", "es", "de", "ar"])
def test_every_catalogue_of_the_theme_is_complete(lang: str) -> None:
    data = (FOLDER / f"locales/{lang}/LC_MESSAGES/messages.po").read_bytes()
    catalog = read_po(io.BytesIO(data), locale=lang)
    for message in catalog:
        strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        assert all(strings), (lang, message.id)
        if message.pluralizable:
            assert len(strings) == catalog.num_plurals == {"sl": 4, "ar": 6}.get(lang, 2)
    assert (
        list(catalog.check()) == [] or lang == "ar"
    )  # Babel wants the number in every form; Arabic has words for 1, 2


def test_the_checkout_and_the_package_have_one_theme() -> None:
    assert FOLDER == PROJECT / "sitegen/theme"


DEEP = "".join(
    f"-- content/sl/{path} --\n---\ntitle: {title}\n---\n\nBesedilo.\n\n"
    for path, title in (
        ("a/index.md", "A"), ("a/one.md", "A1"), ("a/b/index.md", "B"), ("a/b/one.md", "B1"), ("a/b/c/index.md", "C"),
        ("a/b/c/one.md", "C1"), ("a/d/index.md", "D"), ("a/d/one.md", "D1"),
    )
)  # fmt: skip


def menu_of(html: str) -> str:
    """Return the section menu as nested lists: the labels, the current one between stars."""
    menu = html.partition('<nav class="section-menu"')[2].partition("</summary>")[2].partition("</details>")[0]
    menu = re.sub(r'<a [^>]*aria-current="page"[^>]*>([^<]*)</a>', r"*\1*", menu)
    return re.sub(r"<(?!/?ul)[^>]*>|\s+", " ", menu).replace("<ul>", "(").replace("</ul>", ")").replace(" ", "")


@pytest.mark.parametrize(
    ("path", "menu"),
    [
        ("a", "(A1BD)"),
        ("a/one", "(Pregled*A1*BD)"),
        ("a/b", "(PregledA1*B*(B1C)D)"),
        ("a/b/one", "(PregledA1B(*B1*C)D)"),
        ("a/b/c", "(PregledA1B(B1*C*(C1))D)"),
        ("a/b/c/one", "(PregledA1B(B1C(*C1*))D)"),
        ("a/d/one", "(PregledA1BD(*D1*))"),
    ],
)
def test_the_menu_of_a_section_unfolds_the_branch_of_the_page(
    bare: Callable[[str], SiteFolder], path: str, menu: str
) -> None:
    made = bare(DEEP)
    assert made.codes == []
    assert menu_of(made.read(f"sl/{path}/index.html")) == menu


def test_a_page_deep_in_another_branch_is_built_again_only_where_its_branch_is_shown(
    bare: Callable[[str], SiteFolder],
) -> None:
    made = bare(DEEP)
    made.build()
    made.edit("content/sl/a/b/two.md", "---\ntitle: B2\n---\n\nNovo.\n")
    made.build()
    assert "B2" in menu_of(made.read("sl/a/b/c/one/index.html"))
    assert "B2" not in menu_of(made.read("sl/a/d/one/index.html"))
