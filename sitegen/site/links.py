"""Links pages to one Site: sets drafts aside, joins translations, assigns URLs, resolves links. Reads no files."""

import datetime as dt
import posixpath
from collections.abc import Sequence

from msgspec import Struct, UnsetType
from msgspec.structs import replace

from sitegen.model.config import Config
from sitegen.model.files import Asset
from sitegen.model.page import Heading, Link, Page
from sitegen.model.phrases import phrase
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.urls import is_slug, joined
from sitegen.model.views import Picture, Target
from sitegen.site.nodes import Node, hidden_by, part, source_of, url_of
from sitegen.text.spelling import near

# Which section of a translation answers which section of its source.

_NAMED = 5  # so many sections are named in a problem


class Sections(Struct, frozen=True):
    """Two pages side by side: id in the source → id in the translation, and what only one of them has."""

    pairs: dict[str, str]
    missing: tuple[Heading, ...]
    added: tuple[Heading, ...]


def _sections_of(source: Sequence[Heading], translation: Sequence[Heading]) -> Sections:
    """Pair the headings by id. Ids made of words are paired in order, if both sides have as many left."""
    ids, source_ids = {heading.id for heading in translation}, {heading.id for heading in source}
    pairs = {id_: id_ for id_ in source_ids & ids}
    left = tuple(heading for heading in source if heading.id not in ids)
    right = tuple(heading for heading in translation if heading.id not in source_ids)
    if len(left) == len(right) and not any(heading.given for heading in (*left, *right)):
        return Sections(pairs | {a.id: b.id for a, b in zip(left, right, strict=True)}, (), ())
    return Sections(pairs, left, right)


def check_sections(page: Page, source: Page) -> list[Problem]:
    """Compare a translation with its source; one problem at most, since one missing section shifts all the others.

    Problems: section-missing, section-added, sections-differ (warnings).
    """
    sections = _sections_of(source.headings, page.headings)
    missing, added = sections.missing, sections.added
    if not missing and not added:
        return []
    if len(missing) == 1 and len(added) <= 1:
        guess = near(missing[0].id, {heading.id for heading in added})
        if guess or not added:
            return [problem("section-missing", page.place("title"), guess, id=missing[0].id, source=source.path)]
    if not missing and len(added) == 1:
        return [
            problem(
                "section-added",
                page.place_of("heading", page.headings.index(added[0])),
                id=added[0].id,
                source=source.path,
            )
        ]
    values = {"source": source.path, "missing": _names(missing), "added": _names(added)}
    return [problem("sections-differ", page.place("title"), None, **values)]


def _names(headings: Sequence[Heading]) -> str:
    names = ", ".join(heading.id for heading in headings[:_NAMED])
    return names + (" …" if len(headings) > _NAMED else "") if names else "–"


def anchor_in(page: Page, source: Page, anchor: str) -> str | None:
    """Return the anchor in a translation for one of its source; None when the translation lacks that section."""
    if page is source or anchor in page.ids:
        return anchor
    return _sections_of(source.headings, page.headings).pairs.get(anchor)


class Site(Struct, frozen=True):
    """The whole site, linked. `nodes` holds every page that will be published, by language and key."""

    config: Config
    nodes: dict[tuple[str, str], Node]
    sources: dict[str, Page]  # key → the file that its translations follow: one that is published
    keys: dict[tuple[str, str], str]  # language and name → key
    drafts: dict[str, Page]  # path → page that is not published
    assets: dict[str, Asset]  # path → file next to a page
    broken: frozenset[str]  # paths of files that exist, but could not be read: they are not reported as missing
    prepared: frozenset[str] = frozenset()  # paths of files of the languages that are set aside
    origins: dict[str, str] = {}  # key → path of the file that shared keys come from, where that is not published

    def node(self, lang: str, key: str) -> Node | None:
        """Return the page of this language, or None when there is none."""
        return self.nodes.get((lang, key))

    def is_broken(self, page: Page, target: str) -> bool:
        """Say whether `target`, written in `page`, is a file with mistakes of its own."""
        return joined(posixpath.dirname(page.path), target) in self.broken

    def nearest(self, lang: str, key: str) -> Node | None:
        """Return the page of this language, else the source's."""
        if (lang, key) in self.nodes:
            return self.nodes[lang, key]
        source = self.sources.get(key)
        return self.nodes.get((source.lang, key)) if source else None


def link_site(
    config: Config,
    pages: list[Page],
    assets: list[Asset],
    today: dt.date,
    drafts: bool,
    broken: frozenset[str],
    prepared: frozenset[str] = frozenset(),
) -> tuple[Site, list[Problem]]:
    """Join the pages. With `drafts`, drafts are published like other pages.

    Problems: translation-duplicate, shared-differs (a warning), name-not-a-slug.
    """
    parted, problems = part(pages, config, today, drafts)
    sets: dict[str, dict[str, Page]] = {}
    for page in parted.published:
        same = sets.setdefault(page.key, {})
        if page.lang in same:
            place = page.place("translation_key")
            problems.append(problem("translation-duplicate", place, key=page.key, other=same[page.lang].path))
            continue
        same[page.lang] = page
    sources = {key: source_of(same, config) for key, same in sets.items()}
    problems += [p for same in sets.values() for page in same.values() for p in _name_problems(page)]
    slugs = {(page.lang, page.name): page.front.slug for page in pages if page.front.slug}
    nodes = _nodes(config, sets, sources, slugs)
    keys = {(page.lang, page.name): key for key, same in sets.items() for page in same.values()}
    by_path = {asset.path: asset for asset in assets}
    hidden = {page.path: page for page in parted.hidden}
    origins = {key: page.path for key, page in parted.sources.items() if key in sources and page.path in hidden}
    broken |= {p.place.path for p in problems if p.code == "translation-duplicate"}  # they exist
    return Site(config, nodes, sources, keys, hidden, by_path, broken, prepared, origins), problems


def _name_problems(page: Page) -> list[Problem]:
    """A file or folder whose name cannot be part of an address, and that no slug replaces."""
    parts = page.name.split("/")
    if page.front.slug:
        parts = parts[:-2] if parts[-1] == "index" else parts[:-1]
    return [problem("name-not-a-slug", Place(page.path), name=part) for part in parts if not is_slug(part)][:1]


def _nodes(
    config: Config, sets: dict[str, dict[str, Page]], sources: dict[str, Page], slugs: dict[tuple[str, str], str]
) -> dict[tuple[str, str], Node]:
    nodes = {}
    for key, same in sorted(sets.items()):
        for language in config.languages:
            page = same.get(language.code)
            if page is None:
                source = sources[key]
                if fallback_of(source, language.fallback) != "show" or source.lang in config.prepared:
                    continue
                page = source
            nodes[language.code, key] = Node(key, language.code, url_of(page.name, language.code, slugs), page)
    return nodes


def fallback_of(source: Page, default: str) -> str:
    """Return what happens where a translation of `source` is missing; the page's own setting has priority."""
    fallback = source.front.fallback
    return default if isinstance(fallback, UnsetType) else fallback


def resolve(site: Site, page: Page, lang: str, link: Link, place: Place) -> tuple[Target | None, list[Problem]]:
    """Return where `link`, written in `page` at `place`, leads a reader of `lang`.

    Problems: link-outside, link-missing, link-draft, link-in-preparation, file-not-found, section-lags (a warning).
    """
    path = joined(posixpath.dirname(page.path), link.target)
    if path in site.broken:
        return None, []
    if path is None or not path.startswith("content/"):
        return None, [problem("link-outside", place, target=link.target)]
    if path in site.prepared or f"{path}/index.md" in site.prepared:
        return None, [problem("link-in-preparation", place, target=link.target, code=path.split("/")[1])]
    if not path.endswith(".md"):
        asset = find_asset(site, page, lang, link.target)
        if asset:
            return Target(asset.url, link.anchor, ""), []
        if tuple(f"{path}/index".split("/", 2)[1:]) in site.keys:
            return None, [problem("link-missing", place, link.target.rstrip("/") + "/index.md", target=link.target)]
        return None, [problem("file-not-found", place, target=link.target)]
    return _resolve_page(site, page, lang, link, place, path)


def _resolve_page(
    site: Site, page: Page, lang: str, link: Link, place: Place, path: str
) -> tuple[Target | None, list[Problem]]:
    _, written_lang, name = [*path.removesuffix(".md").split("/", 2), "", ""][:3]
    key = site.keys.get((written_lang, name))
    foreign = written_lang != page.lang
    if key is None and not foreign:
        key = next((site.keys[c, name] for c in site.config.codes if (c, name) in site.keys), None)
    node = None
    if key is not None:
        node = site.node(written_lang, key) if foreign else site.nearest(lang, key)
    if node is None:
        waiting = next((code for code in site.config.aside if f"content/{code}/{name}.md" in site.prepared), "")
        if waiting:
            return None, [problem("link-in-preparation", place, target=link.target, code=waiting)]
        paths = [f"content/{code}/{name}.md" for code in dict.fromkeys((written_lang, *site.config.declared))]
        draft = next((site.drafts[path] for path in paths if path in site.drafts), None)
        if draft:
            return None, [of_draft(draft, problem("link-draft", place, target=link.target))]
        return None, [problem("link-missing", place, target=link.target)]
    anchor, lags = (link.anchor, []) if foreign else _anchor(site, page, node, link.anchor)
    return Target(node.url, anchor, "" if node.lang == lang else node.lang), lags


def of_draft(draft: Page, found: Problem) -> Problem:
    """Return link-draft or page-is-draft with what to change in the page that is not published."""
    days = hidden_by(draft)
    if not days:
        return found
    if found.code == "link-draft":
        return replace(found, advice=phrase("Change “{days}” in that page, or remove the link.", days=days))
    advice = phrase("Change “{days}” in that page, or remove the page from site.yaml.", days=days)
    return replace(found, advice=advice)


def _anchor(site: Site, page: Page, node: Node, anchor: str) -> tuple[str, list[Problem]]:
    """Return the anchor for a link that was written with another language's page in mind: a text that is shown in it.

    Problems: section-lags, at the translation, since nothing is wrong where the link is written.
    """
    source = site.sources.get(node.key)
    if not anchor or source is None or node.page.lang == page.lang or anchor not in source.ids:
        return anchor, []
    translated = anchor_in(node.page, source, anchor)
    if translated is not None:
        return translated, []
    return "", [problem("section-lags", node.page.place("title"), None, page=page.path, id=anchor)]


def find_asset(site: Site, page: Page, lang: str, target: str) -> Asset | None:
    """Return the file that `target` means for a reader of `lang`: `a.sl.jpg` goes before `a.jpg`.

    Looks next to the page, then next to its source: a picture without words is stored once.
    """
    stem, suffix = posixpath.splitext(target)
    folders = [posixpath.dirname(page.path)]
    source = site.sources.get(page.key)
    if source and source.path != page.path:
        folders.append(posixpath.dirname(source.path))
    if page.key in site.origins:
        folders.append(posixpath.dirname(site.origins[page.key]))
    for folder in folders:
        for name in (f"{stem}.{lang}{suffix}", target):
            path = joined(folder, name)
            if path in site.assets:
                return site.assets[path]
    return None


def front_picture(site: Site, page: Page, lang: str) -> Picture | None:
    """Return the picture that the front matter of a page names; None where there is none, or no such file."""
    target = page.front.image
    asset = None if isinstance(target, UnsetType) else find_asset(site, page, lang, target)
    return picture_of(asset) if asset else None


def picture_of(asset: Asset) -> Picture:
    """Return what a template needs of an image."""
    widths = tuple((variant.url, variant.width) for variant in asset.variants)
    return Picture(asset.url, asset.width, asset.height, widths)
