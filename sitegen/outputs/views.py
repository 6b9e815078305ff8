"""The view of a page, and what all pages of a language or of the site share: everything that a template sees."""

import re
from typing import Any

from msgspec import UnsetType

from sitegen.languages.alphabet import sort_key
from sitegen.model.page import NO_TEXT, Page
from sitegen.model.problems import Problem, problem
from sitegen.model.urls import absolute, index_url
from sitegen.model.views import (
    LanguageView,
    PageView,
    Picture,
    Ref,
    SiteLanguage,
    SiteView,
    Target,
    Translation,
    toc_of,
)
from sitegen.site.edit_links import links_to_edit
from sitegen.site.links import Site, fallback_of, find_asset, front_picture, of_draft, picture_of, resolve
from sitegen.site.look import look_view
from sitegen.site.navigation import Tree
from sitegen.site.nodes import Node
from sitegen.site.output_urls import calendar_urls, card_of, feed_url, has_feed
from sitegen.site.titles import window_title
from sitegen.text.spelling import near

_NOWHERE = Target("", "", "")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")  # of a picture that is no file of the site


def site_view(site: Site) -> SiteView:
    """Return the variable `site` of templates."""
    config = site.config
    feeds = {code: feed_url(code) for code in config.codes if has_feed(site, code)}
    languages = tuple(
        SiteLanguage(
            code=language.code,
            label=language.label,
            dir=language.direction,
            locale=language.locale,
            title=language.title,
            description=language.description,
            home=f"{language.code}/",
            publisher=language.publisher,
            product=language.product,
        )
        for language in config.languages
    )
    search = {code: index_url(code) for code in config.codes} if config.search else {}
    return SiteView(
        base_url=config.base_url,
        default_language=config.default_language,
        languages=languages,
        feeds=feeds,
        news=config.feed.section if config.feed else "",
        image_sizes=config.images.sizes,
        search=search,
        extra=config.extra,
        calendars=calendar_urls(site),
        offline=config.offline,
        look=look_view(config.look),
    )


def language_view(tree: Tree, data: dict[str, Any]) -> tuple[LanguageView, list[Problem]]:
    """Return what the pages of one language share. Problems: menu-page-missing, feed-section-missing, page-is-draft."""
    site, config = tree.site, tree.site.config
    problems = _missing(site)
    menus: dict[str, tuple[Ref, ...]] = {}
    for name, keys in config.navigation:
        menus[name] = tuple(tree.refs[key] for key in keys if key in tree.refs)
    pages = sorted(tree.refs.values(), key=lambda ref: (sort_key(ref.title, tree.lang), ref.key))
    news = tuple(tree.refs[key] for key in tree.children(config.feed.section)) if config.feed else ()
    addresses = {key: node.url for key in site.sources if (node := site.nearest(tree.lang, key))}
    listed = tuple(ref for ref in pages if tree.section(ref.key))
    sections = {parent: tuple(tree.refs[key] for key in keys) for parent, keys in tree.in_menus.items()}
    return LanguageView(menus, listed, news, data, addresses, sections), problems


def _missing(site: Site) -> list[Problem]:
    """Report pages that site.yaml names and that do not exist; not those that exist and could not be read."""
    config = site.config
    drafts = {page.key: page for page in site.drafts.values()}
    named = [("menu-page-missing", key, {"menu": menu}) for menu, keys in config.navigation for key in keys]
    named += [("feed-section-missing", config.feed.section, {})] if config.feed else []
    existing = site.sources.keys() | {path.removesuffix(".md").split("/", 2)[-1] for path in site.broken}
    return [
        of_draft(drafts[key], problem("page-is-draft", config.places[key], None, page=key))
        if key in drafts
        else problem(code, config.places[key], near(key, site.sources), page=key, **values)
        for code, key, values in named
        if key not in existing
    ]


def page_view(
    tree: Tree,
    node: Node,
    trees: dict[str, Tree],
    templates: frozenset[str],
    same: tuple[tuple[str, str], ...],
) -> tuple[PageView, list[Problem]]:
    """Return the view of one page; `same` are the alternates that it shares with its translations.

    Problems: those of link.resolve, image-missing and image-address.
    """
    site, page, config = tree.site, node.page, tree.site.config
    targets, problems = _targets(tree, page)
    pictures, picture_problems = _pictures(site, page, node.lang)
    image, image_problems = _front_image(site, page, node.lang)
    view = PageView(
        key=node.key,
        lang=node.lang,
        dir=config.language(node.lang).direction,
        content_lang=page.lang,
        content_dir=config.language(page.lang).direction,
        is_fallback=node.is_fallback,
        url=node.url,
        source=page.path,
        template=_template(page, templates if tree.menu(node.key) else frozenset()),
        image=image,
        headings=page.headings,
        toc=toc_of(page.headings, config.markdown.toc_levels),
        translations=translations(node, trees),
        alternates=() if node.is_fallback else same,
        canonical=_canonical(site, node),
        blocks=tuple(sorted({block.name for block in page.blocks})),
        body=NO_TEXT,
        targets=targets,
        pictures=pictures,
        files=_files(site, page, node.lang),
        **links_to_edit(site, node),
        window_title=window_title(page, config.language(node.lang).title),
        **_of_front(page),
        **_around(tree, node.key),
    )
    return view, problems + picture_problems + image_problems


def _of_front(page: Page) -> dict[str, Any]:
    """Return the fields of a view that come from the front matter."""
    front = page.front
    return {
        "title": front.title,
        "description": front.description,
        "date": None if isinstance(front.date, UnsetType) else front.date,
        "updated": None if isinstance(front.updated, UnsetType) else front.updated,
        "image_alt": None if isinstance(front.image_alt, UnsetType) else front.image_alt,
        "sources": () if isinstance(front.sources, UnsetType) else front.sources,
        "search_exclude": not isinstance(front.search, UnsetType) and front.search.exclude is True,
        "search_also": () if isinstance(front.search, UnsetType) else front.search.also,
        "extra": front.extra,
    }


def _around(tree: Tree, key: str) -> dict[str, Any]:
    """Return the fields of a view that place the page in the site."""
    before, behind = tree.neighbours(key)
    return {
        "label": tree.refs[key].label,
        "card": card_of(tree, key),
        "crumbs": tuple(tree.refs[above] for above in tree.ancestors(key)),
        "section": tree.section(key),
        "children": tuple(tree.refs[child] for child in tree.menu(key)),
        "parent": tree.parent(key) or "",
        "previous": tree.refs[before] if before else None,
        "next": tree.refs[behind] if behind else None,
    }


def _template(page: Page, for_sections: frozenset[str]) -> str:
    """Return the page's own template, else section.html where the site has one and the page has pages below it."""
    if not isinstance(page.front.template, UnsetType):
        return page.front.template
    is_section = page.name.rpartition("/")[2] == "index" and "section.html" in for_sections
    return "section.html" if is_section else "page.html"


def _targets(tree: Tree, page: Page) -> tuple[tuple[Target, ...], list[Problem]]:
    """Resolve the links of a page. What leads to a page means the same in every page of a folder."""
    targets, problems = [], []
    inside = page.path.rpartition("/")[0]
    for number, link in enumerate(page.links):
        place = (inside, link.target, link.anchor)
        target = tree.targets.get(place) if link.target else _NOWHERE
        if target is None:
            target, link_problems = resolve(tree.site, page, tree.lang, link, page.place_of("link", number))
            problems += link_problems
            if target and link.target.endswith(".md"):
                tree.targets[place] = target
        targets.append(target or _NOWHERE)
    return tuple(targets), problems


def _pictures(site: Site, page: Page, lang: str) -> tuple[tuple[Picture, ...], list[Problem]]:
    pictures, problems = [], []
    for number, image in enumerate(page.images):
        asset = find_asset(site, page, lang, image.target)
        if asset is None and not site.is_broken(page, image.target):
            problems.append(problem("image-missing", page.place_of("image", number), target=image.target))
        pictures.append(picture_of(asset) if asset else Picture(""))
    return tuple(pictures), problems


def _files(site: Site, page: Page, lang: str) -> tuple[tuple[str, Picture], ...]:
    """Return the files next to a page that options of its blocks name; a file with mistakes of its own has no URL."""
    named = sorted({value for block in page.blocks for _, value in block.options})
    assets = ((value, find_asset(site, page, lang, value)) for value in named)
    return tuple(
        (value, picture_of(asset) if asset else Picture(""))
        for value, asset in assets
        if asset or site.is_broken(page, value)
    )


def _front_image(site: Site, page: Page, lang: str) -> tuple[Picture | None, list[Problem]]:
    target = page.front.image
    if isinstance(target, UnsetType):
        return None, []
    picture = front_picture(site, page, lang)
    if picture is not None or site.is_broken(page, target) or _is_inherited(site, page, target):
        return picture, []
    code = "image-address" if _ADDRESS.match(target) else "image-missing"
    return None, [problem(code, page.place("image"), target=target)]


def _is_inherited(site: Site, page: Page, target: str) -> bool:
    """Say whether the source names the same picture, and is rendered: it is enough to report that there."""
    source = site.sources[page.key]
    node = site.node(source.lang, page.key)
    return source.path != page.path and source.front.image == target and node is not None


def alternates(site: Site, key: str) -> tuple[tuple[str, str], ...]:
    """Return hreflang and absolute address of every real translation, the page itself among them, and x-default.

    The set is the same on each of them, so the alternates are mutual by construction. Fallback pages are not in it.
    The home pages name the root page, which offers all languages, as x-default.
    """
    base = site.config.base_url
    if not base:
        return ()
    nodes = [(code, site.node(code, key)) for code in site.config.codes]
    real = [(code, absolute(base, node.url)) for code, node in nodes if node and not node.is_fallback]
    default = dict(real).get(site.config.default_language) or (real[0][1] if real else "")
    if key == "index":
        default = base  # the root page offers all languages
    return (*real, ("x-default", default)) if real else ()


def _canonical(site: Site, node: Node) -> str:
    """Return the canonical address for search engines: a fallback page points to the page it repeats."""
    base = site.config.base_url
    if not base:
        return ""
    source = site.node(node.page.lang, node.key)
    return absolute(base, source.url if node.is_fallback and source else node.url)


def translations(node: Node, trees: dict[str, Tree]) -> tuple[Translation, ...]:
    """Return the switcher's entries: one for each language, never to a page that does not exist."""
    return tuple(_translation(node, tree) for tree in trees.values())


def _translation(node: Node, tree: Tree) -> Translation:
    language = tree.language
    other = tree.site.node(language.code, node.key)
    if other is not None:
        state, url = ("fallback" if other.is_fallback else "page"), other.url
    else:
        source = tree.site.sources[node.key]
        state = "hidden" if fallback_of(source, language.fallback) == "hide" else "missing"
        url = _nearest_section(node, tree)
    return Translation(
        lang=language.code,
        dir=language.direction,
        label=language.label,
        url=url,
        state=state,  # type: ignore[arg-type]
        current=language.code == node.lang,
    )


def _nearest_section(node: Node, tree: Tree) -> str:
    """Return the nearest page above that this language has; its home page in the end."""
    name = node.page.name
    parts = name.split("/")
    for cut in range(len(parts), -1, -1):
        key = tree._key("/".join([*parts[:cut], "index"]))
        section = tree.site.node(tree.lang, key) if key is not None else None
        if section is not None:
            return section.url
    return f"{tree.lang}/"
