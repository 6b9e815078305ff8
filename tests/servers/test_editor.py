"""The web editor on real servers: its policy takes the place of the site's, and never stands beside it."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.site import PROJECT, TESTS, TODAY, needs

from servers.conftest import BELOW, NAMES, Served, caddyfile, running
from sitegen.build.admin import NEEDED
from sitegen.build.pipeline import build
from sitegen.build.request import Options

SETTINGS = f"""
hosts: {{names: {NAMES}, precompress: [gzip]}}
admin: {{backend: github, repository: town-office/website}}
"""
POLICY = "content-security-policy"
OPENER = "cross-origin-opener-policy"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Stand in for the program, which not every machine has."""
    folder = tmp_path_factory.mktemp("program")
    for name in NEEDED:
        (folder / name).write_text(f"// {name}\n" * 40, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sitegen.build.admin.ASSETS", folder)
        yield


@pytest.fixture(scope="module", params=["/", BELOW], ids=["root", "below"])
def built(request: pytest.FixtureRequest, program: None, place: Path) -> tuple[Path, str]:
    """Return a small site with an editor, and the path that it is served at."""
    prefix = str(request.param)
    source = Path(tempfile.mkdtemp(prefix="editor-", dir=place))
    shutil.copytree(TESTS / "minimal", source, dirs_exist_ok=True)
    text = (source / "site.yaml").read_text(encoding="utf-8")
    (source / "site.yaml").write_text(text + SETTINGS, encoding="utf-8")
    (source / "static").mkdir()
    (source / "static/a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    output = place / f"with-editor{prefix.replace('/', '-')}" / prefix.strip("/")
    result = build(Options(root=source, today=TODAY, output=output, base_url=f"https://example.org{prefix}"))
    assert not result.failed, result.problems
    return output, prefix


def serving(kind: str, built: tuple[Path, str], place: Path) -> Iterator[Served]:
    """Serve the site."""
    needs(kind, shutil.which("apache2" if kind == "apache" else kind))
    output, prefix = built
    root = output
    for _ in prefix.strip("/").split("/") if prefix != "/" else ():
        root = root.parent
    home = Path(tempfile.mkdtemp(prefix=f"{kind}-", dir=place))
    with running(kind, output, root, home) as port:
        yield Served(kind, port, prefix, output, precompressed=True)


@pytest.fixture(params=["nginx", "apache"])
def served(request: pytest.FixtureRequest, built: tuple[Path, str], place: Path) -> Iterator[Served]:
    yield from serving(request.param, built, place)


def test_exactly_one_policy_arrives_everywhere(served: Served) -> None:
    for path in ("admin/", "admin/index.html", "admin/start.js", "admin/config.yml", "admin/sveltia-cms.js"):
        for encoding in ("identity", "gzip"):
            answer = served.ask(path, Accept_Encoding=encoding)
            assert answer.status == 200
            assert_of_editor(answer.headers[POLICY])
            assert answer.headers[OPENER] == "same-origin-allow-popups"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"] == "no-cache"
    for path in ("", "index.html", "sl/", "en/", "en/nothing", "nothing", "admin/nothing", "adminx"):
        answer = served.ask(path)
        assert_of_site(answer.headers[POLICY])
        assert answer.headers[OPENER] == "same-origin"
    drawing = sorted(served.folder.rglob("*.svg"))[0].relative_to(served.folder).as_posix()
    assert served.ask(drawing).headers[POLICY] == "sandbox"


def assert_of_editor(policy: str) -> None:
    """Say that this is the editor's policy, alone: two that are sent are joined by a comma."""
    assert "," not in policy
    assert policy.count("default-src") == 1
    assert "connect-src 'self' blob: data: https://api.github.com;" in policy
    assert "style-src 'self' 'unsafe-inline';" in policy
    assert "frame-ancestors 'none'" in policy


def assert_of_site(policy: str) -> None:
    """Say that this is the policy of the site, alone."""
    assert "," not in policy
    assert policy.count("default-src") == 1
    assert "github" not in policy
    assert "unsafe" not in policy


def test_the_folder_without_its_slash_leads_to_the_editor(served: Served) -> None:
    answer = served.ask("admin")
    assert answer.status == 301
    assert answer.headers["location"].endswith(f"{served.prefix}admin/")
    assert POLICY in answer.headers


def test_the_program_is_sent_compressed(served: Served) -> None:
    answer = served.ask("admin/sveltia-cms.js", Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")


@pytest.fixture
def caddy(built: tuple[Path, str], place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Serve with Caddy, with the lines for an editor that the manual shows."""
    output, prefix = built
    if prefix != "/":
        pytest.skip("the manual shows a site at the root")
    headers = (output / "_headers").read_text(encoding="utf-8")
    policies = {
        path: re.search(rf"^{re.escape(path)}\n  {POLICY}: (.*)$", headers, re.M | re.I) for path in ("/", "/admin/*")
    }
    manual = (PROJECT / "docs/how-to/publish-on-a-server.md").read_text(encoding="utf-8")
    lines = next(text.partition("```")[0] for text in manual.split("```caddyfile\n") if "@editor" in text)
    for path, found in policies.items():
        assert found
        assert f'"the policy below {path}"' in lines
        lines = lines.replace(f'"the policy below {path}"', f'"{found[1]}"')

    def with_editor(root: Path, port: int) -> str:
        return caddyfile(root, port).replace("\tencode gzip\n", f"\tencode gzip\n{lines}")

    monkeypatch.setattr("servers.conftest.caddyfile", with_editor)
    yield from serving("caddy", built, place)


def test_exactly_one_policy_arrives_from_caddy(caddy: Served) -> None:
    for path in ("admin/", "admin/start.js", "admin/config.yml"):
        assert_of_editor(caddy.ask(path).headers[POLICY])
    for path in ("", "sl/", "en/nothing"):
        assert_of_site(caddy.ask(path).headers[POLICY])
