"""What comes from others is what was meant: packages by their digests, actions by their commits; what a release is."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from support.site import PROJECT

from sitegen import __version__
from tools import check_tag, make_sbom

LOCKS = ("requirements.lock", "requirements-dev.lock")
WORKFLOWS = sorted((PROJECT / ".github/workflows").glob("*.yml"))
USES = [
    (file.name, line.strip().removeprefix("- "))
    for file in WORKFLOWS
    for line in file.read_text(encoding="utf-8").splitlines()
    if re.match(r" +(- )?uses:", line)
]
BY_TAG = {"pypa/gh-action-pypi-publish@v1.13.0"}  # docs/releasing.md says why


def pins(name: str) -> dict[str, str]:
    """Return package → everything that stands below it in a lock file."""
    text = (PROJECT / name).read_text(encoding="utf-8")
    parts = re.split(r"^([a-z0-9][a-z0-9._-]*==[^ ;\\]+)", text, flags=re.M)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_digests(name: str) -> None:
    assert len(pins(name)) > 20
    bare = [package for package, below in pins(name).items() if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", below)]
    assert bare == []
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    strange = [line for line in lines if not re.match(r"#|    #|    --hash=|[a-z0-9][a-z0-9._-]*==", line)]
    assert strange == []  # no address, no folder, no option


def test_packages_are_installed_by_digest_only() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    installs = [line for line in makefile.splitlines() if "pip" in line and " install " in line]
    assert {"--require-hashes" in line or line.strip().endswith(" uv") for line in installs} == {True}


def test_audit_looks_at_every_package_or_fails() -> None:
    done = subprocess.run(["make", "-n", "audit"], cwd=PROJECT, check=True, capture_output=True, text=True)
    [line] = [line for line in done.stdout.splitlines() if "pip-audit" in line]
    assert {"--strict", "--require-hashes", "requirements-dev.lock"} <= set(line.split())
    assert pins("requirements.lock").keys() <= pins("requirements-dev.lock").keys()


def test_every_package_of_npm_has_a_digest() -> None:
    lock = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert len(packages) >= 6
    assert [name for name, one in packages.items() if not one.get("integrity", "").startswith("sha512-")] == []
    wanted = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert lock["packages"][""]["devDependencies"] == wanted


def test_npm_installs_what_its_lock_says_and_runs_nothing() -> None:
    lines = [line for line in (PROJECT / ".ci/run").read_text().splitlines() if re.match(r"\s*npm ", line)]
    assert [line.split()[1] for line in lines] == ["ci"]
    assert all("--ignore-scripts" in line for line in lines)


@pytest.mark.parametrize(("file", "use"), USES, ids=lambda one: one)
def test_action_is_named_by_commit_and_version(file: str, use: str) -> None:
    if use.removeprefix("uses: ") not in BY_TAG:
        assert re.fullmatch(r"uses: actions/[\w/-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", use)


def test_one_repository_has_one_commit() -> None:
    found: dict[str, set[str]] = {}
    for _, use in USES:
        name, _, version = use.removeprefix("uses: ").partition("@")
        found.setdefault("/".join(name.split("/")[:2]), set()).add(version)
    assert {name: versions for name, versions in found.items() if len(versions) > 1} == {}


def test_manual_names_what_is_trusted_by_tag() -> None:
    manual = (PROJECT / "docs/releasing.md").read_text(encoding="utf-8")
    assert [one for one in BY_TAG if f"`{one}`" not in manual] == []
    assert {use.removeprefix("uses: ") for _, use in USES if "  # v" not in use} == BY_TAG


# What an installation consists of


@pytest.fixture(scope="module")
def bom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the file that `make sbom` makes."""
    file = tmp_path_factory.mktemp("sbom") / "sbom.cdx.json"
    assert make_sbom.main([str(file)]) == 0
    return file


@pytest.mark.long
def test_bill_of_materials_is_valid(bom: Path) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bom.read_text(encoding="utf-8")) is None


def test_bill_of_materials_holds_the_lock_file(bom: Path) -> None:
    content = json.loads(bom.read_text(encoding="utf-8"))
    assert {f"{one['name']}=={one['version']}" for one in content["components"]} == set(pins("requirements.lock"))
    digests = {one["content"] for part in content["components"] for ref in part["externalReferences"]
               for one in ref["hashes"]}  # fmt: skip
    assert digests == set(re.findall(r"sha256:([0-9a-f]{64})", (PROJECT / "requirements.lock").read_text()))
    assert content["metadata"]["component"]["version"] == __version__


def test_bill_of_materials_says_what_needs_what(bom: Path) -> None:
    content = json.loads(bom.read_text(encoding="utf-8"))
    needs: dict[str, Any] = {one["ref"]: one["dependsOn"] for one in content["dependencies"]}
    named = {one["bom-ref"]: one["name"] for one in content["components"]}
    [jinja] = [ref for ref, name in named.items() if name == "jinja2"]
    assert [named[ref] for ref in needs[jinja]] == ["markupsafe"]
    root = content["metadata"]["component"]["bom-ref"]
    direct = {named[ref] for ref in needs[root]}
    assert {"babel", "jinja2", "pillow"} <= direct
    reached, todo = set(), [root]
    while todo:
        one = todo.pop()
        if one not in reached:
            reached.add(one)
            todo += needs[one]
    assert reached == {root, *named}  # nothing is there that nobody needs


@pytest.mark.long
def test_same_lock_file_gives_the_same_bytes(bom: Path, tmp_path: Path) -> None:
    make_sbom.main([str(tmp_path / "again.json")])
    assert (tmp_path / "again.json").read_bytes() == bom.read_bytes()


# A release


@pytest.mark.parametrize("tag", ["", f"v{__version__}"])
def test_tag_of_the_version_is_released(tag: str) -> None:
    assert check_tag.main([tag]) == 0


@pytest.mark.parametrize("tag", [__version__, "v", "v0", f"v{__version__}.1", f"V{__version__}", f"v{__version__} "])
def test_another_tag_is_not_released(tag: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_tag.main([tag]) == 1
    assert __version__ in capsys.readouterr().err


@pytest.mark.long
@pytest.mark.long
def test_packages_of_a_release_are_built(tmp_path: Path) -> None:
    for name in ("sitegen", "pyproject.toml", "README.md", "LICENSE"):
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        copy(PROJECT / name, tmp_path / name)
    tool = Path(sys.executable).parent / "pyproject-build"
    subprocess.run([tool, "--no-isolation"], cwd=tmp_path, check=True, capture_output=True)
    names = [f"sitegen-{__version__}-py3-none-any.whl", f"sitegen-{__version__}.tar.gz"]
    assert sorted(one.name for one in (tmp_path / "dist").iterdir()) == names
