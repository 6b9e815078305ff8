"""The Jinja2 environment of a site: what templates can call, besides the values in their view.

One environment for all languages: whatever depends on the language looks at the variable `lang`. No function here
reads a file or a clock.
"""

import functools
from collections.abc import Callable, MutableMapping
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from msgspec import Struct

from sitegen.model.config import CardStock
from sitegen.model.extensions import NONE, ExtensionError, Extensions, fault
from sitegen.model.files import Catalog
from sitegen.model.phrases import phrase
from sitegen.model.problems import Place
from sitegen.model.urls import absolute, base_path, output_path, quoted, relative
from sitegen.model.views import LanguageView, Picture, Shared, SiteView
from sitegen.outputs.filters import Strings, callables, filters, lang_of

FOLDER = "templates/"  # what the names of templates are shown with


class RenderContext(Struct, frozen=True):
    """All that rendering needs besides the view."""

    templates: dict[str, str]  # name → text
    shared: Shared
    catalogs: dict[str, Catalog]
    texts: dict[str, str]  # path below static/ → text, for `inline`
    typography: bool
    cards: CardStock | None = None
    borrowed: frozenset[str] = frozenset()  # names of the templates that are the theme's
    policy: dict[str, tuple[str, ...]] = {}  # what every page says it allows, without its own hashes; empty: nothing


class BlockError(Exception):
    """An option of a block that its template cannot use: a problem at `place`, which who renders the block knows."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code, self.values = code, values
        self.place: Place | None = None


class LinkWriter(Struct, frozen=True):
    """How addresses are written in one output: relative to `start`, or all with `prefix` in front.

    With `files`, a link names the file itself: a folder on disk has no server that would look for its index.html.
    """

    start: str
    prefix: str | None = None
    files: bool = False

    def href(self, url: str, anchor: str = "") -> str:
        """Return the link to an address of the site."""
        tail = "#" + quoted(anchor) if anchor else ""
        if self.prefix is not None:
            return self.prefix + quoted(url) + tail
        if tail and url == self.start:
            return tail
        return relative(self.start, output_path(url) if self.files else url) + tail


class Compiled(BaseLoader):
    """Loads templates. Their Python source is cached between builds, not bytecode, so that the cache can be read.

    `sources` is the source from an earlier build, by name of template; `new` the source compiled in this build.
    """

    def __init__(self, templates: dict[str, str], sources: dict[str, bytes]) -> None:
        self.templates = templates
        self.sources = sources
        self.new: dict[str, bytes] = {}

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:  # noqa: A002 - Jinja's own name
        """Return a template, ready to be rendered. Raises TemplateNotFound, TemplateSyntaxError."""
        file = f"{FOLDER}{name}"
        code = compile(self.source(environment, name), file, "exec")
        return environment.template_class.from_code(environment, code, globals or {}, None)

    def source(self, environment: Environment, name: str) -> bytes:
        """Return the Python source of a template. Raises TemplateNotFound, TemplateSyntaxError."""
        if name not in self.templates:
            raise TemplateNotFound(name)
        if name not in self.sources and name not in self.new:
            self.new[name] = environment.compile(self.templates[name], name, f"{FOLDER}{name}", raw=True).encode()
        return self.sources.get(name) or self.new[name]


def make_environment(
    render_context: RenderContext, compiled: Compiled | None = None, extensions: Extensions = NONE
) -> Environment:
    """Return the environment of a site. Templates see StrictUndefined: a misspelt name is an error, with its line."""
    env = Environment(
        loader=compiled or Compiled(render_context.templates, {}),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        cache_size=-1,
        auto_reload=False,
    )
    strings = {code: Strings(catalog) for code, catalog in render_context.catalogs.items()}
    env.install_gettext_callables(**callables(strings), newstyle=True)  # type: ignore[attr-defined]
    env.policies["ext.i18n.trimmed"] = True
    env.globals["t"] = env.globals["_"]
    env.globals.update(_functions(render_context))
    env.filters.update(
        filters(
            {language.code: language.locale for language in render_context.shared.site.languages},
            render_context.typography,
        )
    )
    env.filters.update({name: _guarded(function, extensions.root) for name, function in extensions.filters.items()})
    return env


def _guarded(function: Callable[..., Any], root: str) -> Callable[..., Any]:
    """Return a filter of the site whose errors name its own line."""

    @functools.wraps(function)  # what Jinja has written on it, such as pass_context, stays
    def call(*arguments: Any, **named: Any) -> Any:
        try:
            return function(*arguments, **named)
        except Exception as error:
            raise ExtensionError(fault(error, function, root)) from error

    return call


def _functions(render_context: RenderContext) -> dict[str, Any]:
    shared = render_context.shared

    @pass_context
    def url(context: Context, target: Any) -> str:
        """The link to a page: by a Ref or another record with `url`, by its path, or by an address."""
        address, anchor = _address(target, shared.by_language[lang_of(context)])
        return _writer(context).href(address, anchor)

    @pass_context
    def abs_url(context: Context, target: Any) -> str:
        """The full address of a page, for feeds and cards; relative when the site has no base_url."""
        if not shared.site.base_url:
            return str(url(context, target))
        address, anchor = _address(target, shared.by_language[lang_of(context)])
        return absolute(shared.site.base_url, address) + ("#" + quoted(anchor) if anchor else "")

    @pass_context
    def has_page(context: Context, path: str) -> bool:
        """Say whether `url` knows a page by this path."""
        return path in shared.by_language[lang_of(context)].addresses

    @pass_context
    def asset(context: Context, path: str) -> str:
        """The link to a file below static/, with its fingerprint."""
        if path not in shared.assets:
            raise LookupError(phrase("{path} does not exist", path=f"static/{path}"))
        return _writer(context).href(shared.assets[path])

    def inline(path: str) -> Markup:
        """The text of a stylesheet or drawing below static/, to be included in the page itself."""
        if path not in render_context.texts:
            raise LookupError(phrase("{path} does not exist or is not text", path=f"static/{path}"))
        return Markup(render_context.texts[path])  # noqa: S704 - a file of the site's own static/

    names = {"url": url, "abs_url": abs_url, "has_page": has_page, "asset": asset, "inline": inline}
    return {**names, "required": required, "file": file, "site": shared.site}


@pass_context
def required(context: Context, option: str) -> str:
    """The option of a block that it cannot do without."""
    options = context.resolve("options")
    if option not in options:
        raise BlockError("block-option-missing", option=option)
    return str(options[option])


@pass_context
def file(context: Context, name: str) -> Picture:
    """The file next to the page that an option of a block names."""
    files: dict[str, Picture] = dict(context.resolve("page").files)
    if name not in files:
        raise BlockError("file-not-found", target=name)
    return files[name]


def _writer(context: Context) -> LinkWriter:
    writer = context.resolve("link_writer")
    if not isinstance(writer, LinkWriter):
        raise TypeError("link_writer is the engine's own variable")
    return writer


def _address(target: Any, language: LanguageView) -> tuple[str, str]:
    """Return address and anchor of what a template wants to link to."""
    if not isinstance(target, str):
        return target.url, getattr(target, "anchor", "")
    path, _, anchor = target.partition("#")
    key = path.removesuffix(".md")
    if key in language.addresses:
        return language.addresses[key], anchor
    if path == "" or path.endswith("/") or "." in path.rpartition("/")[2]:
        return path, anchor
    raise LookupError(phrase("there is no page “{page}”", page=target))


def writer_for(url: str, site: SiteView, standalone: bool = False) -> LinkWriter:
    """Return how links are written on the page `url`: a 404 page is served at any depth, so it uses base_url's path."""
    if standalone and url.rpartition("/")[2] == "404.html":
        return LinkWriter(url, base_path(site.base_url) if site.base_url else "/")
    return LinkWriter(url, files=site.offline)
