"""What site.yaml trusts beyond text and pictures is named by every build, and by nothing else."""

from collections.abc import Callable

import pytest
from support.site import SiteFolder

from sitegen.cli.main import main

Make = Callable[..., SiteFolder]
WIDER = {
    "raw_html: {trusted: [content/en]}": ["raw_html.trusted” lets contributors publish more than text"],
    "raw_html: {trusted: [content/en/a, content/sl/a]}": ["content/en/a, content/sl/a."],
    "raw_html:\n  policy: escape\n  trusted:\n    - content/en/a": ["content/en/a."],
    "files: {allow: [.html]}": ["files.allow” lets contributors publish more than text and images: .html."],
    "files: {allow: [.gpx, .xml]}": [".gpx, .xml."],
    "raw_html: {trusted: [content/en]}\nfiles: {allow: [.js]}": ["content/en.", ".js."],
}
AS_NARROW = ["raw_html: {trusted: []}", "raw_html: {policy: escape}", "files: {allow: []}", "search: false"]


def settings(site: Make, more: str) -> SiteFolder:
    """Return a site with more in its settings."""
    made = site()
    before = (made.root / "site.yaml").read_text(encoding="utf-8")
    made.edit("site.yaml", f"{before.rstrip()}\n{more}\n")
    return made


@pytest.mark.parametrize(("more", "said"), WIDER.items(), ids=WIDER)
def test_what_is_trusted_is_named(site: Make, more: str, said: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    made = settings(site, more)
    assert main(["build", "--strict"], made.root) == 0  # a note: it fails nothing
    printed = capsys.readouterr()
    notes = [line for line in (printed.out + printed.err).splitlines() if "[trust-widened]" in line]
    assert len(notes) == len(said)
    assert all(part in note for part, note in zip(said, notes, strict=True))


@pytest.mark.parametrize("more", AS_NARROW)
def test_nothing_is_named_where_nothing_is_trusted(site: Make, more: str) -> None:
    assert "trust-widened" not in settings(site, more).codes


def test_a_build_without_changes_counts_it(site: Make, capsys: pytest.CaptureFixture[str]) -> None:
    made = settings(site, "files: {allow: [.html]}")
    main(["build"], made.root)
    first = capsys.readouterr()
    main(["build"], made.root)
    second = capsys.readouterr()
    assert "[trust-widened]" in first.out + first.err
    assert "as before" in second.out + second.err or "[trust-widened]" in second.out + second.err
