"""The verb `messages`: strings of templates and engine to catalogues, and nothing a translator wrote is lost."""

import contextlib
import gettext
import io
import re
from collections.abc import Callable

import pytest
from babel.messages.pofile import read_po
from support import nobody
from support.site import PROJECT, SiteFolder, tree

from sitegen.cli.main import main
from sitegen.model.files import Source
from sitegen.text.gettext.po import compiled, counts, template, updated
from sitegen.text.templates import Words, words_of_templates

Make = Callable[..., SiteFolder]
Captured = pytest.CaptureFixture[str]
SETTINGS = """-- site.yaml --
title: {sl: Mesto, en: City}
default_language: sl
base_url: https://city.example/
theme: none
languages:
  sl: {label: Slovenščina, locale: sl_SI, weight: 1}
  en: {label: English, locale: en_GB, weight: 2}
"""
PO = "locales/sl/LC_MESSAGES/messages.po"
HEAD = """# Words of the site.
# Ana Novak, 2026.
msgid ""
msgstr ""
"Project-Id-Version: city\\n"
"Language: sl\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"PO-Revision-Date: 2026-01-01 10:00+0000\\n"
"Plural-Forms: nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);\\n"
"""


def words(*texts: str | tuple[str, str]) -> dict[tuple[str, str], Words]:
    """Return strings as the templates would ask for them."""
    made = [Words((text,) if isinstance(text, str) else text) for text in texts]
    return {one.key: one for one in made}


def body(text: str) -> str:
    """Return a catalogue without its head."""
    return text.partition("\n\n")[2]


# The text of a catalogue


def test_head_and_comments_stay_as_they_were_written() -> None:
    old = f'{HEAD}\n# Of the menu.\nmsgid "Home"\nmsgstr "Domov"\n'
    assert updated(old, "sl", words("Home")) == old


def test_new_strings_come_in_the_order_of_the_alphabet() -> None:
    old = f'{HEAD}\nmsgid "Menu"\nmsgstr "Meni"\n'
    assert body(updated(old, "sl", words("Zoo", "Menu", "Apple"))) == (
        'msgid "Apple"\nmsgstr ""\n\nmsgid "Menu"\nmsgstr "Meni"\n\nmsgid "Zoo"\nmsgstr ""\n'
    )


def test_reworded_string_keeps_its_translation_as_a_suggestion() -> None:
    old = f'{HEAD}\n# Keep it short.\nmsgid "Search the site"\nmsgstr "Iskanje po spletišču"\n'
    new = updated(old, "sl", words("Search this site"))
    assert body(new) == (
        '# Keep it short.\n#, fuzzy\n#| msgid "Search the site"\nmsgid "Search this site"\n'
        'msgstr "Iskanje po spletišču"\n'
    )
    assert updated(new, "sl", words("Search this site")) == new


def test_similar_string_that_is_still_there_lends_nothing() -> None:
    old = f'{HEAD}\nmsgid "All news"\nmsgstr "Vse novice"\n'
    assert '"All pages"\nmsgstr ""' in updated(old, "sl", words("All news", "All pages"))


def test_translation_of_a_string_that_is_gone_waits_and_comes_back() -> None:
    old = f'{HEAD}\nmsgid "A"\nmsgstr "a"\n\nmsgid "Quite another one"\nmsgstr "b"\n'
    gone = updated(old, "sl", words("A"))
    assert body(gone) == 'msgid "A"\nmsgstr "a"\n\n#~ msgid "Quite another one"\n#~ msgstr "b"\n'
    assert updated(gone, "sl", words("A")) == gone
    assert updated(gone, "sl", words("A", "Quite another one")) == old
    assert body(updated(gone, "sl", words("A"), obsolete=False)) == 'msgid "A"\nmsgstr "a"\n'


def test_string_without_a_translation_goes_without_a_trace() -> None:
    old = f'{HEAD}\nmsgid "A"\nmsgstr ""\n\nmsgid "B"\nmsgstr "b"\n'
    assert body(updated(old, "sl", words("B"))) == 'msgid "B"\nmsgstr "b"\n'


def test_string_that_gets_a_plural_keeps_what_was_translated_as_a_suggestion() -> None:
    old = f'{HEAD}\nmsgid "%(num)s city"\nmsgstr "%(num)s mesto"\n'
    new = updated(old, "sl", words(("%(num)s city", "%(num)s cities")))
    assert "#, fuzzy, python-format" in new
    assert new.count('"%(num)s mesto"') == 4
    assert updated(new, "sl", words(("%(num)s city", "%(num)s cities"))) == new
    assert counts(new, "sl").fuzzy == 1


def test_windows_line_ends_and_byte_order_mark_are_accepted() -> None:
    old = f'{HEAD}\nmsgid "A"\nmsgstr "a"\n'
    assert updated("\ufeff" + old.replace("\n", "\r\n"), "sl", words("A")) == old


@pytest.mark.parametrize(("code", "forms"), [("sl", 4), ("en", 2), ("ar", 6), ("pt-BR", 2)])
def test_new_catalogue_has_the_plural_rule_of_its_language(code: str, forms: int) -> None:
    new = updated("", code, words(("%(num)s city", "%(num)s cities")))
    assert f"Language: {code}\\n" in new
    assert f"nplurals={forms};" in new
    assert new.count("msgstr[") == forms
    assert "Date" not in new
    assert updated(new, code, words(("%(num)s city", "%(num)s cities"))) == new


def test_compiled_catalogue_is_read_by_gettext_and_leaves_fuzzy_strings_out() -> None:
    text = (
        f'{HEAD}\nmsgid "A"\nmsgstr "a"\n\n#, fuzzy\nmsgid "B"\nmsgstr "b"\n\nmsgctxt "verb"\nmsgid "Open"\n'
        'msgstr "Odpri"\n\nmsgid "%(num)s day"\nmsgid_plural "%(num)s days"\nmsgstr[0] "dan"\nmsgstr[1] "dneva"\n'
        'msgstr[2] "dnevi"\nmsgstr[3] "dni"\n'
    )
    read = gettext.GNUTranslations(io.BytesIO(compiled(text)))
    assert read.gettext("A") == "a"
    assert read.gettext("B") == "B"
    assert read.pgettext("verb", "Open") == "Odpri"
    assert [read.ngettext("%(num)s day", "%(num)s days", n) for n in (1, 2, 3, 5)] == ["dan", "dneva", "dnevi", "dni"]
    assert read.info()["project-id-version"] == "city"


def test_template_names_files_and_notes_for_translators_but_no_dates() -> None:
    source = Source("templates/a.html", b"<p>\n{# Translators: a verb #}\n{{ _('Open') }}</p>{{ pgettext('x', 'Go') }}")
    found, problems = words_of_templates([source])
    assert problems == []
    text = template(found)
    assert '#. a verb\n#: templates/a.html\nmsgid "Open"\nmsgstr ""\n' in text
    assert 'msgctxt "x"\nmsgid "Go"' in text
    assert "Date" not in text


# The command


def run(made: SiteFolder, *arguments: str) -> int:
    """Run the verb on a site."""
    return main(["messages", *arguments], made.root)


def test_update_twice_changes_nothing_the_second_time(site: Make, capsys: Captured) -> None:
    made = site(f"{SETTINGS}-- templates/more.html --\n{{{{ _('More') }}}}\n-- {PO} --\n{HEAD}")
    assert run(made, "update", "--check") == 1
    assert "More" not in (made.root / PO).read_text(encoding="utf-8")
    assert run(made, "update") == 0
    first = tree(made.root)
    assert b'msgid "More"\nmsgstr ""\n' in first[PO]
    assert b"Project-Id-Version: city" in first[PO]
    capsys.readouterr()
    assert run(made, "update") == run(made, "update", "--check") == 0
    assert tree(made.root) == first
    assert capsys.readouterr().out.count("unchanged") == 4


def test_extract_writes_every_string_of_templates_and_engine(site: Make) -> None:
    made = site(f"{SETTINGS}-- templates/more.html --\n{{% trans %}}More{{% endtrans %}}\n")
    assert run(made, "extract", "--check") == 1
    assert not (made.root / "locales/messages.pot").exists()
    assert run(made, "extract") == 0
    with (made.root / "locales/messages.pot").open("rb") as file:
        found = {message.id for message in read_po(file) if message.id}
    assert {"More", "Note", "Tip", "Caution"} <= found
    assert run(made, "extract", "--check") == 0


def test_compile_makes_what_gettext_reads(site: Make) -> None:
    made = site(f'{SETTINGS}-- {PO} --\n{HEAD}\nmsgid "Home"\nmsgstr "Domov"\n')
    assert run(made, "compile", "--lang", "sl") == 0
    read = gettext.translation("messages", str(made.root / "locales"), ["sl"])
    assert read.gettext("Home") == "Domov"
    assert not (made.root / "locales/en/LC_MESSAGES/messages.mo").exists()
    assert run(made, "compile", "--lang", "sl", "--check") == 0


def test_status_counts_what_is_done_missing_and_fuzzy(site: Make, capsys: Captured) -> None:
    made = site(f"{SETTINGS}-- templates/more.html --\n{{{{ _('More') }}}}{{{{ _('Less') }}}}\n-- {PO} --\n{HEAD}")
    run(made, "update")
    text = (made.root / PO).read_text(encoding="utf-8")
    text = text.replace('"Less"\nmsgstr ""', '"Less"\nmsgstr "Manj"')
    made.edit(PO, text.replace('msgid "More"\nmsgstr ""', '#, fuzzy\nmsgid "More"\nmsgstr "Vec"'))
    missing = len([message for message in read_po(io.BytesIO(text.encode())) if message.id]) - 2
    capsys.readouterr()
    assert run(made, "status", "--lang", "sl") == 0
    assert capsys.readouterr().out == f"sl: 1 string translated, missing: {missing}, to be checked (fuzzy): 1\n"
    assert run(made, "status", "--check") == 1


def test_only_the_language_asked_for_is_written(site: Make) -> None:
    made = site(f"{SETTINGS}-- templates/more.html --\n{{{{ _('More') }}}}\n")
    before = tree(made.root)
    assert run(made, "update", "--lang", "en") == 0
    after = tree(made.root)
    assert {path for path in after if after[path] != before.get(path)} == {"locales/en/LC_MESSAGES/messages.po"}


def test_unknown_language_gives_two_and_one_line(site: Make, capsys: Captured) -> None:
    made = site(SETTINGS)
    before = tree(made.root)
    assert run(made, "update", "--lang", "de") == 2
    assert capsys.readouterr().err == "site.yaml has no language “de”. Choose from: sl, en.\n"
    assert tree(made.root) == before


@pytest.mark.parametrize("action", ["extract", "update", "compile", "status"])
def test_mistake_in_a_template_is_shown_with_its_line_and_nothing_is_written(
    site: Make, action: str, capsys: Captured
) -> None:
    made = site(f"{SETTINGS}-- templates/bad.html --\n<p>\n{{{{ _('More' }}}}\n-- {PO} --\n{HEAD}")
    before = tree(made.root)
    assert run(made, action) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith(
        "templates/bad.html:2: error: The template has a syntax error: “)” should be here instead of “}”."
    )
    assert "[template-broken]" in printed.err
    assert printed.err.endswith("1 error. Nothing was written.\n")
    assert tree(made.root) == before


@pytest.mark.parametrize(
    ("damage", "place", "code"),
    [
        ('msgid "A\nmsgstr "a"\n', ":11:", "catalog-broken"),
        ('msgid "A"\nmsgstr "a"\nnonsense\n', ":13:", "catalog-broken"),
    ],
)
def test_damaged_catalogue_is_shown_with_its_line_and_not_overwritten(
    site: Make, damage: str, place: str, code: str, capsys: Captured
) -> None:
    made = site(f"{SETTINGS}-- {PO} --\n{HEAD}\n{damage}")
    before = tree(made.root)
    assert run(made, "update") == 1
    printed = capsys.readouterr().err
    assert f"{PO}{place}" in printed
    assert f"[{code}]" in printed
    assert tree(made.root) == before


def test_plural_rule_that_does_not_work_is_not_overwritten(site: Make, capsys: Captured) -> None:
    made = site(f"{SETTINGS}-- {PO} --\n{HEAD.replace('n%100==1 ?', 'm%100==1 ?')}")
    before = tree(made.root)
    assert run(made, "update") == 1
    assert "[catalog-plural]" in capsys.readouterr().err
    assert tree(made.root) == before


def test_words_that_the_theme_has_translated_stay_out_of_the_sites_catalogue(site: Make) -> None:
    own = f'{HEAD}\nmsgid "Skip to content"\nmsgstr "Naprej"\n'
    made = site(f"{SETTINGS.replace('theme: none', 'theme: default')}-- {PO} --\n{own}")
    made.edit("templates/own.html", "{{ _('Mine') }}{{ _('Menu') }}")
    assert run(made, "update", "--lang", "sl") == 0
    ids = [message.id for message in read_po(io.BytesIO((made.root / PO).read_bytes())) if message.id]
    assert {"Mine", "Skip to content"} <= set(ids)
    assert "Menu" not in ids


def said_by_update(made: SiteFolder) -> str:
    """Return the exit code of `messages update` and what it says is wrong."""
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors):
        code = run(made, "update")
    return f"{code} {errors.getvalue()}"


def test_read_only_folder_is_one_clear_line_and_nothing_is_lost(site: Make) -> None:
    made = site(f"{SETTINGS}-- {PO} --\n{HEAD}")
    run(made, "update", "--check")  # so that everything is loaded before another user is
    before = tree(made.root)
    nobody.open_up(made.root)
    folders = [made.root, *(folder for folder in made.root.rglob("*") if folder.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    said = nobody.as_nobody(lambda: said_by_update(made))
    for folder in folders:
        folder.chmod(0o755)
    assert re.fullmatch(r"1 A file or folder cannot be read or written: permission denied \(\S+\)\.\n", said)
    assert tree(made.root) == before


def test_broken_settings_give_one(site: Make, capsys: Captured) -> None:
    made = site("-- site.yaml --\ntitle: [\n")
    assert run(made, "update") == 1
    assert "[yaml-syntax]" in capsys.readouterr().err


def test_catalogues_of_this_site_are_up_to_date() -> None:
    assert main(["messages", "update", "--check"], PROJECT) == 0
    assert main(["messages", "status", "--check"], PROJECT) == 0
