"""All files of a site to records: one step of the pipeline. Pages, pictures and catalogues are remembered."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, msgpack
from msgspec.structs import replace

from sitegen.core.assets import Asset
from sitegen.core.extensions import Extensions
from sitegen.core.outlets import CardStock
from sitegen.core.phrases import phrase
from sitegen.core.problems import Lines, Place, Problem, problem
from sitegen.core.records import Catalog, Config, Page, Source
from sitegen.core.words import T_
from sitegen.machinery.limits import Failure
from sitegen.pipeline.extending import generated_pages
from sitegen.pipeline.failures import READING, problem_of
from sitegen.pipeline.ledger import page_key
from sitegen.pipeline.options import Options
from sitegen.pipeline.preparation import seen, settled, states
from sitegen.pipeline.session import Session
from sitegen.read.assets import AssetRead, FileReading, Found, is_bitmap, read_content_files
from sitegen.read.cards import is_material, read_cards
from sitegen.read.catalogs import CatalogRead, catalog_path, missing_catalog, read_catalogs
from sitegen.read.config import read_settings
from sitegen.read.conflicts import torn
from sitegen.read.data import read_data
from sitegen.read.fingerprint import file_digest
from sitegen.read.frontmatter import decode
from sitegen.read.page import PageOptions, PageRead, Unread, read_pages
from sitegen.read.stylesheets import read_static
from sitegen.read.theme import beneath, layered, merged, theme_file, theme_files
from sitegen.read.tree import copies, read_file, read_tree
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
    copies: tuple[str, ...] = ()  # paths of the copies of pages that editors leave behind
    unread: tuple[Unread, ...] = ()  # pages whose front matter cannot be read
    aside: frozenset[str] = frozenset()  # paths of files of languages that are not published


def read_inputs(options: Options, session: Session) -> tuple[Inputs | None, list[Problem]]:
    """Read all sources of the site. Without a good site.yaml there is nothing to go on with.

    Languages in preparation are read, so that their mistakes are shown, and set aside (pipeline/preparation).
    """
    config, problems = read_settings(options.root, options.config, options.base_url)
    if config is None:
        return None, problems
    session.seconds = options.time_limit or config.time_limit
    if options.offline:
        config, problems = _folder_edition(config, problems)
    sources, more = read_tree(options.root, "content", ".md")
    whole = config
    config = seen(whole, {source.path for source in sources}, drafts=options.drafts)
    data, wrong = data_of(options.root, config, session)
    problems += wrong
    made, wrong = generated_pages(options.extensions, data, config, [source.path for source in sources])
    sources = sorted([*sources, *made], key=lambda source: source.path)
    problems += more + wrong
    unread = {p.place.path for p in more}
    problems += check_languages(config, _folders(sources), [s.path for s in sources])
    pages, text_only, read, more = _pages(sources, config, options.extensions, session)
    problems += more
    files, more = _files(options.root, sources, config, session)
    problems += more
    static_sources, more = read_tree(options.root, "static")
    static_sources = beneath(static_sources, theme_files("static") if config.theme == "default" else ())
    problems += more + [p for source in static_sources for p in torn(source)]
    cards, wrong = read_cards(config.cards, static_sources)
    problems += wrong
    published = [source for source in static_sources if not is_material(config.cards, source)]
    static, more = _static(published, options.preview, session)
    catalogs, wrong = catalogs_of(options.root, whole, session)
    problems += more + wrong
    templates, borrowed, more = _templates(options.root, config)
    problems += more
    good = {page.path for page in pages} | {file.path for file in files}
    broken = frozenset(unread.union(s.path for s in sources) - good)
    left = tuple(copies(options.root, "content"))
    lock, more = _lock(options)
    problems += more
    notes = states(config, whole.languages, pages, catalogs, problems, options.today)
    found = Inputs(config, pages, static, files, broken, catalogs, data, templates, borrowed, cards, read, lock, left)
    found = replace(found, unread=text_only)
    return _parted(found), [*settled(problems, config), *notes]


def _parted(inputs: Inputs) -> Inputs:
    """Return the inputs of what a build makes, apart from what it only reads."""
    codes = inputs.config.aside
    if not codes:
        return inputs
    files = [*(page.path for page in inputs.pages), *(file.path for file in inputs.files), *inputs.broken]
    paths = frozenset(path for path in files if _is_in(path, codes))
    return replace(
        inputs,
        pages=[page for page in inputs.pages if page.lang not in codes],
        files=[file for file in inputs.files if not _is_in(file.path, codes)],
        broken=inputs.broken - paths,
        catalogs={code: catalog for code, catalog in inputs.catalogs.items() if code not in codes},
        keys={path: key for path, key in inputs.keys.items() if not _is_in(path, codes)},
        unread=tuple(one for one in inputs.unread if one.page.lang not in codes),
        aside=paths,
    )


def _is_in(path: str, codes: frozenset[str]) -> bool:
    """Say whether a file of content/ is one of these languages."""
    return path.count("/") > 1 and path.split("/", 2)[1] in codes


def data_of(root: Path, config: Config, session: Session) -> tuple[dict[str, dict[str, object]], list[Problem]]:
    """Return language → name of the file → its data, of all files of data/."""
    sources, problems = read_tree(root, "data")
    data: dict[str, dict[str, object]] = {code: {} for code in config.codes}
    done = session.here(lambda _, part: [read_data(list(part), config)], None, sources)
    for source, one in zip(sources, done, strict=True):
        if isinstance(one, Failure):
            problems.append(problem_of(source.path, READING, one, session))
            continue
        for code, found in one[0].items():
            data[code] |= found
        problems += one[1]
    return data, problems


def _static(sources: list[Source], stable: bool, session: Session) -> tuple[list[Asset], list[Problem]]:
    """Return the assets of static/. Where that fails, each file is tried alone, to find the one to name."""

    def read(_: None, parts: Sequence[list[Source]]) -> list[tuple[list[Asset], list[Problem]]]:
        return [read_static(part, stable=stable) for part in parts]

    whole = session.here(read, None, [sources])[0]
    if not isinstance(whole, Failure):
        return whole
    alone = session.here(read, None, [[source] for source in sources])
    problems = [
        problem_of(source.path, READING, one, session)
        for source, one in zip(sources, alone, strict=True)
        if isinstance(one, Failure)
    ]
    return [], problems or [problem_of("static", READING, whole, session)]


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


def _pages(
    sources: list[Source], config: Config, extensions: Extensions, session: Session
) -> tuple[list[Page], tuple[Unread, ...], dict[str, bytes], list[Problem]]:
    """Return the pages, those without front matter, the keys of all readings by path, and their problems."""
    texts = [source for source in sources if source.path.endswith(".md") and _is_of_a_language(source.path, config)]
    options = PageOptions(config.markdown, config.raw_html, extensions)
    keys = [page_key(session, options, source) for source in texts]
    by_path = dict(zip((source.path for source in texts), keys, strict=True))

    def page_failed(source: Source, failure: Failure) -> bytes:
        return msgpack.encode(PageRead(None, (problem_of(source.path, READING, failure, session),)))

    done = session.remembered("page", keys, texts, read_pages, lambda: _ready(options), page_failed)
    read = [_page_in.decode(one) for one in done]
    pages = [one.page for one in read if one.page is not None]
    problems = [problem for one in read for problem in one.problems]
    return pages, tuple(one.unread for one in read if one.unread is not None), by_path, problems


def _ready(options: PageOptions) -> PageOptions:
    """Return the options with the grammar loaded, so that processes that are forked inherit it."""
    import sitegen.read.markdown.body  # noqa: F401

    return options


def _files(root: Path, sources: list[Source], config: Config, session: Session) -> tuple[list[Asset], list[Problem]]:
    """Return the files next to pages, of which none is held, and their problems."""
    paths = [s.path for s in sources if not s.path.endswith(".md") and _is_of_a_language(s.path, config)]
    found, problems = [], []
    for path in paths:
        try:
            found.append(Found(path, file_digest(root / path)))
        except OSError as error:
            reason = phrase(error.strerror or T_("unknown"))
            problems.append(problem("file-unreadable", Place(path), reason=reason))
    read = _read_files(FileReading(root, config.images, config.files), found, session)
    problems += [one for file in read for one in file.problems]
    return [file.asset for file in read if file.asset is not None], problems


def _read_files(shared: FileReading, found: list[Found], session: Session) -> list[AssetRead]:
    """Return what reading the files gave. Pictures go to workers: no timer interrupts Pillow."""
    how = msgpack.encode((shared.images, shared.files))
    done: dict[str, bytes] = {}

    def failed(file: Found, failure: Failure) -> bytes:
        return msgpack.encode(AssetRead(None, (problem_of(file.path, READING, failure, session),)))

    for pictures in (True, False):
        part = [file for file in found if is_bitmap(file.path) == pictures]
        keys = [session.key("file", how, file.path, file.digest) for file in part]
        made = session.remembered("file", keys, part, read_content_files, lambda: shared, failed, apart=pictures)
        done |= {file.path: one for file, one in zip(part, made, strict=True)}
    return [_asset_in.decode(done[file.path]) for file in found]


def _is_of_a_language(path: str, config: Config) -> bool:
    return path.count("/") > 1 and path.split("/")[1] in config.declared


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

    def failed(one: tuple[str, Source], failure: Failure) -> bytes:
        found = problem_of(one[1].path, READING, failure, session)
        return msgpack.encode(CatalogRead(Catalog(one[0], "n != 1", {}), (found,)))

    done = session.remembered("catalog", keys, [*own, *theme], read_catalogs, lambda: None, failed)
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
