"""Files that look like pages and are none: each kind is one warning, with how many there are."""

import zipfile
from collections.abc import Callable

import pytest
from support.site import SiteFolder

Make = Callable[..., SiteFolder]
PAGE = "---\ntitle: A\n---\n\nText.\n"


@pytest.mark.parametrize(
    "name",
    "a.markdown A.MARKDOWN a.mkd a.mdown a.mdx a.MD PAGE.MD a.Md a.md.txt a.md.bak index.md.bak a.md~ a.md.orig "
    "a.md.old a.md.tmp a.md.swp a.md_ a.rst a.adoc a.org a.html a.htm a.docx a.odt a.ipynb a.qmd".split(),
)
def test_page_like_file_is_no_silent_loss(site: Make, name: str) -> None:
    made = site()
    made.edit(f"content/en/part/{name}", PAGE)
    result = made.build()
    assert not result.failed
    assert made.codes == ["page-ignored"]
    assert f"content/en/part/{name}" in made.problems[0]
    assert made.build(strict=True).failed


@pytest.mark.parametrize(
    "name", ["a.md", "a.txt", "a.csv", "a.pdf", ".a.md.swp", ".DS_Store", "a.json", "notes.mdb", "md"]
)
def test_other_file_is_no_alarm(site: Make, name: str) -> None:
    made = site()
    made.edit(f"content/en/{name}", PAGE)
    made.build()
    assert made.codes == []


def test_page_like_files_of_one_kind_are_one_warning(site: Make) -> None:
    made = site()
    for number in range(1123):
        made.edit(f"content/en/docs/p{number:04}.mdx", PAGE)
    made.edit("content/en/b.html", "<p>")
    made.build()
    assert made.codes == ["page-ignored", "page-ignored"]
    assert "1123 files with the ending .mdx. Only" in made.problems[1]
    assert "1 file with the ending .html. Only" in made.problems[0]


def test_page_like_file_that_a_page_links_to_is_a_file(site: Make) -> None:
    made = site("-- content/en/a.md --\n---\ntitle: A\n---\n\n[Form](form.docx)\n")
    with zipfile.ZipFile(made.root / "content/en/form.docx", "w") as form:
        form.writestr("[Content_Types].xml", "<Types/>")
    made.build()
    assert made.codes == []


@pytest.mark.parametrize("name", ["a.md", "a.mdx", "a.markdown", "README.txt"])
def test_file_outside_the_languages_is_reported(site: Make, name: str) -> None:
    made = site()
    made.edit(f"content/{name}", PAGE)
    made.build()
    assert made.codes == ["content-stray"]
