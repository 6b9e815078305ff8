"""Suggestions for links and names that lead nowhere, computed from the linked site.

Returns problems with suggestions that can be pasted into the page. An index of letters in threes picks the few names
that are compared: where a folder has moved, thousands of links are dead, and comparing each with every page would take
as long as a build.
"""

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import islice
from urllib.parse import unquote

from msgspec.structs import replace

from sitegen.model.phrases import Phrase, phrase
from sitegen.model.problems import Problem
from sitegen.model.urls import base_path
from sitegen.site.links import Site, anchor_in
from sitegen.site.nodes import Node
from sitegen.text.spelling import near

_ELEMENTS = frozenset(
    "a abbr address area article aside audio b base bdi bdo big blockquote body br button canvas caption center cite "
    "code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font "
    "footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend "
    "li link main map mark marquee math menu meta meter nav noscript object ol optgroup option output p param picture "
    "pre progress q rp rt ruby s samp script search section select slot small source span strike strong style sub "
    "summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr".split()
)


COMPARED = 16  # names that are compared with a word
_LOOKED_AT = 4_000  # entries of the index that are counted for a word, those of rare letters first


class Nearest:
    """An index of names that finds the nearest one to a word; keeps its answers."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(names)
        self._index: dict[str, list[int]] = {}
        self._answers: dict[str, str | None] = {}
        for number, name in enumerate(self._names):
            for three in _threes(name):
                self._index.setdefault(three, []).append(number)

    def of(self, word: str) -> str | None:
        """Return the name that is meant by `word`, or None where none is near."""
        if word not in self._answers:
            self._answers[word] = near(word, frozenset(self._candidates(word)))
        return self._answers[word]

    def _candidates(self, word: str) -> list[str]:
        """Return the names that share most letters with a word."""
        entries = sorted((self._index.get(three, []) for three in _threes(word)), key=len)
        looked_at = islice((number for numbers in entries for number in numbers), _LOOKED_AT)
        best = sorted(Counter(looked_at).items(), key=lambda entry: (-entry[1], entry[0]))
        return [self._names[number] for number, _ in best[:COMPARED]]


def _threes(name: str) -> frozenset[str]:
    """Return all runs of three letters in a name, with marks for its beginning and end."""
    padded = f"^{name.casefold()}$"
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


_LINKS = frozenset({"link-rooted", "link-scheme", "link-missing", "file-not-found", "image-missing", "link-outside"})
_LOCAL = re.compile(r"(?:[A-Za-z]:(?=[\\/])|file:|\\\\|/(?:Users|home)/)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+\Z")
_PHONE = re.compile(r"(?:\+|00)[\d ()/.-]{5,20}\Z")
_HOST = re.compile(
    r"(?:www\.[\w-]+\.|[\w-]+\.(?:com|org|net|eu|int|edu|gov|info|si|es|uk|de|at|it|fr|hr)(?:/|\Z))", re.I
)
_WEB = re.compile(r"h?t{1,3}p(s?)(?:[:;]/{0,3}|/{1,3})(?=[\w-]+\.)", re.I)  # `https:/a.si`, `htps://a.si`, `http//a.si`
_DATA = re.compile(r"data:image/", re.I)
_PICTURE = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)\Z", re.I)
_REF = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+[\"'`]?([^\"'`\s>%]+)[\"'`]?\s*[>%]\}\}")
_PAGE_ENDINGS = (".html", ".htm", ".php", ".markdown", ".mdx", ".md")
_TOPS = ("content/", "docs/", "pages/", "src/content/docs/")


def hinted(problems: Iterable[Problem], site: Callable[[], Site]) -> list[Problem]:
    """Return the problems, with suggestions where there are any; `site` is called only when a problem needs it."""
    index = _SiteIndex(site)
    return [_hinted(problem, index) for problem in problems]


def _hinted(problem: Problem, index: "_SiteIndex") -> Problem:
    values = {name: str(value) for name, value in problem.values}
    if problem.code == "html-refused":
        advice = _placeholder(values["html"], problem)
        return replace(problem, advice=advice) if advice else problem
    if problem.code == "dialect-foreign":
        advice = _foreign(values["construct"], problem.place.path, index)
        return replace(problem, advice=advice) if advice else problem
    if problem.code == "anchor-missing":
        return replace(problem, suggestion=index.anchor(values) or problem.suggestion)
    if problem.code not in _LINKS or not problem.place.path.startswith("content/"):
        return problem
    target = values["target"].strip()
    answer = _outside(target) or index.answer(problem.place.path, target, is_image=problem.code == "image-missing")
    is_picture = problem.code == "link-rooted" and not answer and _PICTURE.search(target)
    if is_picture or _DATA.match(target):
        return replace(problem, advice=phrase("Save the image next to the page, and write the name of the file."))
    if _LOCAL.match(target):
        name = unquote(re.split(r"[\\/]", target)[-1])
        return replace(problem, advice=phrase("Save the file next to the page, and write “{name}”.", name=name))
    if not answer and not problem.suggestion and problem.code == "link-missing":
        answer = index.similar(problem.place.path, target)
    return replace(problem, suggestion=answer) if answer else problem


def _placeholder(element: str, problem: Problem) -> Phrase | None:
    """Return how to show what only looks like an element, such as `<your name>`."""
    name = element.strip("<>/ ").partition(" ")[0].lower()
    if not element.startswith("<") or not name or name in _ELEMENTS:
        return None
    start = max(0, problem.place.column - 1 - problem.place.start)
    source = problem.place.source[start:]
    end = source.find(">")
    written = source[:end] if source.startswith("<") and end > 0 else f"<{name}"
    return phrase("To show these characters as text, write “{text}”.", text=f"&lt;{written[1:]}&gt;")


def _foreign(construct: str, path: str, index: "_SiteIndex") -> Phrase | None:
    """Return the link to write for one of Hugo or of a wiki, if it means something that the site has."""
    ref = _REF.search(construct)
    if ref:
        answer = index.answer(path, ref[1], is_image=False)
        return phrase("Write [text]({target}).", target=answer) if answer else None
    is_image = construct.startswith("![[")
    if not construct.endswith("]]") or not construct.removeprefix("!").startswith("[["):
        return None
    target, _, label = construct.removeprefix("!")[2:-2].partition("|")
    target = target.strip()
    answer = index.answer(path, target, is_image=is_image) or ("" if is_image else index.titled(path, target))
    if not answer:
        return None
    if is_image:
        return phrase("Write ![what it shows]({target}).", target=answer)
    return phrase("Write [{text}]({target}).", text=label.strip() or target.partition("#")[0], target=answer)


def _outside(target: str) -> str:
    """Return the full URL for one that was written without its scheme; "" for anything else."""
    if _MAIL.match(target):
        return f"mailto:{target}"
    if _PHONE.match(target):
        return "tel:" + re.sub(r"[^+\d]", "", target)
    web = _WEB.match(target)
    if web:
        return f"http{web[1].lower()}://{target[web.end() :]}"
    return f"https://{target}" if _HOST.match(target) else ""


class _SiteIndex:
    """Indexes of what a site contains, each computed when the first problem needs it."""

    def __init__(self, site: Callable[[], Site]) -> None:
        self._linked = site

    @cached_property
    def site(self) -> Site:
        """Return the linked site."""
        return self._linked()

    @cached_property
    def prefix(self) -> str:
        """Return the path of base_url, without slashes around it."""
        return base_path(self.site.config.base_url).strip("/")

    @cached_property
    def pages(self) -> dict[str, str]:
        """Return every URL and name of a page, normalised, → its file."""
        pages: dict[str, str] = {}
        nodes = [node for node in self.site.nodes.values() if not node.is_fallback]
        for node in nodes:
            pages.setdefault(_plain(node.url), node.page.path)
        for node in nodes:
            for name in (f"{node.lang}/{node.page.name}", *node.page.front.aliases):
                pages.setdefault(_plain(name), node.page.path)
        return pages

    @cached_property
    def files(self) -> dict[str, str]:
        """Return every file next to a page, normalised, → its path."""
        return {_folded(path): path for path in sorted(self.site.assets, reverse=True)}

    def anchor(self, values: dict[str, str]) -> str:
        """Return the section of a translation that answers the one of its source that was written."""
        node = self.urls.get(values["target"].removeprefix("/"))
        source = self.site.sources.get(node.key) if node else None
        if node is None or source is None or values["anchor"] not in source.ids:
            return ""
        return anchor_in(node.page, source, values["anchor"]) or ""

    @cached_property
    def urls(self) -> dict[str, Node]:
        """Return every URL → its page."""
        return {node.url: node for node in reversed(self.site.nodes.values())}

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Return the file of every page → its URL."""
        return {node.page.path: node.url for node in reversed(self.site.nodes.values())}

    @cached_property
    def names(self) -> Nearest:
        """Return the files of all pages, to be compared with what is mistyped."""
        return Nearest(self.addresses)

    def similar(self, path: str, target: str) -> str:
        """Return the file of the page that may be meant by `target`, as it is written in `path`; "" for none."""
        folder = posixpath.dirname(path)
        guess = self.names.of(posixpath.normpath(posixpath.join(folder, target)))
        return posixpath.relpath(guess, folder) if guess else ""

    def titled(self, path: str, title: str) -> str:
        """Return the page of this title in the language of the file `path`, as it is written there; "" for none."""
        title, mark, anchor = title.partition("#")
        page = self.titles.get((path.split("/")[1], " ".join(title.split()).casefold()))
        return posixpath.relpath(page, posixpath.dirname(path)) + mark + anchor if page else ""

    @cached_property
    def titles(self) -> dict[tuple[str, str], str]:
        """Return the language and title of every page → its file."""
        pages = [node.page for node in self.site.nodes.values() if not node.is_fallback]
        return {(page.lang, " ".join(page.front.title.split()).casefold()): page.path for page in reversed(pages)}

    def answer(self, path: str, target: str, *, is_image: bool) -> str:
        """Return what `target`, written in the file `path`, means, as it is written there; "" if nothing matches."""
        ref = _REF.search(target)
        address, mark, anchor = (ref[1] + target[ref.end() :] if ref else target).partition("#")
        address = unquote(address.partition("?")[0])
        folder = posixpath.dirname(path)
        file = self._file(folder, address)
        if file:
            return posixpath.relpath(file, folder)
        page = None if is_image else self._page(path, address)
        return posixpath.relpath(page, folder) + mark + anchor if page else ""

    def _file(self, folder: str, address: str) -> str | None:
        near = _folded(posixpath.normpath(posixpath.join(folder, address.lstrip("/"))))
        return self.files.get(near) or self.files.get(_folded(f"{folder}/{posixpath.basename(address)}"))

    def _page(self, path: str, address: str) -> str | None:
        """Look in all the ways in which other tools write links: from the root, the file, or the page's URL."""
        inside = path.removeprefix("content/").removesuffix(".md")
        lang = inside.partition("/")[0]
        bare = address.lstrip("/")
        starts = [bare.removeprefix(f"{self.prefix}/")] if self.prefix else []
        starts += [bare, *(bare.removeprefix(top) for top in _TOPS if bare.startswith(top))]
        rooted = [name for start in starts for name in (start, f"{lang}/{start}")]
        url = self.addresses.get(path, inside)
        relative = [posixpath.join(posixpath.dirname(inside), address), posixpath.join(url, address)]
        candidates = rooted if address.startswith("/") else relative + rooted
        plain = (_plain(posixpath.normpath(candidate)) for candidate in candidates if candidate.strip("/"))
        return next((self.pages[candidate] for candidate in plain if candidate in self.pages), None)


def _plain(address: str) -> str:
    """Return a URL normalised, so that all its spellings are equal."""
    text = _folded(address.strip("/"))
    ending = next((ending for ending in _PAGE_ENDINGS if text.endswith(ending)), "")
    text = text.removesuffix(ending)
    return next(
        (text.removesuffix(f"/{name}") for name in ("index", "-index", "readme") if text.endswith(f"/{name}")), text
    )


def _folded(path: str) -> str:
    """Return a path without the differences that keyboards and file systems make."""
    text = unicodedata.normalize("NFC", path).casefold().replace("%20", "-").replace(" ", "-").replace("_", "-")
    return text.removesuffix(".jpeg") + ".jpg" if text.endswith(".jpeg") else text
