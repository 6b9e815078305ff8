"""Nothing found in a checkout is believed: no row of the cache, no record of a build, no list of what was published.

Each test plants something that an attacker could write who can write every file of the checkout, but has not the key.
"""

import contextlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from support.site import PROJECT, SiteFolder, tree

from sitegen.build import seal
from sitegen.build.cache import Cache
from sitegen.build.publish import MANIFEST, digest_of, publish, read_manifest
from sitegen.build.stamps import Record
from sitegen.cli.main import main

Make = Callable[..., SiteFolder]
ATTACKER = "the-attacker-has-a-key-too-but-not-this-one"


@contextlib.contextmanager
def database(root: Path, name: str = ".cache/memo.sqlite"):  # type: ignore[no-untyped-def]
    """Open a cache as an attacker does."""
    with contextlib.closing(sqlite3.connect(root / name)) as db, db:
        yield db


def planted(rows: Callable[[sqlite3.Connection], object]) -> Callable[[Path], None]:
    """Return what changes the cache of a site."""

    def plant(root: Path) -> None:
        with database(root) as db:
            rows(db)

    return plant


def replaced(db: sqlite3.Connection, change: Callable[[bytes], bytes]) -> None:
    """Change every value, but keep its seal."""
    for kind, key, value in db.execute("SELECT kind, key, value FROM results").fetchall():
        new = value[: seal.SIZE] + change(value[seal.SIZE :])
        db.execute("UPDATE results SET value = ? WHERE kind = ? AND key = ?", (new, kind, key))


def evil(data: bytes) -> bytes:
    """Return bytes with other words in them, as long as before."""
    return data.replace(b"Welcome", b"Hackedx").replace(b"<h1", b"<hx")


def with_sum(mark: Callable[[bytes, bytes], bytes]) -> Callable[[sqlite3.Connection], None]:
    """Return what changes every value and gives it a digest of the attacker's."""

    def change(db: sqlite3.Connection) -> None:
        for kind, key, value in db.execute("SELECT kind, key, value FROM results").fetchall():
            new = evil(value[seal.SIZE :])
            row = (mark(key, new) + new, kind, key)
            db.execute("UPDATE results SET value = ? WHERE kind = ? AND key = ?", row)

    return change


def swapped(db: sqlite3.Connection) -> None:
    """Give every row the whole value of another one of its kind."""
    rows = db.execute("SELECT kind, key, value FROM results ORDER BY kind, key").fetchall()
    for (kind, key, _), (_, _, value) in zip(rows, rows[1:] + rows[:1], strict=True):
        db.execute("UPDATE results SET value = ? WHERE kind = ? AND key = ?", (value, kind, key))


def other_kind(db: sqlite3.Connection) -> None:
    """Move true rows to other kinds, under the same keys."""
    for old, new in (("bytes", "python"), ("output", "bytes"), ("page", "view")):
        db.execute("UPDATE OR REPLACE results SET kind = ? WHERE kind = ?", (new, old))


def trigger(db: sqlite3.Connection) -> None:
    """Let the database itself change what is written into it."""
    db.execute(
        "CREATE TRIGGER t AFTER INSERT ON results BEGIN UPDATE results SET value = x'00' WHERE key = NEW.key; END"
    )


def view(db: sqlite3.Connection) -> None:
    """Put something else in the place of a table."""
    db.execute("ALTER TABLE results RENAME TO kept")
    db.execute("CREATE VIEW results AS SELECT kind, key, value, build FROM kept")


def attackers(key: bytes, value: bytes) -> bytes:
    """Return a seal made with another key."""
    return seal.Sealer(ATTACKER.encode()).seal("bytes", key, value)


def crc(key: bytes, value: bytes) -> bytes:
    """Return the checksum of earlier versions."""
    return zlib.crc32(value, zlib.crc32(key)).to_bytes(4, "little")


PLANTED: dict[str, Callable[[Path], None]] = {
    "values with true seals": planted(lambda db: replaced(db, evil)),
    "values without seals": planted(with_sum(lambda _, __: b"")),
    "values with empty seals": planted(with_sum(lambda _, __: bytes(seal.SIZE))),
    "values with checksums": planted(with_sum(crc)),
    "values sealed by somebody else": planted(with_sum(attackers)),
    "values sealed by a known key": planted(with_sum(lambda k, v: seal.Sealer(b"").seal("bytes", k, v))),
    "rows exchanged": planted(swapped),
    "rows of other kinds": planted(other_kind),
    "a trigger": planted(trigger),
    "a view": planted(view),
    "texts for bytes": planted(lambda db: db.execute("UPDATE results SET value = 'Hackedx'")),
    "numbers for bytes": planted(lambda db: db.execute("UPDATE results SET value = 7")),
    "code": planted(with_sum(lambda _, __: b"import os; os.system('touch PROOF')  #")),
}


def cold(made: SiteFolder, folder: Path) -> dict[str, bytes]:
    """Return what a clean build of the same sources publishes."""
    shutil.copytree(made.root, folder, ignore=shutil.ignore_patterns(".cache", "public", ".public.spare"))
    other = SiteFolder(folder)
    assert not other.build(remember=False).failed
    return other.outputs


@pytest.mark.parametrize("plant", PLANTED.values(), ids=PLANTED)
@pytest.mark.parametrize("published", [True, False])
def test_planted_rows_are_not_believed(
    site: Make, tmp_path: Path, plant: Callable[[Path], None], published: bool
) -> None:
    made = site()
    made.build()
    plant(made.root)
    if not published:
        shutil.rmtree(made.root / "public")
    made.edit("content/en/index.md", (made.root / "content/en/index.md").read_text(encoding="utf-8") + "\nMore.\n")
    assert not made.build().failed
    assert made.outputs == cold(made, tmp_path / "cold")
    assert not (made.root / "PROOF").exists()


def test_a_cache_made_with_another_key_is_not_believed(
    site: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = site()
    with monkeypatch.context() as other:
        other.setenv(seal.VARIABLE, ATTACKER)
        assert main([], made.root) == 0
    with database(made.root) as db:
        before = db.execute("SELECT count(*) FROM results WHERE kind = 'output'").fetchone()[0]
    result = made.build()
    assert before > 0
    assert result.made["output"] == before
    assert made.outputs == cold(made, tmp_path / "cold")


@pytest.mark.parametrize(
    "forge",
    [
        lambda text: text,
        lambda text: b"\n" + text,
        lambda text: b"%08x\n" % zlib.crc32(text) + text,
        lambda text: b"0" * 2 * seal.SIZE + b"\n" + text,
        lambda text: seal.Sealer(ATTACKER.encode()).seal("built", b"", text).hex().encode() + b"\n" + text,
        lambda text: seal.Sealer(b"").seal("built", b"", text).hex().encode() + b"\n" + text,
        lambda text: seal.sealed_line("built", b"", text),
        lambda text: seal.sealed_line("answers", b"", text),
        lambda text: seal.sealed_line("built", b"/another/site/.cache/built.json", text),
        lambda text: "ž".encode() + b"\n" + text,
    ],
)
def test_forged_record_of_the_last_build_is_not_believed(tmp_path: Path, forge: Callable[[bytes], bytes]) -> None:
    file = tmp_path / "built.json"
    Record(file).save({}, ("2026-01-01", "2026-12-31"), {"a": (1, 1, 1, 1)}, 10**19, outputs={}, said={"output": "x"})
    assert Record(file).content
    text = file.read_bytes().partition(b"\n")[2]
    file.write_bytes(forge(text))
    assert Record(file).content == {}


def test_record_of_another_site_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    file = tmp_path / "built.json"
    Record(file).save({}, ("2026-01-01", "2026-12-31"), {}, 10**19, outputs={}, said={})
    shutil.copy(file, tmp_path / "other/built.json")
    assert Record(tmp_path / "other/built.json").content == {}


def listed(root: Path, change: Callable[[dict[str, object]], object]) -> None:
    """Change a list of what was published."""
    content = json.loads((root / MANIFEST).read_bytes())
    change(content)
    (root / MANIFEST).write_text(json.dumps(content))


LISTS: dict[str, Callable[[dict[str, object]], object]] = {
    "without a seal": lambda content: content.pop("seal"),
    "with an empty seal": lambda content: content.update(seal=""),
    "of an earlier format": lambda content: content.update(format=1),
    "sealed by nobody": lambda content: content.update(seal="00" * seal.SIZE),
    "sealed by somebody else": lambda content: content.update(seal=attackers(b"", b"").hex()),
    "with a seal that is a list": lambda content: content.update(seal=[]),
    "with a seal that is a number": lambda content: content.update(seal=1),
    "with a seal beyond ASCII": lambda content: content.update(seal="žž"),
    "with a name more": lambda content: content["files"].update({"x": ""}),  # type: ignore[attr-defined]
    "with names as a list": lambda content: content.update(files=[]),
}


@pytest.mark.parametrize("change", LISTS.values(), ids=LISTS)
def test_forged_list_of_what_is_published_is_not_believed(
    tmp_path: Path, change: Callable[[dict[str, object]], object]
) -> None:
    output = tmp_path / "public"
    files = {"a.html": digest_of(b"true"), "b.html": digest_of(b"other")}
    data = {"a.html": b"true", "b.html": b"other"}
    publish(output, files, lambda paths: {path: data[path] for path in paths})
    assert read_manifest(output) == files
    (output / "a.html").write_bytes(b"evil")
    listed(output, change)
    assert not any((read_manifest(output) or {}).values())
    for path in ("a.html", "b.html"):
        if not read_manifest(output):
            (output / path).unlink()
    publish(output, files, lambda paths: {path: data[path] for path in paths})
    assert (output / "a.html").read_bytes() == b"true"


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "a//x", "./x", "", "a/", "a\0b", "..", "."])
def test_names_in_a_list_stay_in_the_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / MANIFEST).write_text(json.dumps({"format": 1, "files": {path: "", "good": ""}}))
    assert read_manifest(tmp_path) == {"good": ""}


def test_planted_site_is_neither_kept_nor_deployed(
    site: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = site()
    made.build()
    page = made.root / "public/en/index.html"
    page.write_text("evil")
    files = {path: digest_of(data) for path, data in tree(made.root / "public").items() if path != MANIFEST}
    (made.root / f"public/{MANIFEST}").write_text(json.dumps({"format": 2, "files": files, "seal": "00" * 16}))
    assert main(["deploy", str(tmp_path / "www"), "--yes"], made.root) == 1
    assert "does not contain a complete, unchanged build" in capsys.readouterr().err
    shutil.rmtree(made.root / ".cache")
    made.build()
    assert page.read_text() != "evil"


# The key


def in_child(code: str, **environment: str) -> str:
    """Return what a new process says, without a key of its own in the environment."""
    own = {name: value for name, value in os.environ.items() if name != seal.VARIABLE}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**own, "PYTHONPATH": str(PROJECT), **environment},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


SHOW = "from sitegen.build import seal\nprint(seal.sealer().key.hex(), bool(seal.why_in_memory()))"


def key_of(folder: Path, **environment: str) -> tuple[str, bool]:
    """Return the key that a process has whose cache folder this is, and whether it is in memory only."""
    key, memory = in_child(SHOW, XDG_CACHE_HOME=str(folder), HOME=str(folder), **environment).split()
    return key, memory == "True"


@pytest.mark.skipif(sys.platform != "linux", reason="the folder is another one elsewhere")
class TestKey:
    """Where it lies, and when it is not used."""

    def test_lies_in_the_cache_folder_of_the_user_and_stays(self, tmp_path: Path) -> None:
        first = key_of(tmp_path)
        assert first == key_of(tmp_path)
        assert not first[1]
        file = tmp_path / "sitegen/cache-key"
        assert file.read_bytes().hex() == first[0]
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert [one.name for one in file.parent.iterdir()] == ["cache-key"]

    @pytest.mark.parametrize("damage", [b"", b"x", b"x" * 31, b"x" * 33, b"x" * 10_000])
    def test_damaged_key_is_made_anew(self, tmp_path: Path, damage: bytes) -> None:
        key_of(tmp_path)
        (tmp_path / "sitegen/cache-key").write_bytes(damage)
        key, memory = key_of(tmp_path)
        assert not memory
        assert key == key_of(tmp_path)[0] != damage.hex()

    @pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o666, 0o700 | 0o010])
    def test_key_that_others_could_read_is_made_anew(self, tmp_path: Path, mode: int) -> None:
        before = key_of(tmp_path)[0]
        (tmp_path / "sitegen/cache-key").chmod(mode)
        after = key_of(tmp_path)
        assert after[0] != before
        assert not after[1]

    def test_link_is_no_key(self, tmp_path: Path) -> None:
        known = tmp_path / "known"
        known.write_bytes(b"k" * 32)
        known.chmod(0o600)
        (tmp_path / "sitegen").mkdir(mode=0o700)
        (tmp_path / "sitegen/cache-key").symlink_to(known)
        key, memory = key_of(tmp_path)
        assert key != (b"k" * 32).hex()
        assert not memory
        assert known.read_bytes() == b"k" * 32

    @pytest.mark.parametrize("sign", ["site.yaml", ".git"])
    def test_key_in_the_folder_of_a_site_is_not_used(self, tmp_path: Path, sign: str) -> None:
        (tmp_path / "content").mkdir()
        (tmp_path / sign).touch()
        place = tmp_path / ".cache/sitegen"
        place.mkdir(parents=True, mode=0o700)
        (place / "cache-key").write_bytes(b"k" * 32)
        (place / "cache-key").chmod(0o600)
        key, memory = key_of(tmp_path / ".cache")
        assert memory
        assert key != (b"k" * 32).hex()

    @pytest.mark.parametrize("kind", ["file", "link to itself", "folder of others"])
    def test_without_a_place_the_key_is_in_memory(self, tmp_path: Path, kind: str) -> None:
        if kind == "file":
            (tmp_path / "sitegen").touch()
        elif kind == "link to itself":
            (tmp_path / "sitegen").symlink_to("sitegen")
        else:
            (tmp_path / "sitegen").mkdir()
            (tmp_path / "sitegen").chmod(0o777)
        first, second = key_of(tmp_path), key_of(tmp_path)
        assert first[1]
        assert first[0] != second[0]

    def test_environment_gives_it(self, tmp_path: Path) -> None:
        first = key_of(tmp_path, **{seal.VARIABLE: "a" * 32})
        assert first == key_of(tmp_path, **{seal.VARIABLE: "a" * 32})
        assert first[0] != key_of(tmp_path, **{seal.VARIABLE: "a" * 31 + "b"})[0]
        assert not (tmp_path / "sitegen").exists()

    @pytest.mark.parametrize("short", ["a", "secret", "a" * 31])
    def test_short_key_of_the_environment_is_not_used(self, tmp_path: Path, short: str) -> None:
        assert key_of(tmp_path, **{seal.VARIABLE: short})[1]

    def test_relative_folder_is_ignored(self, tmp_path: Path) -> None:
        code = SHOW.replace("print", "import os; os.chdir(os.environ['HOME'])\nprint")
        in_child(code, XDG_CACHE_HOME=".", HOME=str(tmp_path))
        assert (tmp_path / ".cache/sitegen/cache-key").exists()
        assert not (tmp_path / "sitegen").exists()


def test_place_is_part_of_the_seal() -> None:
    one = seal.Sealer(b"k" * 32)
    marks = {one.seal(*parts) for parts in [
        ("a", b"b", b"c"), ("ab", b"", b"c"), ("a", b"", b"bc"), ("", b"ab", b"c"), ("a", b"bc", b""),
        ("b", b"a", b"c"), ("", b"", b"abc"), ("abc", b"", b""), ("", b"abc", b""), ("a", b"b", b"d"),
    ]}  # fmt: skip
    assert len(marks) == 10


def test_memo_gives_back_what_it_was_given(tmp_path: Path) -> None:
    memo = Cache(tmp_path / "memo.sqlite")
    memo.put("kind", {b"key": b"value", b"empty": b""})
    memo.close()
    assert Cache(tmp_path / "memo.sqlite").get("kind", [b"key", b"empty"]) == {b"key": b"value", b"empty": b""}


def test_nothing_read_from_a_disk_is_unpickled() -> None:
    found = {
        file.relative_to(PROJECT).as_posix()
        for file in sorted((PROJECT / "sitegen").rglob("*.py"))
        for word in ("import pickle", "from pickle", "import marshal", "shelve", "bytecode_from_string", "yaml.load(")
        if word in file.read_text(encoding="utf-8")
    }
    assert found <= {"sitegen/build/pool.py", "sitegen/preview/worker.py"}  # between processes of one build
