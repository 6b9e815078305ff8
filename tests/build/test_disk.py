"""Full disks, read-only folders, few file handles, damaged memory, two builds at once, clocks, sources that move.

Whatever happens: a clear message, nothing lost, nothing half-written, no traceback; and when the trouble is over, the
next build leaves what a clean one makes.
"""

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import nobody
from support.site import PROJECT, needs, tree
from support.truth import DAY, Said, clean, difference, prove_equal, run, story

from sitegen.build import stamps as fresh
from sitegen.build import up_to_date
from sitegen.build.cache import Cache
from sitegen.build.publish import digest_of, publish
from sitegen.build.seal import sealed_line
from sitegen.build.stamps import Record

PAGE = "content/es/news/first.md"
DAYS = ("2026-01-01", "2026-06-01")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    monkeypatch.setattr(fresh, "_COARSE", 20_000_000)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return story(tmp_path / "story")


def edit(root: Path, text: str) -> None:
    (root / PAGE).write_text(f"---\ntitle: Primera\n---\n\n{text}\n")


def forked(action: Callable[[], Said]) -> Said:
    """Return what a build says in a forked process, which may change itself as it likes."""
    return _said(nobody.forked(lambda: _packed(action())))


def _packed(said: Said) -> str:
    return f"{said.code}\0{said.problems}\0{said.line}"


def _said(text: str) -> Said:
    code, problems, line = text.split("\0")
    assert code in ("0", "1")
    return Said(int(code), problems, line)


def failed_clearly(said: Said, reason: str) -> None:
    assert said.code == 1
    assert reason in said.problems, said.problems
    assert "[publish-failed]" in said.problems or "[file-unreadable]" in said.problems
    assert said.problems.endswith("Nothing was published.\n")


# A full disk


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of its own, of two megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    can = sys.platform == "linux" and os.getuid() == 0 and shutil.which("mount") is not None
    needs("mounts", can and subprocess.run(command, check=False, capture_output=True).returncode == 0)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path, free: int) -> None:
    """Fill the disk, but for `free` bytes."""
    left = os.statvfs(folder)
    room = max(0, left.f_bavail * left.f_frsize - free)
    with open(folder / "filler", "wb") as file, contextlib.suppress(OSError):
        for _ in range(0, room, 4096):
            file.write(b"x" * 4096)
            file.flush()


@pytest.mark.parametrize("free", [0, 8_192, 40_000, 120_000])
def test_a_first_build_on_a_full_disk_leaves_nothing(small: Path, free: int, tmp_path: Path) -> None:
    root = story(small / "story")
    fill(small, free)
    failed_clearly(run(root), "the disk is full")
    assert not (root / "public").exists()
    (small / "filler").unlink()
    prove_equal(root, tmp_path / "cold")


@pytest.mark.parametrize("way", ["exchange", "one by one"])
@pytest.mark.parametrize("free", [0, 4_096, 20_000])
def test_a_later_build_on_a_full_disk_leaves_the_old_site(
    small: Path, free: int, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "one by one":
        monkeypatch.setenv("SITEGEN_NO_EXCHANGE", "1")
    root = story(small / "story")
    assert run(root).code == 0
    before = tree(root / "public")
    for number in range(9):
        (root / f"content/es/news/n{number}.md").write_text(f"---\ntitle: N{number}\n---\n\nTexto.\n")
    (root / "templates/macros.html").write_text((root / "templates/macros.html").read_text() + "{# new #}\n")
    (root / "static/humans.txt").write_text("x" * 30_000)
    fill(small, free)
    failed_clearly(run(root), "the disk is full")
    assert difference(tree(root / "public"), before) == []
    (small / "filler").unlink()
    prove_equal(root, tmp_path / "cold")


def test_a_memo_that_finds_no_room_costs_its_results_only(small: Path) -> None:
    memo = Cache(small / "memo.sqlite")
    fill(small, 100_000)
    for number in range(200):
        memo.put("kind", {bytes([number]): os.urandom(40_000)})
    memo.close()
    (small / "filler").unlink()
    Cache(small / "memo.sqlite").close()


def test_an_output_folder_that_is_a_disk_of_its_own(small: Path, root: Path, tmp_path: Path) -> None:
    """Two folders on two disks cannot be exchanged: files are copied, then replaced one by one."""
    output = small / "public"
    output.mkdir()
    (root / "public").mkdir()
    subprocess.run(["mount", "--bind", str(output), str(root / "public")], check=True)
    try:
        for text in ("Uno.", "Dos.", "Tres."):
            edit(root, text)
            prove_equal(root, tmp_path / "cold")
    finally:
        subprocess.run(["umount", str(root / "public")], check=True)


def test_files_that_may_not_grow(root: Path, tmp_path: Path) -> None:
    """A quota: the system refuses to write more than a few bytes into any file."""
    resource = pytest.importorskip("resource")
    run(root)
    before = tree(root / "public")
    edit(root, "Otro. " * 4000)

    def limited() -> Said:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        return run(root)

    failed_clearly(forked(limited), "the file is too large")
    assert difference(tree(root / "public"), before) == []
    prove_equal(root, tmp_path / "cold")


# Read-only


def as_nobody(root: Path, *arguments: str) -> Said:
    """Build as a user whom permissions bind. The libraries are loaded before."""
    nobody.open_up(root)
    return _said(nobody.as_nobody(lambda: _packed(run(root, *arguments))))


def test_a_folder_in_which_nothing_may_be_written(root: Path, tmp_path: Path) -> None:
    run(root, "--output", str(tmp_path / "warm-up"))
    shutil.rmtree(root / ".cache")
    failed_clearly(as_nobody(root), "permission denied")
    assert not (root / "public").exists()
    assert not (root / ".cache").exists()


def test_a_read_only_folder_can_be_built_to_another_place(root: Path, tmp_path: Path) -> None:
    clean(root, tmp_path / "cold")
    shutil.rmtree(root / ".cache")
    (tmp_path / "open").mkdir(mode=0o777)
    (tmp_path / "open").chmod(0o777)
    assert as_nobody(root, "--output", str(tmp_path / "open/site")).code == 0
    assert difference(tree(tmp_path / "open/site"), tree(tmp_path / "cold")) == []


def test_a_site_of_somebody_else_stays_as_it_is(root: Path) -> None:
    run(root)
    before = tree(root / "public")
    time.sleep(0.03)
    run(root)
    assert as_nobody(root).repeated
    edit(root, "Otro.")
    failed_clearly(as_nobody(root), "permission denied")
    assert difference(tree(root / "public"), before) == []


def test_a_disk_that_is_read_only(small: Path, tmp_path: Path) -> None:
    root = story(small / "story")
    run(root)
    before = tree(root / "public")
    edit(root, "Otro.")
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    failed_clearly(run(root), "the disk is read-only")
    assert difference(tree(root / "public"), before) == []
    subprocess.run(["mount", "-o", "remount,rw", str(small)], check=True)
    prove_equal(root, tmp_path / "cold")


# Few file handles


@pytest.mark.parametrize("free", range(0, 14, 2))
def test_few_file_handles(root: Path, tmp_path: Path, free: int) -> None:
    resource = pytest.importorskip("resource")
    for number in range(60):  # enough for workers
        (root / f"content/es/news/n{number}.md").write_text(f"---\ntitle: N{number}\n---\n\nTexto.\n")
    clean(root, tmp_path / "cold")
    shutil.rmtree(root / ".cache")

    def limited() -> Said:
        handle = os.open(os.devnull, os.O_RDONLY)
        os.close(handle)
        resource.setrlimit(resource.RLIMIT_NOFILE, (handle + free, handle + free))
        return run(root, "--jobs", "2")

    said = forked(limited)
    if said.code:
        assert "too many files are open" in said.problems
        assert not (root / "public").exists()
    prove_equal(root, tmp_path / "cold")


# What is remembered, damaged


def no_memo(file: Path) -> None:
    file.write_bytes(b"")


def garbage(file: Path) -> None:
    file.write_bytes(b"This is no memo at all.\n" * 1000)


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def truncated_in_a_page(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def zeroed(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:4096] + bytes(len(data) - 4096))


def foreign(file: Path) -> None:
    file.unlink()
    with contextlib.closing(sqlite3.connect(file)) as db, db:
        db.execute("CREATE TABLE people (name TEXT)")


def alike(file: Path) -> None:
    """Another program's tables, which happen to have our names."""
    with contextlib.closing(sqlite3.connect(file)) as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
    file.unlink()
    with contextlib.closing(sqlite3.connect(file)) as db, db:
        db.executescript(f"CREATE TABLE results (a); CREATE TABLE builds (number); PRAGMA user_version = {version}")


def of_another_version(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as db, db:
        db.execute("PRAGMA user_version = 99")


def values_exchanged(file: Path) -> None:
    """Every result has the value of another one: whole, but wrong."""
    with contextlib.closing(sqlite3.connect(file)) as db, db:
        rows = db.execute("SELECT kind, key, value FROM results ORDER BY kind, key").fetchall()
        for (kind, key, _), (_, _, value) in zip(rows, rows[1:] + rows[:1], strict=True):
            db.execute("UPDATE results SET value = ? WHERE kind = ? AND key = ?", (value, kind, key))


def values_of_other_types(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE results SET value = 7")


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def unreadable_count(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as db, db:
        db.execute("INSERT INTO builds VALUES (9223372036854775807)")


DAMAGES = [
    no_memo,
    garbage,
    truncated,
    truncated_in_a_page,
    zeroed,
    foreign,
    alike,
    of_another_version,
    values_exchanged,
    values_of_other_types,
    a_folder,
    unreadable_count,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_memo_costs_time_only(root: Path, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    run(root)
    damage(root / ".cache/memo.sqlite")
    edit(root, "Otro.")
    prove_equal(root, tmp_path / "cold")
    edit(root, "Y otro.")
    prove_equal(root, tmp_path / "cold")


def flipped(root: Path, tmp_path: Path, name: str, bits: int) -> None:
    """Tip one bit over, at many places; the output is gone, so that it is made of what is remembered."""
    run(root)
    time.sleep(0.03)
    run(root)
    file = root / ".cache" / name
    good = file.read_bytes()
    clean(root, tmp_path / "cold")
    cold = tree(tmp_path / "cold")
    for number in range(bits):
        data = bytearray(good)
        data[(number * len(good)) // bits] ^= 1 << number % 8
        file.write_bytes(data)
        shutil.rmtree(root / "public")
        assert run(root).code == 0
        assert difference(tree(root / "public"), cold) == []
        for left in (f"{name}-wal", f"{name}-shm"):
            (root / ".cache" / left).unlink(missing_ok=True)


@pytest.mark.parametrize("name", ["memo.sqlite", "built.json"])
def test_a_bit_that_tipped_over_never_reaches_the_site(root: Path, tmp_path: Path, name: str) -> None:
    flipped(root, tmp_path, name, 25)


@pytest.mark.proof
@pytest.mark.parametrize("name", ["memo.sqlite", "built.json"])
def test_a_bit_that_tipped_over_never_reaches_the_site_long(root: Path, tmp_path: Path, name: str) -> None:
    flipped(root, tmp_path, name, 1000)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "1", '{"format": 4}', '{"format": 4, "words": {}}', "\udcff"])
def test_a_damaged_record_of_the_last_build_is_not_believed(root: Path, tmp_path: Path, text: str) -> None:
    run(root)
    data = text.encode("utf-8", "surrogateescape")
    record = root / ".cache/built.json"
    for whole in (data, sealed_line(fresh._KIND, fresh._place(record), data)):
        record.write_bytes(whole)
        prove_equal(root, tmp_path / "cold")


def test_a_file_in_place_of_the_cache(root: Path, tmp_path: Path) -> None:
    (root / ".cache").write_text("mine")
    for text in ("Uno.", "Dos."):
        edit(root, text)
        said = run(root)
        assert said.code == 0
        assert said.problems == ""
    assert (root / ".cache").read_text() == "mine"


# Two at once


def start(root: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", "import sys; from sitegen.cli.main import main; sys.exit(main([]))"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.Popen(command, cwd=root, env=environment, stdout=-1, stderr=-1, text=True)


def test_the_second_build_waits_and_says_so(root: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    (root / ".cache").mkdir()
    with (root / ".cache/lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with start(root) as second:
            assert second.stderr is not None
            assert second.stderr.readline() == "Another build of this site is running; waiting for it to finish.\n"
            assert not (root / "public").exists()
            fcntl.flock(lock, fcntl.LOCK_UN)
            assert second.wait(60) == 0
    assert (root / "public/index.html").is_file()


def test_builds_at_once_leave_what_one_leaves(root: Path, tmp_path: Path) -> None:
    builds = [start(root) for _ in range(3)]
    for build in builds:
        _, said = build.communicate(timeout=120)
        assert build.returncode == 0, said
        assert said.replace("Another build of this site is running; waiting for it to finish.\n", "") == ""
    prove_equal(root, tmp_path / "cold")


# The clock


def record(tmp_path: Path) -> Record:
    made = Record(tmp_path / "built.json")
    made.save({"a": "1"}, DAYS, {"x": (1, 2, 3, 4)}, 10**18, outputs={}, said={})
    return Record(tmp_path / "built.json")


@pytest.mark.parametrize(
    ("today", "same"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-05-31", True), ("2026-06-01", False), ("1970-01-01", False)],
)
def test_a_record_holds_for_its_days_only_whichever_way_the_clock_goes(tmp_path: Path, today: str, same: bool) -> None:
    assert record(tmp_path).is_same({"a": "1"}, today, {"x": (1, 2, 3, 4)}, {}) is same


@pytest.mark.parametrize("stamp", [(0, 2, 3, 4), (1, 0, 3, 4), (1, 2, 0, 4), (1, 2, 3, 0)])
def test_any_other_stamp_is_a_change(tmp_path: Path, stamp: fresh.Stamp) -> None:
    assert not record(tmp_path).is_same({"a": "1"}, "2026-01-01", {"x": stamp}, {})


def test_a_file_from_the_future_is_never_trusted(tmp_path: Path) -> None:
    made = Record(tmp_path / "built.json")
    made.save({}, DAYS, {"x": (1, 2, 2 * 10**18, 4)}, 10**18, outputs={}, said={})
    assert not Record(tmp_path / "built.json").is_same({}, "2026-01-01", {"x": (1, 2, 2 * 10**18, 4)}, {})


def test_a_file_changed_in_the_moment_of_the_build_is_never_trusted(tmp_path: Path) -> None:
    made = Record(tmp_path / "built.json")
    made.save({}, DAYS, {"x": (1, 2, 10**18 - 1_000, 4)}, 10**18, outputs={}, said={})
    assert not Record(tmp_path / "built.json").is_same({}, "2026-01-01", {"x": (1, 2, 10**18 - 1_000, 4)}, {})


@pytest.mark.parametrize("hours", [-100_000, -1, 1, 100_000])
def test_a_clock_that_was_set_otherwise_hides_no_edit(
    root: Path, tmp_path: Path, hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(root)
    now = time.time_ns
    monkeypatch.setattr(up_to_date.time, "time_ns", lambda: now() + hours * 3_600_000_000_000)
    for text in ("Uno.", "Dos.", "Tre."):
        edit(root, text)
        prove_equal(root, tmp_path / "cold")
        time.sleep(0.03)
        prove_equal(root, tmp_path / "cold")


def test_days_at_the_ends_of_the_calendar(root: Path, tmp_path: Path) -> None:
    lines = f"publish_date: {dt.date.min}\nexpiry_date: {dt.date.max}"
    (root / PAGE).write_text(f"---\ntitle: Primera\n{lines}\n---\n")
    prove_equal(root, tmp_path / "cold")
    assert (root / "public/es/news/first/index.html").is_file()


# Sources that change while they are read


def changing(root: Path, at: str, action: Callable[[], None]) -> Said:
    """Build; `action` happens in the moment in which the file `at` is opened."""

    def build() -> Said:
        waiting = [action]

        def hook(event: str, values: tuple[object, ...]) -> None:
            if event == "open" and str(values[0]).endswith(at) and waiting:
                waiting.pop()()

        sys.addaudithook(hook)
        return run(root)

    return forked(build)


CHANGES: dict[str, Callable[[Path], None]] = {
    "a page is removed": lambda root: (root / "content/sl/news/second.md").unlink(),
    "a folder is removed": lambda root: shutil.rmtree(root / "content/sl/news"),
    "a page is added": lambda root: (root / "content/sl/news/zzz.md").write_text("---\ntitle: Z\n---\n") and None,
    "a page is changed": lambda root: (
        (root / "content/sl/news/second.md").write_text("---\ntitle: Nova\n---\n") and None
    ),
    "a page becomes a folder": lambda root: as_folder(root / "content/sl/news/second.md"),
    "a template is changed": lambda root: (root / "templates/redirect.html").write_text("{{ nothing }}") and None,
    "a template is removed": lambda root: (root / "templates/parts/foot.html").unlink(),
    "the catalogue is removed": lambda root: (root / "locales/es/LC_MESSAGES/messages.po").unlink(),
    "a stylesheet is changed": lambda root: (root / "static/css/parts.css").write_text("a {}") and None,
    "site.yaml is changed": lambda root: (root / "site.yaml").write_text("title: [") and None,
    "the output is removed": lambda root: shutil.rmtree(root / "public"),
    "the memo is removed": lambda root: (root / ".cache/memo.sqlite").unlink(),
}


def as_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("moment", ["content/en/index.md", "templates/404.html", "public/.sitegen"])
@pytest.mark.parametrize("change", CHANGES)
def test_sources_that_change_while_they_are_read(root: Path, tmp_path: Path, change: str, moment: str) -> None:
    run(root)
    edit(root, "Otro.")
    before = tree(root / "public")
    said = changing(root, moment, lambda: CHANGES[change](root))
    if said.code and "output" not in change:
        assert "[" in said.problems
        assert difference(tree(root / "public"), before) == []
    prove_equal(root, tmp_path / "cold")


# Links that lead in circles


@pytest.mark.parametrize("folder", ["content/sl", "data", "templates", "static", "locales/sl"])
@pytest.mark.parametrize("kind", ["itself", "each other", "above", "above from below"])
def test_symbolic_links_that_lead_in_circles(root: Path, tmp_path: Path, folder: str, kind: str) -> None:
    top = root / folder
    if kind == "itself":
        (top / "me.md").symlink_to("me.md")
    elif kind == "each other":
        (top / "one").symlink_to("other")
        (top / "other").symlink_to("one")
    elif kind == "above":
        (top / "up").symlink_to("..", target_is_directory=True)
    else:
        (top / "deep/deeper").mkdir(parents=True)
        (top / "deep/deeper/up").symlink_to("../../deep", target_is_directory=True)
    said = prove_equal(root, tmp_path / "cold")
    if not folder.startswith("locales"):
        assert said.code == 1
        assert "[link-broken]" in said.problems or "[link-loop]" in said.problems


@pytest.mark.parametrize("name", ["public", ".cache", ".public.spare"])
def test_our_own_folders_as_links_that_lead_in_circles(root: Path, tmp_path: Path, name: str) -> None:
    (root / name).symlink_to(name, target_is_directory=True)
    said = run(root)
    assert said.code == (1 if name == "public" else 0)
    if name == "public":
        failed_clearly(said, "symbolic links form a loop")
    (root / name).unlink(missing_ok=True) if (root / name).is_symlink() else None
    prove_equal(root, tmp_path / "cold")


def test_a_list_that_names_files_outside_removes_none(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    output = tmp_path / "public"
    publish(output, {"a": digest_of(b"1")}, lambda paths: dict.fromkeys(paths, b"1"))
    text = (output / ".sitegen").read_text()
    (output / ".sitegen").write_text(text.replace('"a"', '"../precious": "", "a"'))
    for way in ("0", ""):
        os.environ["SITEGEN_NO_EXCHANGE"] = way
        publish(output, {"b": digest_of(b"2")}, lambda paths: dict.fromkeys(paths, b"2"))
        assert (tmp_path / "precious").read_text() == "mine"
    del os.environ["SITEGEN_NO_EXCHANGE"]
