"""The files of GitHub, GitLab and pre-commit: their form, that they hold no logic, that each line they run works."""

import datetime as dt
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.site import PROJECT, SiteFolder, needs

from sitegen.build import seal
from sitegen.build.pipeline import build
from sitegen.build.request import Options

BIN = PROJECT / ".venv/bin"
WORKFLOWS = sorted((PROJECT / ".github/workflows").glob("*.yml"))
GITLAB = PROJECT / ".gitlab-ci.yml"
QUICK = ("site", "check", "summary", "preview")
READY = ("ready",)  # fails while this site has placeholders, as it should
LONG = (
    "lint",
    "test",
    "all-tests",
    "links",
    "audit",
    "sbom",
    "dist",
)  # need the network, or an hour: here only what they would do
PAGE = "---\ntitle: {0}\ndescription: {1}\n---\n{1}\n\n## {2} {{#part}}\n\n{3}\n"
PAGES = {
    "sl": PAGE.format("Poskus", "Stran, ki pove, kako se preskuša povzetek sprememb.", "Del", "Prvo besedilo."),
    "en": PAGE.format("Trial", "A page that tells how the summary of changes is tried.", "Part", "First text."),
    "es": PAGE.format("Prueba", "Una página que cuenta cómo se prueba el resumen de cambios.", "Parte", "Texto."),
}
ACTIONS = {"checkout", "setup-python", "cache", "cache/restore", "cache/save", "upload-artifact", "download-artifact"}
ACTIONS |= {"configure-pages", "upload-pages-artifact", "deploy-pages"}
PUBLISHER = "pypa/gh-action-pypi-publish"  # of a release
RIGHTS = {  # beyond reading the repository
    "site.yml": {"publish": {"contents": "read", "pages": "write", "id-token": "write"}},
    "release.yml": {"publish": {"id-token": "write"}},
}


def read(file: Path) -> dict[str, Any]:
    """Return a file as those services read it: without the truth values of YAML 1.1."""
    content: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    return content


def steps() -> list[tuple[str, dict[str, Any]]]:
    """Return every step of GitHub's workflows, with the name of its file and job."""
    jobs = [(file.name, name, job) for file in WORKFLOWS for name, job in read(file)["jobs"].items()]
    return [(f"{file}/{name}", step) for file, name, job in jobs for step in job["steps"]]


def lines() -> set[str]:
    """Return every line that either service runs."""
    github = [line for _, step in steps() for line in step.get("run", "").splitlines()]
    jobs = [job for name, job in read(GITLAB).items() if name not in ("default", "workflow", "variables", "stages")]
    return {*github, *(line for job in jobs for line in job["script"])}


def run(command: list[str], folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in a folder, as a service would."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_NAME": "Ana", "GIT_AUTHOR_EMAIL": "a@example.org"}
    own |= {"GIT_COMMITTER_NAME": "Ana", "GIT_COMMITTER_EMAIL": "a@example.org"}
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **own, **environment}, capture_output=True, text=True, check=False
    )


def make(line: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a line of the services with the environment that there is already: its set-up counts as done."""
    done = [
        word
        for file in (".venv/.site", ".venv/.tools", "requirements.lock", "requirements-dev.lock")
        for word in ("-o", file)
    ]
    return run(["make", *done, *shlex.split(line)[1:]], folder, **environment)


# Their form


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_github_reads_it(file: Path) -> None:
    done = run([str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.github-workflows", str(file)], PROJECT)
    assert done.returncode == 0, done.stdout


def test_the_workflow_of_the_manual_is_one_of_github(tmp_path: Path) -> None:
    manual = (PROJECT / "docs/how-to/publish-on-github-pages.md").read_text(encoding="utf-8")
    file = tmp_path / "pages.yml"
    file.write_text(manual.partition("```yaml .github/workflows/pages.yml\n")[2].partition("```")[0])
    done = run([str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.github-workflows", str(file)], PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr
    ours = {step["uses"] for _, step in steps() if "uses" in step}
    used = {step["uses"] for step in read(file)["jobs"]["publish"]["steps"] if "uses" in step}
    assert len(used) == 4
    assert used <= ours  # so that both are renewed together


def test_gitlab_reads_it() -> None:
    schema = ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]
    done = run([str(BIN / "check-jsonschema"), *schema, str(GITLAB)], PROJECT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("what", ["config", "manifest"])
def test_pre_commit_reads_it(what: str, tmp_path: Path) -> None:
    done = run([str(BIN / "pre-commit"), f"validate-{what}"], PROJECT, PRE_COMMIT_HOME=str(tmp_path))
    assert done.returncode == 0, done.stdout


# That they hold no logic, and no more rights than they need


def test_every_line_is_a_target_of_make() -> None:
    assert {line.split()[0] for line in lines()} == {"make"}
    assert {tuple(line.split()[1:]) for line in lines()} == {(target,) for target in (*QUICK, *READY, *LONG)}


def test_other_steps_check_out_set_up_keep_and_upload() -> None:
    used = {(where, step["uses"].partition("@")[0]) for where, step in steps() if "uses" in step}
    assert {use for _, use in used} == {*(f"actions/{one}" for one in ACTIONS), PUBLISHER}
    assert {where for where, use in used if use == PUBLISHER} == {"release.yml/publish"}


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_rights_are_the_least(file: Path) -> None:
    content = read(file)
    assert content["permissions"] == {"contents": "read"}
    assert "concurrency" in content
    more = {name: job["permissions"] for name, job in content["jobs"].items() if "permissions" in job}
    assert more == RIGHTS.get(file.name, {})
    assert all("timeout-minutes" in job for job in content["jobs"].values())
    assert "pull_request_target" not in content["on"]


def test_no_words_of_others_reach_a_shell() -> None:
    assert not [step["run"] for _, step in steps() if "${{" in step.get("run", "")]
    checkouts = [step for _, step in steps() if "checkout" in step.get("uses", "")]
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)


def test_every_python_that_is_supported_is_tested() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    known = [one.rpartition(" ")[2] for one in project["classifiers"] if re.search(r"Python :: 3\.\d+$", one)]
    assert read(PROJECT / ".github/workflows/tests.yml")["jobs"]["python"]["strategy"]["matrix"]["python"] == known
    assert read(GITLAB)["tests"]["parallel"]["matrix"] == [{"PYTHON": known}]


def caches() -> list[tuple[str, dict[str, Any]]]:
    """Return the steps that keep or bring back what was made, with the names of their file and job."""
    return [(where, step) for where, step in steps() if "/cache" in step.get("uses", "")]


def test_what_was_made_is_kept_between_runs_together_with_its_key() -> None:
    assert [where for where, _ in caches()] == ["links.yml/links", *["site.yml/check"] * 2, "site.yml/publish"]
    place = "~/" + folder_of_key().relative_to(Path.home()).as_posix()
    assert {step["with"]["path"] for _, step in caches()} == {f".cache\n{place}\n"}
    assert {"key": "site", "paths": [".cache/"], "policy": "$SITE_CACHE"} in read(GITLAB)["default"]["cache"]


def folder_of_key() -> Path:
    """Return where the key lies on a machine of those services: one whose environment says nothing about it."""
    with pytest.MonkeyPatch.context() as machine:
        machine.delenv("XDG_CACHE_HOME", raising=False)
        machine.setattr("sys.platform", "linux")
        return seal.folder()


def test_no_pull_request_writes_what_is_kept() -> None:
    for where, step in caches():
        if "/restore@" in step["uses"]:
            continue
        on = set(read(PROJECT / ".github/workflows" / where.partition("/")[0])["on"])
        assert on <= {"schedule", "workflow_dispatch"} or step["if"] == "github.event_name == 'push'"
    rules = read(GITLAB)["workflow"]["rules"]
    assert [(rule["if"], rule["variables"]["SITE_CACHE"]) for rule in rules] == [
        ('$CI_PIPELINE_SOURCE == "merge_request_event"', "pull"),
        ("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH", "pull-push"),
    ]
    assert "SITEGEN_CACHE_KEY" not in read(GITLAB)["variables"]  # it stands in the project's settings, never in a file


def test_nothing_is_published_before_the_site_is_ready() -> None:
    publish = read(PROJECT / ".github/workflows/site.yml")["jobs"]["publish"]["steps"]
    at = next(index for index, step in enumerate(publish) if step.get("run") == "make ready")
    assert (publish[at]["id"], publish[at]["continue-on-error"]) == ("ready", "true")
    assert publish[at]["env"] == {"BASE_URL": "${{ steps.pages.outputs.base_url }}"}
    assert {step.get("if") for step in publish[at + 1 :]} == {"steps.ready.outcome == 'success'"}
    assert not [step for step in publish[:at] if "upload" in step.get("uses", "") or "deploy" in step.get("uses", "")]
    pages = read(GITLAB)["pages"]
    assert pages["script"] == ["make ready", "make site"]
    assert pages["allow_failure"] == {"exit_codes": "2"}  # what make gives, so the job warns and publishes nothing


def test_site_with_placeholders_is_not_ready_and_the_log_says_why(job: dict[str, tuple[int, str]], clone: Path) -> None:
    done = make("make ready", clone, GITHUB_ACTIONS="true")
    assert done.returncode == 2
    assert "::notice file=site.yaml,line=" in done.stdout
    assert "publisher.name" in done.stdout
    assert "::error" not in done.stdout


@pytest.mark.parametrize("name", ["links", "audit"])
def test_addresses_and_packages_are_looked_at_every_week(name: str) -> None:
    workflow = read(PROJECT / f".github/workflows/{name}.yml")
    assert [re.fullmatch(r"\d+ \d+ \* \* [0-6]", one["cron"]) is not None for one in workflow["on"]["schedule"]] == [
        True
    ]
    assert workflow["jobs"][name]["steps"][-1]["run"] == f"make {name}"
    assert 'CI_PIPELINE_SOURCE == "schedule"' in read(GITLAB)[name]["rules"][0]["if"]
    assert read(GITLAB)[name]["script"] == [f"make {name}"]


def test_release_is_packed_without_rights_and_published_without_our_code() -> None:
    release = read(PROJECT / ".github/workflows/release.yml")
    assert release["on"] == {"push": {"tags": ["v*"]}}
    pack, publish = release["jobs"]["pack"], release["jobs"]["publish"]
    assert "permissions" not in pack
    assert {step["env"]["TAG"] for step in pack["steps"] if step.get("run") == "make dist"} == {
        "${{ github.ref_name }}"
    }
    assert (publish["needs"], publish["environment"]) == ("pack", "pypi")
    assert [step.get("run") for step in publish["steps"]] == [None, None]
    assert "with" not in publish["steps"][-1]  # no password, attestations as they are by default
    assert not [step for step in pack["steps"] if "cache" in step.get("uses", "") or "cache" in step.get("with", {})]


def test_manual_tells_of_every_job_and_hook() -> None:
    manual = (PROJECT / "docs/ci.md").read_text(encoding="utf-8")
    named = {*QUICK, *READY, *LONG, *(file.name for file in WORKFLOWS), "sitegen-check"}
    named |= {hook["id"] for hook in read(PROJECT / ".pre-commit-config.yaml")["repos"][0]["hooks"]}
    assert {name for name in named if f"`{name}`" not in manual and f"`make {name}`" not in manual} == set()


# That their lines work


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return this project as a service checks it out: only what git keeps, in a repository with two commits."""
    needs("make", shutil.which("make"))
    needs("git", shutil.which("git"))
    folder = tmp_path_factory.mktemp("ci") / "clone"
    listed = run(["git", "ls-files", "-coz", "--exclude-standard"], PROJECT).stdout.split("\0")
    for path in filter(None, listed):
        if (PROJECT / path).is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / path, folder / path)
    (folder / ".venv").symlink_to((PROJECT / ".venv").resolve())
    (folder / ".git").mkdir()
    run(["git", "init", "-q", "-b", "main"], folder)
    with (folder / ".git/info/exclude").open("a") as file:
        file.write(".venv\n")
    for lang, text in PAGES.items():
        (folder / f"content/{lang}/about/trial.md").write_text(text, encoding="utf-8")
    run(["git", "add", "-A"], folder)
    run(["git", "commit", "-qm", "First"], folder)
    page = folder / "content/sl/about/trial.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Prvo", "Drugačno"), encoding="utf-8")
    run(["git", "commit", "-qam", "Second"], folder)
    return folder


@pytest.fixture(scope="module")
def job(clone: Path) -> dict[str, tuple[int, str]]:
    """Run the lines of the job `check` of GitHub in their order; return line → exit code and what was printed."""
    found = {}
    for where, step in steps():
        if where == "site.yml/check" and "run" in step:
            page = str(clone.parent / "page.md")
            done = make(step["run"], clone, SINCE="HEAD~1", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=page)
            found[step["run"]] = (done.returncode, done.stdout + done.stderr)
    return found


@pytest.mark.parametrize("target", QUICK)
def test_line_of_the_job_works(job: dict[str, tuple[int, str]], target: str) -> None:
    code, said = job[f"make {target}"]
    assert code == 0, said


def test_job_makes_the_site_and_a_preview(job: dict[str, tuple[int, str]], clone: Path) -> None:
    assert (clone / "public/sl/index.html").exists()
    assert 'href="sl/index.html"' in (clone / "public-offline/index.html").read_text(encoding="utf-8")


def test_page_of_the_job_tells_what_changed(job: dict[str, tuple[int, str]], clone: Path) -> None:
    text = (clone.parent / "page.md").read_text(encoding="utf-8")
    assert text == (clone / ".cache/summary.md").read_text(encoding="utf-8")
    assert re.search(r"^- changed: `/sl/.*/trial/`$", text, re.M)
    assert "- `content/en/about/trial.md` (English): “Del”\n" in text
    assert "- `content/es/about/trial.md` (Español): “Del”\n" in text
    assert re.search(r"^\| glossary \| /sl/slovar/", text, re.M)


def test_next_run_makes_only_what_changed(job: dict[str, tuple[int, str]], clone: Path, tmp_path: Path) -> None:
    done = run(["git", "clone", "-q", str(clone), str(tmp_path / "next")], tmp_path)
    assert done.returncode == 0, done.stderr
    fresh = SiteFolder(tmp_path / "next")
    shutil.copytree(clone / ".cache", fresh.root / ".cache")
    result = build(Options(root=fresh.root, today=dt.date.today()))  # the day of the job, too
    assert not result.failed
    assert result.pages > 100
    assert sum(result.made.values()) == 0


def test_address_of_pages_goes_before_that_of_the_settings(job: dict[str, tuple[int, str]], clone: Path) -> None:
    done = make("make site", clone, BASE_URL="https://pages.example/site")
    assert done.returncode == 0, done.stderr
    assert "https://pages.example/site/sl/" in (clone / "public/sitemap.xml").read_text(encoding="utf-8")
    assert make("make site", clone, BASE_URL="$(touch hacked); `touch hacked`").returncode != 0
    assert not (clone / "hacked").exists()


def test_mistake_fails_the_job_and_stands_beside_its_line(job: dict[str, tuple[int, str]], clone: Path) -> None:
    page = clone / "content/sl/glossary.md"
    before = page.read_text(encoding="utf-8")
    page.write_text(before + "\n[a](nowhere.md)\n", encoding="utf-8")
    number = before.count("\n") + 2
    try:
        done = make("make check", clone, GITHUB_ACTIONS="true")
        assert done.returncode != 0
        assert f"::error file=content/sl/glossary.md,line={number}," in done.stdout
        told = make("make summary", clone, SINCE="HEAD~1")
        assert told.returncode != 0
        assert "Nothing would be published." in told.stdout
    finally:
        page.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("target", LONG)
def test_long_line_is_a_target_too(clone: Path, target: str) -> None:
    done = run(["make", "--dry-run", target], clone)
    assert done.returncode == 0, done.stderr


@pytest.mark.proof
def test_lint_of_a_clone(clone: Path) -> None:
    done = make("make lint", clone)
    assert done.returncode == 0, done.stdout


# Before a commit


@pytest.fixture
def hook(clone: Path, tmp_path: Path) -> Any:
    """Return a function that runs hooks on what is staged in the clone, and gives exit code and output."""
    config = read(PROJECT / ".pre-commit-config.yaml")
    assert {one["language"] for repo in config["repos"] for one in repo["hooks"]} == {"system"}  # nothing is fetched

    def hooks(*names: str) -> tuple[int, str]:
        done = run([str(BIN / "pre-commit"), "run", *names], clone, PRE_COMMIT_HOME=str(tmp_path / "home"))
        return done.returncode, done.stdout + done.stderr

    yield hooks
    run(["git", "reset", "-q", "--hard"], clone)


def test_hook_checks_what_an_editor_commits(hook: Any, clone: Path) -> None:
    page = clone / "content/en/glossary.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[a](nowhere.md)\n", encoding="utf-8")
    run(["git", "add", "-A"], clone)
    code, said = hook("check")
    assert code == 1
    assert "[link-missing]" in said


def test_hooks_of_developers(hook: Any, clone: Path) -> None:
    (clone / "tools/ugly.py").write_text("import os\nx=1\n")
    run(["git", "add", "-A"], clone)
    assert hook("ruff")[0] == 1
    assert hook("ruff-format")[0] == 1
    code, said = hook("check")
    assert code == 0
    assert "Skipped" in said


@pytest.mark.proof
def test_all_hooks_find_this_project_good(hook: Any, clone: Path) -> None:
    code, said = hook("--all-files")
    assert code == 0, said
