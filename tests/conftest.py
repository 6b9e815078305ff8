"""The environment of all tests, the fixtures that all of them know, and which tests a run leaves out."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from support.sharing import shared
from support.site import PROJECT, TESTS, TODAY, SiteFolder, unpack

from sitegen.build.admin import NEEDED
from sitegen.build.pipeline import build
from sitegen.build.request import Options, Result

# Tests leave nothing in anybody's home, and those that change the user keep what they remember.
os.environ.setdefault("SITEGEN_CACHE_KEY", "of-the-tests-and-of-nobody-else-in-the-world")
# Files whose tests start browsers, servers, Java or many programs, or tell long stories: `make quick` leaves them out.
LONG = (
    *("browser", "admin", "servers", "test_html.py", "test_install.py", "test_deploy.py", "test_crash.py"),
    *("test_disk.py", "test_guides.py", "test_tour.py", "test_init.py", "test_ci.py", "test_summary.py"),
    "test_determinism.py",
    *("test_machine.py", "test_cluster.py", "test_interrupt.py", "test_fuzz.py", "test_edit_links.py"),
    *("test_time_limit.py", "test_orphans.py", "test_attacks.py", "test_second_wall.py", "test_time.py"),
    *("test_extensions.py", "test_regexes.py", "test_serve.py", "test_fast_rules.py", "test_budgets.py"),
    *("test_manual_site.py", "test_dialects.py", "test_cutoff.py", "test_nearest.py", "test_incremental.py"),
    *("test_zip.py", "test_po.py", "test_machines.py", "test_site.py"),
)
# What programs find in the environment of one machine and not of another. Tests give what they want themselves.
_OF_THE_MACHINE = (
    *("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CI", "GITHUB_ACTIONS", "TZ", "BASE_URL"),
    *("LANGUAGE", "LANG", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LC_TIME", "LC_COLLATE", "LC_NUMERIC"),
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"),
)
for _name in _OF_THE_MACHINE:
    os.environ.pop(_name, None)
# A busy machine fails no example. Each run tries the same examples, so that a change is to blame for a failure; only
# the proof tries new ones.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("new", deadline=None)
_HERE = "localhost,127.0.0.1,::1"
# Nobody's settings of git; and no proxy on the way to a server of this machine.
os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1", NO_PROXY=_HERE, no_proxy=_HERE)
os.umask(0o022)
# Whoever starts the tests in the background may have them deaf to Ctrl-C; programs that they start must hear it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def sharing() -> Iterator[None]:
    """Let all builds of this process turn the same templates into Python only once."""
    with shared():
        yield


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test begin in English: a command that was asked for another language tells argparse by LANGUAGE."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def editor_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for the program of the web editor, which not every machine has: small files of the same names."""
    folder = tmp_path / "editor"
    for name in (*NEEDED, "fonts/source-sans-3.woff2", "locales/es-CO.json", "licences/editor.txt"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"/* {name} */\n", encoding="utf-8")
    monkeypatch.setattr("sitegen.build.admin.ASSETS", folder)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., SiteFolder]:
    """Return a function that makes a site: site("-- content/en/a.md --\n…", without=["content/en/index.md"])."""
    made: list[SiteFolder] = []

    def make(files: str = "", without: tuple[str, ...] = ()) -> SiteFolder:
        folder = SiteFolder(tmp_path / f"site{len(made) + 1}")
        shutil.copytree(TESTS / "minimal", folder.root)
        for path, text in unpack(files).items():
            folder.edit(path, text)
        for path in without:
            folder.remove(path)
        made.append(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Build the site of this project, once; its `output` is the folder."""
    return build(Options(root=PROJECT, today=TODAY, output=tmp_path_factory.mktemp("real") / "public"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of our own."""
    parser.addoption("--update", action="store_true", help="write expected.txt and golden trees anew")
    parser.addoption("--quick", action="store_true", help="leave the long files out")
    parser.addoption("--cases", type=int, default=0, help="of the cases of a function try at most so many (0: all)")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the examples of Hypothesis."""
    settings.load_profile("same" if config.option.markexpr == "not proof" else "new")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave long files unread where they are not wanted: importing them takes seconds, too."""
    return True if config.getoption("--quick") and is_long(collection_path) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the long tests; of many cases of one function keep as many as `--cases` says."""
    for item in items:
        if is_long(item.path):
            item.add_marker("long")
    most = config.getoption("--cases")
    is_quick = config.getoption("--quick")
    if most or is_quick:
        wanted = [item for item in items if not (is_quick and item.get_closest_marker("long"))]
        kept = set()
        for cases in by_function(wanted):
            is_cheap = not is_quick and cases[0].get_closest_marker("cheap")
            kept |= set(cases if is_cheap or not most else sample(cases, most))
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = [item for item in items if item in kept]


def is_long(path: Path) -> bool:
    """Say whether this is a file, or a folder, whose tests are long."""
    return path.is_relative_to(TESTS) and not set(LONG).isdisjoint(path.relative_to(TESTS).parts)


def by_function(items: list[pytest.Item]) -> list[list[pytest.Item]]:
    """Return the cases of each test function, as they stand."""
    groups: dict[str, list[pytest.Item]] = {}
    for item in items:
        groups.setdefault(item.nodeid.partition("[")[0], []).append(item)
    return list(groups.values())


def sample(cases: list[pytest.Item], most: int) -> list[pytest.Item]:
    """Return at most `most` cases, spread evenly from the first to the last: the same in every run."""
    if len(cases) <= most:
        return cases
    return [cases[at * (len(cases) - 1) // max(most - 1, 1)] for at in range(most)]


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Say whether expected files are to be written anew (`--update`)."""
    return bool(request.config.getoption("--update"))
