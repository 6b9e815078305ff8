"""What a first visit to each page weighs, beside what it may weigh: `python -m benchmarks.budgets [FOLDER]`.

Everything is counted as a good host sends it: by Brotli at level 11, pictures as they are. FOLDER is a finished site
(public/ by default). Without `--all`, the heaviest page of each kind stands for the others in the table.
"""

import argparse
import re
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin

from benchmarks.host import compressed

SITE = "http://site.invalid/"  # stands for the folder
KIB = 1024
FIRST_TRIP = 14 * KIB  # HTML and styles: about what a server sends before the first answer of the browser
FIRST_TRIP_LARGE = 24 * KIB  # a page that holds a map, or the entries of a whole data file
VISIT, REQUESTS, SCRIPTS = 40 * KIB, 5, 8 * KIB


class _Files(HTMLParser):
    """What the HTML of a page makes a browser ask for at once, favicons aside."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.kind = ""
        self.large = False
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self.pictures: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a stylesheet, a script or a picture."""
        given = {name: value or "" for name, value in attrs}
        if tag == "body":
            self.kind = given.get("class", "")
        elif tag in ("figure", "div"):
            self.large |= not {"map", "chooser"}.isdisjoint(given.get("class", "").split())
        elif tag == "link" and given.get("rel") == "stylesheet":
            self.styles.append(given["href"])
        elif tag == "script" and given.get("src"):
            self.scripts.append(given["src"])
        elif tag in ("img", "source", "video", "audio", "iframe") and given.get("src"):
            self.pictures.append(given["src"])


@dataclass(frozen=True)
class Weight:
    """One page: bytes as sent, and the number of requests of a first visit."""

    path: str
    kind: str
    large: bool
    html: int
    styles: int
    scripts: int
    pictures: int
    requests: int

    @property
    def first_trip(self) -> int:
        """Return what must come before anything is seen."""
        return self.html + self.styles

    @property
    def visit(self) -> int:
        """Return what a first visit loads in all."""
        return self.first_trip + self.scripts + self.pictures

    @property
    def excess(self) -> list[str]:
        """Return what is above its budget, in words. What makes a page large is not counted in its visit."""
        trip, visit = (FIRST_TRIP_LARGE, VISIT + FIRST_TRIP_LARGE - FIRST_TRIP) if self.large else (FIRST_TRIP, VISIT)
        limits = {
            "HTML and styles": (self.first_trip, trip),
            "visit": (self.visit, visit),
            "scripts": (self.scripts, SCRIPTS),
            "requests": (self.requests, REQUESTS),
        }
        return [f"{name}: {found} > {limit}" for name, (found, limit) in limits.items() if found > limit]


def weigh(folder: Path, path: str) -> Weight:
    """Return the weight of one HTML file of a finished site."""
    html = (folder / path).read_bytes()
    files = _Files(html.decode())

    def sizes(links: list[str]) -> int:
        return sum(_sent(folder, path, link) for link in dict.fromkeys(links))

    links = [*files.styles, *files.scripts, *files.pictures]
    return Weight(
        path,
        files.kind,
        files.large,
        len(compressed(html)),
        sizes(files.styles),
        sizes(files.scripts),
        sizes(files.pictures),
        1 + len(set(links)),
    )


def weigh_all(folder: Path) -> list[Weight]:
    """Return the weights of all pages, the heaviest first; redirects and pages "not found" are no visits."""
    pages = [file.relative_to(folder).as_posix() for file in sorted(folder.rglob("*.html")) if file.name != "404.html"]
    found = [weigh(folder, path) for path in pages]
    return sorted((one for one in found if one.kind), key=lambda one: (-one.first_trip, one.path))


def after_opening(folder: Path, lang: str) -> tuple[int, int]:
    """Return what the search of a language loads when a person opens it: (engine, index) in bytes as sent."""
    engine = next(iter(sorted(folder.glob("assets/js/search-engine.*.js"))))
    page = (folder / lang / "index.html").read_text(encoding="utf-8")
    link = re.search(r'data-index="([^"]+)"', page)
    return len(compressed(engine.read_bytes())), _sent(folder, f"{lang}/index.html", link[1]) if link else 0


def _sent(folder: Path, page: str, link: str) -> int:
    """Return the bytes of a file of the site as sent; a file of another origin is an error."""
    address = urljoin(SITE + page, link)
    if not address.startswith(SITE):
        raise ValueError(f"{page} asks for {link}")
    file = folder / unquote(address.removeprefix(SITE).partition("?")[0])
    data = file.read_bytes()
    return len(data) if file.suffix in (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif") else len(compressed(data))


def table(found: list[Weight]) -> str:
    """Return the weights as a Markdown table."""
    head = "| Kind | Page | HTML | Styles | HTML + styles | of | Scripts | First visit | Requests |"
    lines = [head, "|---|---|--:|--:|--:|--:|--:|--:|--:|"]
    for one in found:
        limit = FIRST_TRIP_LARGE if one.large else FIRST_TRIP
        path = "/" + one.path.removesuffix("index.html")
        numbers = (one.html, one.styles, one.first_trip, limit, one.scripts, one.visit, one.requests)
        mark = f" **{', '.join(one.excess)}**" if one.excess else ""
        lines.append(f"| {one.kind} | {path}{mark} | " + " | ".join(f"{number:,}" for number in numbers) + " |")
    return "\n".join(lines)


def main() -> int:
    """Print the table; the exit code is 1 when a page is too heavy."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.budgets", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path("public"))
    parser.add_argument("--all", action="store_true", help="every page, not only the heaviest of each kind")
    options = parser.parse_args()
    found = weigh_all(options.folder)
    heaviest = {(one.kind, one.path.partition("/")[0]): one for one in reversed(found)}
    print(table(found if options.all else sorted(heaviest.values(), key=lambda one: (one.kind, one.path))))
    for lang in sorted({one.path.partition("/")[0] for one in found if "/" in one.path}):
        engine, index = after_opening(options.folder, lang)
        print(f"\nSearch of {lang}, when a person opens it: engine {engine:,} bytes, index {index:,} bytes.", end="")
    heavy = [one for one in found if one.excess]
    print(f"\n\n{len(found)} pages, {len(heavy)} above a budget.")
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main())
