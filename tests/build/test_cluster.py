"""A build on a real Dask cluster: a scheduler and two workers on this machine."""

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from support.site import PROJECT, SiteFolder, needs

Make = Callable[..., SiteFolder]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(PROJECT), "PYTHONWARNINGS": "ignore"}
TASKS = (
    "import sys, distributed as d;"
    "print(d.Client(sys.argv[1]).run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.transition_log)))"
)
WITHOUT = "import sys; sys.modules['distributed'] = None; from sitegen.cli.main import main; exit(main())"


def run(root: Path, *arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line in a site's folder; `code` is run instead when it is given."""
    start = ["-c", code] if code else ["-m", "sitegen"]
    command = [sys.executable, *start, *arguments]
    return subprocess.run(command, cwd=root, env=ENVIRONMENT, capture_output=True, text=True, timeout=120)


@contextmanager
def started(folder: Path, name: str, *arguments: str) -> Iterator[None]:
    """Run a program of the package distributed while the block lasts."""
    command = [sys.executable, "-m", f"distributed.cli.{name}", "--no-dashboard", *arguments]
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a scheduler and two workers; give the scheduler's address."""
    needs("distributed", importlib.util.find_spec("distributed"))
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    with ExitStack() as stack:
        where = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        stack.enter_context(started(folder, "dask_scheduler", *where))
        deadline = time.monotonic() + 60
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        workers = ("--nworkers", "2", "--nthreads", "1", "--local-directory", str(folder))
        stack.enter_context(started(folder, "dask_worker", "--scheduler-file", str(file), *workers))
        yield str(json.loads(file.read_text())["address"])


def many_pages(site: Make) -> SiteFolder:
    """Return a site with enough pages to be worth a pool."""
    made = site()
    for number in range(60):
        made.edit(
            f"content/sl/s/p{number}.md",
            f"---\ntitle: Stran {number}\n---\n\n## Del {{#a}}\n\n*{number}* v [x](p1.md)\n",
        )
    return made


def test_a_cluster_makes_the_same_bytes(site: Make, cluster: str) -> None:
    here, there = many_pages(site), many_pages(site)
    assert run(here.root, "--jobs", "1").returncode == 0
    for _ in range(200):  # until both workers have come
        done = run(there.root, "--clean", "--scheduler", cluster)
        if "no workers" not in done.stderr:
            break
    assert (done.returncode, done.stderr) == (0, "")
    assert there.outputs == here.outputs
    assert int(run(there.root, cluster, code=TASKS).stdout) > 0


def test_a_mistake_is_found_on_a_cluster_too(site: Make, cluster: str) -> None:
    made = many_pages(site)
    made.edit("content/sl/s/p1.md", "---\ntitle: A\n---\n\n[x](gone.md)\n")
    done = run(made.root, "--scheduler", cluster)
    assert done.returncode == 1
    assert "link-missing" in done.stderr


def test_nobody_answers(site: Make) -> None:
    needs("distributed", importlib.util.find_spec("distributed"))
    done = run(site().root, "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 1
    assert "No Dask scheduler answers at tcp://127.0.0.1:9." in done.stderr.splitlines()


def test_an_address_that_is_none(site: Make) -> None:
    needs("distributed", importlib.util.find_spec("distributed"))
    done = run(site().root, "--scheduler", "nonsense://x")
    assert done.returncode == 1
    assert "No Dask scheduler answers at nonsense://x." in done.stderr.splitlines()


def test_the_package_is_missing(site: Make) -> None:
    done = run(site().root, "--scheduler", "tcp://127.0.0.1:9", code=WITHOUT)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "--scheduler requires the package “distributed”. Install it: pip install 'sitegen[cluster]'\n"
