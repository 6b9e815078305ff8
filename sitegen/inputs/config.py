"""site.yaml to Config: what inputs/sitefile describes, checked, with the defaults filled in."""

from pathlib import Path

from msgspec import Struct, UnsetType, structs

from sitegen.inputs.config_rules import (
    admin_problems,
    host_problems,
    pattern_problems,
    target_problems,
    version_problems,
)
from sitegen.inputs.filetypes import ending_problems
from sitegen.inputs.folders import occupied, read_file
from sitegen.inputs.identity import Texts, identity_problems, product_in, publisher_in, text_in, texts_of
from sitegen.inputs.ranges import range_problems
from sitegen.inputs.sitefile import SiteFile
from sitegen.languages.codes import is_locale
from sitegen.model.config import CodeHost, Config, Feed, ImageOptions, Language, Look, MarkdownOptions, Preparation
from sitegen.model.files import Source
from sitegen.model.lazy import lazily
from sitegen.model.messages import is_error
from sitegen.model.problems import Lines, Place, Problem, problem
from sitegen.model.urls import encoded, is_base_url, is_slug, joined
from sitegen.text.parts import decode
from sitegen.text.spelling import near
from sitegen.text.suppressions import ignores_of
from sitegen.text.yaml.nodes import Mapping, parse
from sitegen.text.yaml.typed import places_of, places_of_items, read_record

EXTENSIONS = frozenset({"tables", "footnotes", "definitions", "abbreviations", "attributes", "autolinks"})
COLOR = lazily(r"#[0-9a-fA-F]{6}\Z")
FONTS = lazily(r"""[\w \-,."']+\Z""")
CODE = lazily(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\Z")


def read_settings(root: Path, path: str, base_url: str | None = None) -> tuple[Config | None, list[Problem]]:
    """Read the file of the settings. Problems: those of tree.read_file and read_config."""
    source, problems = read_file(root, path)
    return read_config(source, base_url, root) if source else (None, problems)


def read_config(
    source: Source, base_url: str | None = None, root: Path | None = None
) -> tuple[Config | None, list[Problem]]:
    """Read site.yaml. `base_url` replaces the file's own (the option `--base-url`); `root` is the site's folder.

    Problems: those of yaml.nodes, yaml.typed, suppressions and parts.decode, base-url-invalid,
    base-url-missing (a warning), language-code, locale-unknown, default-language-unknown,
    default-language-in-preparation, text-missing, option-unknown, path-outside, output-inside, slug-invalid,
    color-invalid, theme-fonts, trust-widened (a note), and those of config_rules,
    and of identity.identity_problems.
    """
    text, problems = decode(source)
    if problems:
        return None, problems
    node, problems = parse(Lines(source.path, text))
    if problems:
        return None, problems
    problems = version_problems(node) if node else []
    if problems:
        return None, problems
    written, doubts = read_record(SiteFile, node, Place(source.path, 1))
    if written is None or not isinstance(node, Mapping):
        return None, doubts
    address = written.base_url if base_url is None else base_url
    problems = doubts + list(_problems(written, address, node, given=base_url is not None))
    folder = occupied(root, Path(written.output)) if root else ""
    if folder and all(p.code != "path-outside" for p in problems):
        place = places_of(node).get("output", Place(source.path))
        problems.append(problem("output-inside", place, value=written.output, folder=folder))
    if any(is_error(p) for p in problems):
        return None, problems
    ignores, ignore_problems = ignores_of(written.check, node)
    notes = _widenings(written, node)
    return structs.replace(_config(written, address, node), ignores=ignores), problems + ignore_problems + notes


def _widenings(written: SiteFile, node: Mapping) -> list[Problem]:
    """Return a note for each setting that trusts contributors with more than text and pictures."""
    widened = (("raw_html", "trusted", written.raw_html.trusted), ("files", "allow", written.files.allow))
    return [
        problem("trust-widened", _inner(node, name)[key], key=f"{name}.{key}", value=", ".join(values))
        for name, key, values in widened
        if values
    ]


def _languages(written: SiteFile) -> tuple[Language, ...]:
    default = written.default_language
    return tuple(
        Language(
            code=code,
            label=entry.label,
            locale=entry.locale or code.replace("-", "_"),
            direction=entry.direction,
            fallback=written.fallback if isinstance(entry.fallback, UnsetType) else entry.fallback,
            title=text_in(written.title, code, default),
            description=text_in(written.description, code, default),
            publisher=publisher_in(written.publisher, code, default),
            product=product_in(written.product, code, default),
        )
        for code, entry in sorted(written.languages.items(), key=lambda item: item[1].weight)
    )


def _config(written: SiteFile, address: str, node: Mapping) -> Config:
    return Config(
        languages=_languages(written),
        default_language=written.default_language,
        base_url=address and f"{encoded(address.rstrip('/'))}/",
        navigation=tuple((name, tuple(map(_page_key, pages))) for name, pages in written.navigation.items()),
        feed=_feed(written),
        markdown=written.markdown,
        raw_html=written.raw_html,
        images=written.images,
        files=written.files,
        search=written.search,
        output=written.output,
        extra=written.extra,
        places=_places(written, node),
        calendars=tuple(
            (name, structs.replace(calendar, page=_page_key(calendar.page)))
            for name, calendar in sorted(written.calendars.items())
        ),
        cards=None if isinstance(written.cards, UnsetType) else written.cards,
        deploy=written.deploy,
        hosts=written.hosts,
        code_host=CodeHost(written.edit_url, written.create_url, written.report_url),
        theme="default" if isinstance(written.theme, Look) else written.theme,
        look=written.theme if isinstance(written.theme, Look) else Look(),
        look_places=_inner(node, "theme"),
        time_limit=written.time_limit,
        prepared=_prepared(written, node),
        admin=None if isinstance(written.admin, UnsetType) else written.admin,
    )


def _feed(written: SiteFile) -> Feed | None:
    return None if isinstance(written.feed, UnsetType) else Feed(_page_key(written.feed.section), written.feed.limit)


def _places(written: SiteFile, node: Mapping) -> dict[str, Place]:
    """Return where site.yaml names pages."""
    items = [item for menu in written.navigation for item in places_of_items(node, "navigation", menu).items()]
    if not isinstance(written.feed, UnsetType):
        items.append((written.feed.section, _inner(node, "feed")["section"]))
    items += [(calendar.page, _inner(node, "calendars")[name]) for name, calendar in written.calendars.items()]
    return {_page_key(path): place for path, place in reversed(items)}


def _page_key(path: str) -> str:
    """Return the key of a page that site.yaml or a template names by its path: `news/index.md` is `news/index`."""
    return path.removesuffix(".md").strip("/")


def _prepared(written: SiteFile, node: Mapping) -> dict[str, Preparation]:
    places = _inner(node, "languages")
    texts = {"title": written.title, "description": written.description}
    return {
        code: Preparation(
            places[code], tuple(key for key, text in texts.items() if isinstance(text, dict) and code not in text)
        )
        for code, entry in written.languages.items()
        if entry.status == "in-preparation"
    }


def _problems(written: SiteFile, url: str, node: Mapping, *, given: bool) -> list[Problem]:
    problems: list[Problem] = []
    places = places_of(node)
    whole = places["languages"]
    languages = _inner(node, "languages")
    for code, entry in written.languages.items():
        place = languages.get(code, whole)
        if not CODE.match(code):
            problems.append(problem("language-code", place, code=code))
        elif not is_locale(entry.locale or code.replace("-", "_")):
            problems.append(problem("locale-unknown", place, locale=entry.locale or code))
    if not written.languages:
        problems.append(problem("key-missing", whole, key="languages.<code>"))
    elif written.default_language not in written.languages:
        guess = near(written.default_language, frozenset(written.languages))
        place = places["default_language"]
        problems.append(problem("default-language-unknown", place, guess, code=written.default_language))
    elif written.languages[written.default_language].status == "in-preparation":
        place = languages.get(written.default_language, whole)
        problems.append(problem("default-language-in-preparation", place, code=written.default_language))
    problems += _texts(written, places, node)
    problems += ending_problems(written.files.allow, places_of_items(node, "files", "allow"))
    problems += _options(written, places, node) + _names_and_colors(written, node)
    problems += target_problems(written.deploy, _inner(node, "deploy"))
    problems += pattern_problems(CodeHost(written.edit_url, written.create_url, written.report_url), places)
    problems += host_problems(written.hosts, _inner(node, "hosts"))
    if not isinstance(written.admin, UnsetType):
        problems += admin_problems(written.admin, _inner(node, "admin"))
    if not url:
        problems.append(problem("base-url-missing", places.get("base_url", Place(whole.path))))
    elif not is_base_url(url):
        problems.append(problem("base-url-invalid", Place("--base-url") if given else places["base_url"], value=url))
    return problems


def _texts(written: SiteFile, places: dict[str, Place], node: Mapping) -> list[Problem]:
    """Check the texts that may differ by language, and the entries `publisher` and `product`."""
    problems: list[Problem] = []
    texts_by_key: dict[str, Texts] = {"title": written.title, "description": written.description}
    for name, entry in (("publisher", written.publisher), ("product", written.product)):
        if not isinstance(entry, UnsetType):
            inner = _inner(node, name)
            texts_by_key |= texts_of(name, entry)
            places |= {f"{name}.{key}": place for key, place in inner.items()}
            problems += identity_problems(name, entry, inner)
    for key, texts in texts_by_key.items():
        if isinstance(texts, dict):
            problems += _languages_of(texts, key, places[key], _inner(node, key), written)
    return problems


def _languages_of(
    texts: dict[str, str], key: str, place: Place, inner: dict[str, Place], written: SiteFile
) -> list[Problem]:
    codes = frozenset(written.languages)
    missing = [
        problem("text-missing", place, key=key, code=code)
        for code, entry in written.languages.items()
        if code not in texts and entry.status == "published"
    ]
    unknown = [
        problem("key-unknown", inner.get(code, place), near(code, codes), key=f"{key}.{code}")
        for code in texts
        if code not in codes
    ]
    return missing + unknown


def _options(written: SiteFile, places: dict[str, Place], node: Mapping) -> list[Problem]:
    problems = []
    markdown, images = _inner(node, "markdown"), _inner(node, "images")
    extensions = places_of_items(node, "markdown", "extensions")
    for name in written.markdown.extensions:
        if name not in EXTENSIONS:
            guess = near(name, EXTENSIONS)
            values = {"key": "markdown.extensions", "value": name, "known": ", ".join(sorted(EXTENSIONS))}
            problems.append(problem("option-unknown", extensions[name], guess, **values))
    if written.raw_html.elements:
        problems += _elements(written.raw_html.elements, places["raw_html"])
    problems += _numbers(written, places, markdown, images)
    if joined("", written.output) in (None, "."):
        problems.append(problem("path-outside", places["output"], value=written.output))
    return problems


def _numbers(
    written: SiteFile, places: dict[str, Place], markdown: dict[str, Place], images: dict[str, Place]
) -> list[Problem]:
    low, high = written.markdown.toc_levels
    levels = (low, high) if low <= high else (0,)  # from a deep level to a higher one is no range
    checked: list[tuple[type[Struct], str, tuple[int, ...], str, dict[str, Place]]] = [
        (MarkdownOptions, "toc_levels", levels, "markdown.toc_levels", markdown),
        (ImageOptions, "quality", (written.images.quality,), "images.quality", images),
        (ImageOptions, "widths", written.images.widths, "images.widths", images),
        (SiteFile, "time_limit", (written.time_limit,), "time_limit", places),
    ]
    return [
        p
        for record, field, values, key, within in checked
        for p in range_problems(record, field, values, key, within.get(field, Place("site.yaml")))
    ]


def _elements(names: tuple[str, ...], place: Place) -> list[Problem]:
    from sitegen.text.markdown.rawhtml import ADDABLE, ELEMENTS  # with the whole grammar

    key, listed = "raw_html.elements", ", ".join(sorted(ADDABLE))
    others = [name for name in names if name not in ADDABLE | ELEMENTS]
    return [problem("option-unknown", place, near(name, ADDABLE), key=key, value=name, known=listed) for name in others]


def _names_and_colors(written: SiteFile, node: Mapping) -> list[Problem]:
    calendars, cards = _inner(node, "calendars"), _inner(node, "cards")
    names = [problem("slug-invalid", calendars[name], value=name) for name in written.calendars if not is_slug(name)]
    texts = () if isinstance(written.cards, UnsetType) else written.cards.texts
    bad_colors = [(text.color, cards["texts"]) for text in texts if not COLOR.match(text.color)]
    if isinstance(written.theme, Look):
        look = _inner(node, "theme")
        colors = {"brand": written.theme.brand, "accent": written.theme.accent}
        bad_colors += [(color, look[key]) for key, color in colors.items() if color and not COLOR.match(color)]
        names += _fonts(written.theme, look)
    return names + [problem("color-invalid", place, value=color) for color, place in bad_colors]


def _fonts(look: Look, places: dict[str, Place]) -> list[Problem]:
    fonts = (look.fonts.text, look.fonts.interface)
    return [problem("theme-fonts", places["fonts"], value=font) for font in fonts if font and not FONTS.match(font)]


def _inner(node: Mapping, key: str) -> dict[str, Place]:
    return places_of(next((value for name, value in node.items if name.text == key), None))
