"""Real servers on free loopback ports: each serves this project's site as its makers would set it up from the manual.

As root, servers run as the user `nobody`, so the sites stand in a folder that everybody may read.
"""

import contextlib
import getpass
import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from support.site import PROJECT, TODAY, needs

from sitegen.build.pipeline import build
from sitegen.build.request import Options

BELOW = "/some/sub/"
NAMES = "[apache, cloudflare, github, netlify, nginx]"
NOBODY = 65534
MODULES = ("mpm_event", "unixd", "authz_core", "dir", "mime", "rewrite", "headers", "filter", "deflate", "brotli")
APACHE = """
ServerRoot {home}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {home}/pid
ErrorLog {home}/errors
DocumentRoot {root}
{modules}
TypesConfig /etc/mime.types
DirectoryIndex index.html
# As Debian has it: what is compressed already must not be compressed once more.
AddOutputFilterByType DEFLATE text/html text/css text/javascript application/xml
<Directory />
AllowOverride None
Require all denied
</Directory>
<Directory {root}>
Options Indexes FollowSymLinks
AllowOverride FileInfo
Require all granted
</Directory>
"""
NGINX = """
daemon off;
pid {home}/pid;
error_log {home}/errors;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {home}/1; proxy_temp_path {home}/2; fastcgi_temp_path {home}/3;
    uwsgi_temp_path {home}/4; scgi_temp_path {home}/5;
    server {{
        listen 127.0.0.1:{port};
        server_name localhost;
        root {root};
        include {site}/nginx.conf;
    }}
}}
"""


class Answer(NamedTuple):
    """What a server answered; names of headers in small letters, those that stand twice joined by commas."""

    status: int
    headers: dict[str, str]
    data: bytes


class Served(NamedTuple):
    """A running server: `folder` is what the build published, served below `prefix`."""

    kind: str
    port: int
    prefix: str
    folder: Path
    precompressed: bool

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for an address below the site's; underscores in names of headers stand for hyphens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            asked = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, self.prefix + path, headers=asked)
            response = connection.getresponse()
            found: dict[str, str] = {}
            for name, value in response.getheaders():
                found[name.lower()] = f"{found[name.lower()]}, {value}" if name.lower() in found else value
            return Answer(response.status, found, response.read())


@pytest.fixture(scope="package")
def place() -> Iterator[Path]:
    """Return a folder that everybody may read, removed in the end."""
    folder = Path(tempfile.mkdtemp(prefix="sitegen-servers-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="package")
def source(place: Path) -> Path:
    """Return a copy of this project's site, with an old address of its glossary, and a PDF next to a page."""
    root = place / "source"
    for name in ("content", "data", "templates", "static", "locales"):
        shutil.copytree(PROJECT / name, root / name)
    shutil.copy(PROJECT / "site.yaml", root)
    page = root / "content/en/glossary.md"
    page.write_text(page.read_text(encoding="utf-8").replace("---\n", "---\naliases: [/en/slovarček/]\n", 1), "utf-8")
    (root / "content/en/network/form.pdf").write_bytes(red_pdf())
    page = root / "content/en/network/joining.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[The form](form.pdf)\n", "utf-8")
    return root


def red_pdf() -> bytes:
    """Return a PDF of one red page (ISO 32000-1, 7.5)."""
    paint = b"1 0 0 rg 0 0 200 200 re f"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(paint), paint),
    )
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return data + table % (rows, len(data))


Publish = Callable[[str, str], Path]


@pytest.fixture(scope="package")
def published(source: Path, place: Path) -> Publish:
    """Return a function that builds the site for a path (`/`), with compressed twins or without, once for each."""
    text = (source / "site.yaml").read_text(encoding="utf-8")

    def publish(prefix: str, precompress: str) -> Path:
        output = place / f"{'twins' if precompress else 'plain'}{prefix.replace('/', '-')}" / prefix.strip("/")
        if not output.exists():
            hosts = f"\nhosts: {{names: {NAMES}, precompress: [{precompress}]}}\n"
            (source / "site.yaml").write_text(text + hosts, encoding="utf-8")
            base = f"https://learning-cities.example{prefix}"
            result = build(Options(root=source, today=TODAY, output=output, base_url=base))
            assert not result.failed, result.problems
        return output

    return publish


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def waited_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until a server answers; say what it wrote when it ends instead."""
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail(log.read_text(errors="replace") if log.exists() else "the server did not start")


@contextlib.contextmanager
def running(kind: str, site: Path, root: Path, home: Path) -> Iterator[int]:
    """Start a server for the folder `root`, in which `site` stands; `home` is its own."""
    port = free_port()
    command = commands(kind, site, root, home, port)
    as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if getpass.getuser() == "root" else {}
    if kind == "python":  # nobody may read the folder of this Python
        as_nobody = {}
    if as_nobody:
        os.chown(home, NOBODY, NOBODY)
    own = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)}
    with (home / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, cwd=home, env=own, **as_nobody)
    try:
        waited_for(process, port, home / "said")
        yield port
    finally:
        process.terminate()
        process.wait(60)


def commands(kind: str, site: Path, root: Path, home: Path, port: int) -> list[str]:
    """Write the configuration of a server; return how it is started."""
    if kind == "python":
        return [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(root)]
    file = home / "server.conf"
    if kind == "nginx":
        file.write_text(NGINX.format(home=home, port=port, root=root, site=site))
        return [shutil.which("nginx") or "nginx", "-p", str(home), "-e", str(home / "errors"), "-c", str(file)]
    if kind == "caddy":
        file.write_text(caddyfile(root, port))
        return [shutil.which("caddy") or "caddy", "run", "--config", str(file), "--adapter", "caddyfile"]
    folder = Path("/usr/lib/apache2/modules")
    modules = [f"LoadModule {name}_module {folder}/mod_{name}.so" for name in MODULES]
    loaded = "\n".join(line for line in modules if Path(line.split()[2]).exists())
    file.write_text(APACHE.format(home=home, port=port, root=root, modules=loaded))
    return [shutil.which("apache2") or "apache2", "-f", str(file), "-DFOREGROUND"]


def caddyfile(root: Path, port: int) -> str:
    """Return the configuration of docs/how-to/publish-on-a-server.md, for a folder and a port of this machine."""
    manual = (PROJECT / "docs/how-to/publish-on-a-server.md").read_text(encoding="utf-8")
    text = manual.partition("```caddyfile\n")[2].partition("```")[0]
    assert "town.example {" in text
    assert "/srv/site" in text
    text = text.replace("town.example {", f"http://127.0.0.1:{port} {{").replace("/srv/site", str(root))
    return f"{{\n\tadmin off\n}}\n{text}"


CASES = [
    pytest.param(("nginx", "/", "br, gzip"), id="nginx"),
    pytest.param(("nginx", BELOW, ""), id="nginx-below"),
    pytest.param(("apache", "/", "br, gzip"), id="apache"),
    pytest.param(("apache", BELOW, ""), id="apache-below"),
]


def serve(kind: str, prefix: str, precompress: str, published: Publish, place: Path) -> Iterator[Served]:
    """Build, and serve what was built."""
    needs(kind, kind == "python" or shutil.which("apache2" if kind == "apache" else kind))
    site = published(prefix, precompress)
    root = site
    for _ in prefix.strip("/").split("/") if prefix != "/" else ():
        root = root.parent
    home = Path(tempfile.mkdtemp(prefix=f"{kind}-", dir=place))
    with running(kind, site, root, home) as port:
        yield Served(kind, port, prefix, site, bool(precompress))


@pytest.fixture(scope="package", params=CASES)
def served(request: pytest.FixtureRequest, published: Publish, place: Path) -> Iterator[Served]:
    """Return each real server in turn: at the root with twins, and below a path without them."""
    yield from serve(*request.param, published, place)


@pytest.fixture(scope="package")
def plain(published: Publish, place: Path) -> Iterator[Served]:
    """Return the server of Python's library, which knows nothing of the files for hosts."""
    yield from serve("python", "/", "br, gzip", published, place)
