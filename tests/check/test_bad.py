"""Every problem has a folder in tests/bad/ whose site shows it, and the exact text that a person reads.

`in/` lies over tests/minimal/; `removed.txt` names files of it that this site lacks; `expected.txt` is what is printed.
A folder is called by the code that its expected text must hold, or by the code and a word more.
"""

import functools
from pathlib import Path

import pytest
from support.bad import BAD, FOLDERS, lay_out
from support.site import SiteFolder

from sitegen.model.messages import BY_CHECK, TEXTS

# Codes whose sites no version control can keep on every system: tests/inputs/test_bad_files.py makes them.
MADE_BY_PYTHON = {
    "release-missing": "check --release: tests/check/test_release.py",
    "release-placeholder": "check --release: tests/check/test_release.py",
    "release-addresses": "check --release: tests/check/test_release.py",
    "release-language": "check --release: tests/check/test_release.py",
    "brotli-missing": "a Python without the package",
    "admin-assets-missing": "a package without the editor: tests/outputs/test_admin.py",
    "editor-rewrites": "the program of the editor: tests/outputs/test_admin.py",
    "file-unreadable": "permissions",
    "file-too-long": "a megabyte",
    "name-not-nfc": "some systems change the name",
    "name-undecodable": "some systems refuse the name",
    "link-leads-outside": "a symbolic link",
    "link-loop": "a symbolic link",
    "link-broken": "a symbolic link",
    "extension-failed": "a function of the site: tests/build/test_extensions.py",
    "extension-result": "a function of the site: tests/build/test_extensions.py",
    "internal-error": "a mistake of the engine: tests/build/test_internal_errors.py",
    "time-limit": "a function of the site: tests/build/test_time_limit.py",
    "own-error": "a function of the site: tests/build/test_extensions.py",
    "own-warning": "a function of the site: tests/build/test_extensions.py",
    "version-changed": "no key has changed its meaning yet: tests/inputs/test_versions.py makes one up",
    "image-too-large": "sixty million pixels",
    "template-broken": "the verb messages",
    "link-external-dead": "another host",
    "link-external-moved": "another host",
    "read-otherwise": "check --migrate: tests/check/test_migrate.py",
    "output-foreign": "a file in public/",
    "publish-failed": "permissions",
    "po-added": "a .po file: tests/translations/test_po.py",
    "po-broken": "a .po file: tests/translations/test_po.py",
    "po-foreign": "a .po file: tests/translations/test_po.py",
    "po-incomplete": "a .po file: tests/translations/test_po.py",
    "po-lost": "a .po file: tests/translations/test_po.py",
    "po-shape": "a .po file: tests/translations/test_po.py",
    "po-source-changed": "a .po file: tests/translations/test_po.py",
    "po-title": "a .po file: tests/translations/test_po.py",
    "po-translation-changed": "a .po file: tests/translations/test_po.py",
}


@functools.cache
def code_of(folder: str) -> str:
    """Return the longest code that the name of a folder begins with."""
    fitting = [code for code in TEXTS if folder == code or folder.startswith(f"{code}-")]
    return max(fitting, key=len, default="")


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.cheap
def test_bad_site_prints_exactly_this(name: str, tmp_path: Path, update: bool) -> None:
    folder = SiteFolder(tmp_path / "site")
    lay_out(name, folder)
    if code_of(name) in BY_CHECK:
        folder.check()
    printed = "\n\n".join(folder.problems) + "\n"
    expected = BAD / name / "expected.txt"
    if update:
        expected.write_text(printed, encoding="utf-8", newline="\n")
    assert printed == expected.read_text(encoding="utf-8")
    assert f"[{code_of(name)}]" in printed


@pytest.mark.parametrize("code", sorted(TEXTS))
@pytest.mark.cheap
def test_every_code_is_shown_by_a_bad_site(code: str) -> None:
    assert (code in MADE_BY_PYTHON) != (code in map(code_of, FOLDERS))


def test_no_code_is_excused_that_does_not_exist() -> None:
    assert set(MADE_BY_PYTHON) <= set(TEXTS)
