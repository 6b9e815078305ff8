"""All files of a site to records: one step of the pipeline. Pages, pictures and catalogues are remembered."""

from pathlib import Path

from msgspec import Struct, msgpack
from msgspec.structs import replace

from sitegen.core.extensions import Extensions
from sitegen.core.outlets import CardStock
from sitegen.core.problems import Lines, Problem
from sitegen.core.records import Asset, Catalog, Config, Page, Source
from sitegen.pipeline.extending import generated_pages
from sitegen.pipeline.ledger import page_key
from sitegen.pipeline.options import Options
from sitegen.pipeline.session import Session
from sitegen.read.assets import AssetRead, read_content_files, read_static
from sitegen.read.cards import is_material, read_cards
from sitegen.read.catalogs import CatalogRead, catalog_path, missing_catalog, read_catalogs
from sitegen.read.config import read_settings
from sitegen.read.conflicts import torn
from sitegen.read.data import read_data
from sitegen.read.frontmatter import decode
from sitegen.read.page import PageOptions, PageRead, read_pages
from sitegen.read.theme import beneath, layered, merged, theme_file, theme_files
from sitegen.read.tree import read_file, read_tree
from sitegen.site.lasting import FILE as LOCK
from sitegen.site.rules import check_languages


class Inputs(Struct, frozen=True):
    """Everything that was read, each in its records."""

    config: Config
    pages: list[Page]
    static: list[Asset]
    files: list[Asset]
    broken: frozenset[str]  # paths that could not be read as what they are
    catalogs: dict[str, Catalog]
    data: dict[str, dict[str, object]]
    templates: dict[str, str]
    borrowed: frozenset[str]  # names of the templates that are the theme's
    cards: CardStock | None
    keys: dict[str, bytes]  # source path of a page → key of its reading
    lock: Lines | None = None  # urls.lock


def read_inputs(options: Options, session: Session) -> tuple[Inputs | None, list[Problem]]:
    """Read all sources of the site. Without a good site.yaml there is nothing to go on with."""
    config, problems = read_settings(options.root, options.config, options.base_url)
    if config is None:
        return None, problems
    if options.offline:
        config, problems = _folder_edition(config, problems)
    data_sources, more = read_tree(options.root, "data")
    data, wrong = read_data(data_sources, config)
    problems += more + wrong
    sources, more = read_tree(options.root, "content")
    made, wrong = generated_pages(options.extensions, data, config, [source.path for source in sources])
    sources = sorted([*sources, *made], key=lambda source: source.path)
    problems += more + wrong
    unread = {p.place.path for p in more}
    problems += check_languages(config, _folders(sources), [s.path for s in sources])
    pages, files, read, more = _content(sources, config, options.extensions, session)
    problems += more
    static_sources, more = read_tree(options.root, "static")
    static_sources = beneath(static_sources, theme_files("static") if config.theme == "default" else ())
    problems += more + [p for source in static_sources for p in torn(source)]
    cards, wrong = read_cards(config.cards, static_sources)
    problems += wrong
    published = [source for source in static_sources if not is_material(config.cards, source)]
    static, more = read_static(published, stable=options.preview)
    catalogs, wrong = catalogs_of(options.root, config, session)
    problems += more + wrong
    templates, borrowed, more = _templates(options.root, config)
    problems += more
    good = {page.path for page in pages} | {file.path for file in files}
    broken = frozenset(unread.union(s.path for s in sources) - good)
    lock, more = _lock(options)
    problems += more
    found = Inputs(config, pages, static, files, broken, catalogs, data, templates, borrowed, cards, read, lock)
    return found, problems


def _lock(options: Options) -> tuple[Lines | None, list[Problem]]:
    """Return the list of published addresses, if the site keeps one; a folder has no addresses."""
    if options.offline or not (options.root / LOCK).exists():
        return None, []
    source, problems = read_file(options.root, LOCK)
    text, more = decode(source) if source else ("", [])
    return (None if problems or more else Lines(LOCK, text)), problems + more


def _folder_edition(config: Config, problems: list[Problem]) -> tuple[Config, list[Problem]]:
    """Return the settings of the edition that opens from disk: a folder of its own, and no need of an address."""
    others = [problem for problem in problems if problem.code != "base-url-missing"]
    return replace(config, offline=True, output=f"{config.output}-offline"), others


def _folders(sources: list[Source]) -> list[str]:
    return sorted({source.path.split("/")[1] for source in sources if source.path.count("/") > 1})


_page_in = msgpack.Decoder(PageRead)
_asset_in = msgpack.Decoder(AssetRead)
_catalog_in = msgpack.Decoder(CatalogRead)


def _content(
    sources: list[Source], config: Config, extensions: Extensions, session: Session
) -> tuple[list[Page], list[Asset], dict[str, bytes], list[Problem]]:
    known = [s for s in sources if s.path.count("/") > 1 and s.path.split("/")[1] in config.codes]
    texts = [source for source in known if source.path.endswith(".md")]
    others = [source for source in known if not source.path.endswith(".md")]
    options = PageOptions(config.markdown, config.raw_html, extensions)
    keys = [page_key(session, options, source) for source in texts]
    by_path = dict(zip((source.path for source in texts), keys, strict=True))
    read = [_page_in.decode(done) for done in session.remembered("page", keys, texts, read_pages, lambda: options)]
    pages = [one.page for one in read if one.page is not None]
    problems = [problem for one in read for problem in one.problems]
    how = msgpack.encode(config.images)
    keys = [session.key("file", how, source.path, source.data) for source in others]
    done = session.remembered("file", keys, others, read_content_files, lambda: config.images)
    read_files = [_asset_in.decode(one) for one in done]
    files = [one.asset for one in read_files if one.asset is not None]
    problems += [problem for one in read_files for problem in one.problems]
    return pages, files, by_path, problems


def catalogs_of(root: Path, config: Config, session: Session) -> tuple[dict[str, Catalog], list[Problem]]:
    """Return each language's strings: the site's own before those of the theme."""
    problems: list[Problem] = []
    own: list[tuple[str, Source]] = []
    for code in config.codes:
        if (root / catalog_path(code)).exists():
            source, more = read_file(root, catalog_path(code))
            problems += more
            own += [(code, source)] if source else []
    borrowed = [(code, theme_file(catalog_path(code))) for code in config.codes if config.theme == "default"]
    theme = [(code, source) for code, source in borrowed if source]
    keys = [session.key("catalog", code, source.path, source.data) for code, source in (*own, *theme)]
    done = session.remembered("catalog", keys, [*own, *theme], read_catalogs, lambda: None)
    read = [_catalog_in.decode(one) for one in done]
    problems += [problem for one in read[: len(own)] for problem in one.problems]
    mine = {one.catalog.lang: one.catalog for one in read[: len(own)]}
    others = {one.catalog.lang: one.catalog for one in read[len(own) :]}
    catalogs = {code: merged(mine.get(code), others.get(code)) for code in config.codes}
    problems += [missing_catalog(code) for code in config.codes if not catalogs[code] and not _has_file(root, code)]
    return {code: found or Catalog(code, "n != 1", {}) for code, found in catalogs.items()}, problems


def _has_file(root: Path, code: str) -> bool:
    return (root / catalog_path(code)).exists()


def _templates(root: Path, config: Config) -> tuple[dict[str, str], frozenset[str], list[Problem]]:
    sources, problems = read_tree(root, "templates")
    own = {}
    for source in sources:
        own[source.path.removeprefix("templates/")], wrong = decode(source)
        problems += wrong
    files = theme_files("templates") if config.theme == "default" else []
    templates, borrowed = layered(own, {file.path.removeprefix("templates/"): file.data.decode() for file in files})
    return templates, borrowed, problems
