"""Only what may have changed is made again, and what an incremental build leaves is what a clean build makes.

The table of docs/architecture.md as cases, and what a build with nothing to do looks at. test_machine.py does the same
with anything that people may do, in any order.
"""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.site import SiteFolder, tree
from support.truth import DAY, clean, difference, prove_equal, run, story, tamper

from sitegen.build import stamps as fresh
from sitegen.cli.main import main

SEARCH = {"search/en.js", "search/es.js", "search/sl.js"}
EVERY_404 = {"404.html", "en/404.html", "es/404.html", "sl/404.html"}
SL = {
    "sl/index.html",
    "sl/news/first/index.html",
    "sl/news/index.html",
    "sl/news/second/index.html",
    "sl/vodič/index.html",
    "sl/vodič/rules/index.html",
}
EN = {"en/guide/index.html", "en/guide/rules/index.html", "en/index.html", "en/news/first/index.html"}
EN |= {"en/news/index.html"}
ES = {"es/guía/index.html", "es/guía/rules/index.html", "es/index.html", "es/news/first/index.html"}
ES |= {"es/news/index.html", "es/news/second/index.html"}
PAGES = SL | EN | ES
NEWS = {"sl/news/index.html", "en/news/index.html", "es/news/index.html"}
GUIDES = {"sl/vodič/index.html", "en/guide/index.html", "es/guía/index.html"}
SECTIONS = NEWS | GUIDES | {"sl/index.html", "en/index.html", "es/index.html"}


class Story(SiteFolder):
    """The story, built once; `change` edits it, and `anew` says which outputs the next build made again."""

    def change(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        self.edit(path, text.replace(old, new))

    def anew(self) -> set[str]:
        result = self.build()
        assert not result.failed, self.problems
        assert len(result.reasons) == result.made["output"]
        return set(result.reasons)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Story]:
    folder = Story(story(tmp_path / "story"))
    assert not folder.build().failed, folder.problems
    yield folder
    kept = folder.problems
    warm, cold = tree(folder.root / "public"), tmp_path / "cold"
    folder.build(output=cold, remember=False)
    assert difference(warm, tree(cold)) == []
    assert folder.problems == kept


CASES: list[tuple[str, str, str, str, set[str]]] = [
    ("a body", "content/en/guide/rules.md", "![Badge]", "Be kind. ![Badge]", {"en/guide/rules/index.html"}),
    (
        "the body of a source, which a fallback page shows too",
        "content/sl/guide/rules.md",
        "![Grb]",
        "Bodi prijazen. ![Grb]",
        {"sl/vodič/rules/index.html", "es/guía/rules/index.html"},
    ),
    (
        "a body in the feed",
        "content/es/news/first.md",
        "Primera.",
        "La primera.",
        {"es/news/first/index.html", "es/feed.xml"},
    ),
    (
        "a title: its page, the lists that hold it, its neighbour, its redirect, the feed",
        "content/en/guide/rules.md",
        "title: Rules",
        "title: House rules",
        {"en/guide/rules/index.html", "en/guide/index.html"},
    ),
    (
        "a title that lists, blocks and a redirect show",
        "content/en/news/first.md",
        "title: First",
        "title: The first",
        {"en/news/first/index.html", "en/news/index.html", "en/old/index.html", "en/feed.xml"},
    ),
    (
        "a title in the menu: every page of that language",
        "content/en/news/index.md",
        "title: News",
        "title: What is new",
        EN | {"en/feed.xml", "en/fairs.ics"},
    ),
    (
        "a description, which is in Ref",
        "content/en/guide/rules.md",
        "title: Rules",
        "title: Rules\ndescription: How we treat each other.",
        {"en/guide/rules/index.html", "en/guide/index.html"},
    ),
    ("a template that all pages extend", "templates/base.html", "<main>", "<main id='main'>", PAGES),
    ("a template of sections", "templates/section.html", "<p>{{ ng", "<p class='count'>{{ ng", SECTIONS),
    ("a partial", "templates/parts/foot.html", "<footer>", "<footer class='foot'>", PAGES),
    ("a macro", "templates/macros.html", "<a href", "<a class='ref' href", PAGES),
    ("a block", "templates/blocks/fairs.html", "<ul>", "<ul class='fairs'>", GUIDES),
    ("a partial of a block", "templates/parts/word.html", "<li", "<li class='word'", NEWS),
    (
        "the template of redirects",
        "templates/redirect.html",
        "<body>",
        "<body >",
        {"en/old/index.html", "sl/stara/index.html"},
    ),
    ("the template of 404 pages", "templates/404.html", "<body>", "<body >", EVERY_404),
    (
        "data that one block names",
        "data/fairs.yaml",
        "en: Spring",
        "en: Springtime",
        {"en/guide/index.html", "en/fairs.ics"},
    ),
    (
        "data that another block names, in all languages",
        "data/words.yaml",
        "en: word",
        "en: term",
        {"en/news/index.html"},
    ),
    (
        "a catalogue: its language, and what shows several languages",
        "locales/en/LC_MESSAGES/messages.po",
        'msgstr "Motto"',
        'msgstr "Our motto"',
        EN | NEWS | EVERY_404 | {"index.html", "en/feed.xml", "en/old/index.html"},
    ),
    (
        "a catalogue whose words stand in the texts of fallback pages",
        "locales/sl/LC_MESSAGES/messages.po",
        'msgstr "Opomba"',
        'msgstr "Pomni"',
        SL
        | NEWS
        | EVERY_404
        | {"index.html", "sl/feed.xml", "sl/stara/index.html"}
        | {"es/guía/rules/index.html", "es/news/second/index.html"},
    ),
    ("a stylesheet", "static/css/parts.css", "navy", "teal", PAGES),
    ("a drawing that templates put in", "static/img/dot.svg", "M0 0h2", "M0 0h1", PAGES),
    ("a file at the top of static/", "static/humans.txt", "Story", "Stories", set()),
    (
        "a picture beside a page: who shows it",
        "content/sl/guide/badge.svg",
        "M0 0h1",
        "M0 0h2",
        {"sl/vodič/rules/index.html", "en/guide/rules/index.html", "es/guía/rules/index.html"},
    ),
]


@pytest.mark.parametrize(("what", "path", "old", "new", "expected"), CASES, ids=[case[0] for case in CASES])
def test_exactly_what_may_have_changed_is_made_again(
    made: Story, what: str, path: str, old: str, new: str, expected: set[str]
) -> None:
    made.change(path, old, new)
    assert made.anew() == expected


def test_a_body_makes_the_search_index_of_its_language_only(made: Story) -> None:
    before = {path: made.read(path) for path in SEARCH}
    made.change("content/en/guide/rules.md", "![Badge]", "Kindness. ![Badge]")
    assert made.build().made["search"] == 1
    assert {path for path in SEARCH if made.read(path) != before[path]} == {"search/en.js"}


def test_site_yaml_in_what_all_pages_see_makes_everything_but_drawings(made: Story) -> None:
    made.change("site.yaml", "Mesto je šola", "Šola je mesto")
    everything = {path for path in made.outputs if not path.startswith(("assets/", "search/"))}
    assert made.anew() == everything - {".nojekyll", "humans.txt", "robots.txt", "sitemap.xml"} - {
        "en/fairs.ics",
        "es/fairs.ics",
        "sl/fairs.ics",
    }


def test_site_yaml_in_what_nobody_sees_makes_nothing(made: Story) -> None:
    made.change("site.yaml", "search: true", "search: true  # and why not")
    assert made.anew() == set()


def test_one_option_of_markdown_reads_every_page_again_but_makes_only_what_differs(made: Story) -> None:
    made.change("site.yaml", "search: true", "search: true\nmarkdown: {typography: false}")
    assert made.build().made["page"] == len(list((made.root / "content").rglob("*.md")))


def test_a_page_more(made: Story) -> None:
    made.edit("content/en/news/second.md", "---\ntitle: Second\n---\n\nSecond.\n")
    anew = made.anew()
    translations = {"sl/news/second/index.html", "es/news/second/index.html"}
    assert anew >= {"en/news/second/index.html", "en/news/index.html", "en/news/first/index.html"} | translations
    assert not anew & (SL - NEWS | ES - NEWS) - translations


def test_a_page_fewer(made: Story) -> None:
    made.remove("content/en/guide/rules.md")
    anew = made.anew()
    assert {"en/guide/index.html", "sl/vodič/rules/index.html", "es/guía/rules/index.html", "sitemap.xml"} <= anew
    assert not made.has("en/guide/rules/index.html")


def test_a_page_renamed(made: Story) -> None:
    for lang in ("sl", "en"):
        (made.root / f"content/{lang}/guide/rules.md").rename(made.root / f"content/{lang}/guide/order.md")
    anew = made.anew()
    assert {"sl/vodič/order/index.html", "en/guide/order/index.html", "es/guía/order/index.html"} <= anew
    assert not made.has("sl/vodič/rules/index.html")


def test_a_file_renamed_in_one_language_is_no_translation_any_more(made: Story) -> None:
    (made.root / "content/en/news/first.md").rename(made.root / "content/en/news/primary.md")
    anew = made.anew()
    assert {"sl/news/first/index.html", "es/news/first/index.html", "en/news/primary/index.html"} <= anew
    assert 'class="missing">English' in made.read("sl/news/first/index.html")


def test_nothing_changed_makes_nothing_and_writes_nothing(made: Story) -> None:
    public = made.root / "public"
    before = {file: (file.stat().st_mtime_ns, file.stat().st_ino) for file in public.rglob("*")}
    result = made.build()
    assert set(result.made.values()) == {0}
    assert (result.written, result.removed, result.reasons) == (0, 0, {})
    assert {file: (file.stat().st_mtime_ns, file.stat().st_ino) for file in public.rglob("*")} == before


def test_pages_that_stay_keep_their_files_when_others_change(made: Story) -> None:
    before = (made.root / "public/sl/index.html").stat()
    made.change("content/en/guide/rules.md", "![Badge]", "Be kind. ![Badge]")
    assert made.build().written == 2  # the page and the search index
    after = (made.root / "public/sl/index.html").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_new_time_stamps_make_nothing(made: Story) -> None:
    for file in made.root.rglob("*"):
        if file.is_file() and not file.is_relative_to(made.root / "public"):
            os.utime(file)
    assert set(made.build().made.values()) == {0}


def test_a_memo_moved_to_a_fresh_clone_is_used(made: Story, tmp_path: Path) -> None:
    other = Story(story(tmp_path / "clone"))
    (other.root / ".cache").mkdir()
    shutil.copy(made.root / ".cache/memo.sqlite", other.root / ".cache/memo.sqlite")
    other.change("content/en/guide/rules.md", "![Badge]", "Be kind. ![Badge]")
    assert other.anew() == {"en/guide/rules/index.html"}


# The command line: a build with nothing to do looks at stamps only, and says again what was said.


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust files that are 20 ms old: the two seconds of coarse file systems would make each example a long one."""
    monkeypatch.setattr(fresh, "_COARSE", 20_000_000)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)


def settled(root: Path) -> None:
    """Wait until all files are old enough, and build, so that the next build has only to look."""
    time.sleep(0.03)
    run(root)
    assert run(root).repeated


@pytest.mark.usefixtures("quick")
def test_saved_warnings_are_said_again(tmp_path: Path) -> None:
    root = story(tmp_path / "story")
    (root / "content/en/guide/rules.md").write_text("---\ntitle: Rules\n---\n\n![](badge.svg)\n")
    time.sleep(0.03)
    first, second, cold = run(root), run(root), clean(root, tmp_path / "cold")
    assert "warning: The image “badge.svg” has no alternative text." in first.problems
    assert not first.repeated
    assert second.repeated
    assert first.problems == second.problems == cold.problems
    assert second.line.endswith("s); 1 warning\n")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("quiet", [False, True])
def test_a_build_with_nothing_changed_prints_the_counts_and_how_to_see_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], quiet: bool
) -> None:
    root = story(tmp_path / "story")
    (root / "content/en/guide/rules.md").write_text("---\ntitle: Rules\n---\n\n![](badge.svg)\n")
    time.sleep(0.03)
    run(root)
    assert main(["build", *(["--quiet"] if quiet else [])], root) == 0
    printed = capsys.readouterr()
    assert "1 warning as before (--all prints them)" in (printed.err if quiet else printed.out)
    assert "[image-no-alt]" not in printed.err


@pytest.mark.usefixtures("quick")
def test_an_edit_of_the_same_size_with_the_old_time_stamp_is_seen(tmp_path: Path) -> None:
    root = story(tmp_path / "story")
    settled(root)
    page = root / "content/es/news/first.md"
    old = page.stat()
    page.write_text(page.read_text().replace("Primera.", "Segunda."))
    os.utime(page, ns=(old.st_atime_ns, old.st_mtime_ns))
    assert (page.stat().st_size, page.stat().st_mtime_ns) == (old.st_size, old.st_mtime_ns)
    assert not prove_equal(root, tmp_path / "cold").repeated
    assert "Segunda." in (root / "public/es/news/first/index.html").read_text()


@pytest.mark.usefixtures("quick")
def test_the_day_on_which_a_draft_is_published_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = story(tmp_path / "story")
    settled(root)
    later = root / "public/sl/news/later/index.html"
    for day, is_there in (("1767311999", False), ("1780271999", False), ("1780272000", True), ("1767225600", False)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
        prove_equal(root, tmp_path / "cold")
        assert later.exists() == is_there


@pytest.mark.usefixtures("quick")
def test_options_are_part_of_what_was_asked(tmp_path: Path) -> None:
    root = story(tmp_path / "story")
    settled(root)
    for options in (["--drafts"], ["--base-url", "https://example.com/"], ["--strict"], []):
        assert not prove_equal(root, tmp_path / "cold", "public", *options).repeated


@pytest.mark.usefixtures("quick")
def test_two_outputs_with_names_alike_are_both_built(tmp_path: Path) -> None:
    root = story(tmp_path / "story")
    for name in ("out-a", "out/a"):
        time.sleep(0.03)
        assert not run(root, "--output", str(root / name)).repeated
        assert (root / name / "index.html").is_file()


@pytest.mark.usefixtures("quick")
def test_another_output_folder_in_site_yaml_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    root = story(tmp_path / "story")
    text = (root / "site.yaml").read_text()
    for name in ("public", "site"):
        (root / "site.yaml").write_text(f"{text}output: {name}\n")
        settled(root)
    (root / "public/sl/index.html").write_text("somebody's")
    (root / "site.yaml").write_text(f"{text}output: public\n")
    prove_equal(root, tmp_path / "cold")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("how", ["in place", "by replacing", "removed", "folder removed"])
def test_what_others_did_to_the_output_never_comes_back(tmp_path: Path, how: str) -> None:
    root = story(tmp_path / "story")
    for text in ("Uno.", "Dos.", "Tres."):
        (root / "content/es/news/first.md").write_text(f"---\ntitle: Primera\n---\n\n{text}\n")
        settled(root)
    tamper(root / "public/sl/index.html", how)
    prove_equal(root, tmp_path / "cold")
    for text in ("Cuatro.", "Cinco."):
        (root / "content/es/news/first.md").write_text(f"---\ntitle: Primera\n---\n\n{text}\n")
        prove_equal(root, tmp_path / "cold")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("exchanged", [True, False])
def test_the_stamps_that_are_kept_of_the_output_are_those_of_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanged: bool
) -> None:
    if not exchanged:
        monkeypatch.setenv("SITEGEN_NO_EXCHANGE", "1")
    root = story(tmp_path / "story")
    first, second = root / "content/es/news/first.md", root / "content/en/guide/rules.md"
    edits = ((first, "Uno."), (first, "Dos."), (second, "One."), (first, "Tres."), (first, ""))
    for page, text in edits:
        page.write_text(f"---\ntitle: Other\n---\n\n{text}\n") if text else page.unlink()
        run(root)
        kept = fresh.Record(root / ".cache/built.json").content["outputs"]
        stamps = fresh.stamps_of(root, ["public"])
        assert kept == {path: list(stamp) for path, stamp in stamps.items()}


@pytest.mark.usefixtures("quick")
def test_files_removed_in_the_output_and_in_the_spare_tree_are_made_again(tmp_path: Path) -> None:
    root = story(tmp_path / "story")
    for text in ("Uno.", "Dos."):
        (root / "content/es/news/first.md").write_text(f"---\ntitle: Primera\n---\n\n{text}\n")
        settled(root)
    for folder in ("public", ".public.spare"):
        (root / folder / "sl/index.html").unlink()
    prove_equal(root, tmp_path / "cold")


@pytest.mark.usefixtures("quick")
def test_an_edit_deep_behind_a_symbolic_link_is_seen(tmp_path: Path) -> None:
    root = story(tmp_path / "story")
    (root / "shared/deep").mkdir(parents=True)
    page = root / "shared/deep/page.md"
    page.write_text("---\ntitle: Deljeno\n---\n\nEna.\n")
    (root / "content/sl/shared").symlink_to("../../shared", target_is_directory=True)
    settled(root)
    page.write_text("---\ntitle: Deljeno\n---\n\nDve.\n")
    assert not prove_equal(root, tmp_path / "cold").repeated
