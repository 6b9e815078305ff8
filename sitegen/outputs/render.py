"""One Task to one Output: written by its kind, checked, and template errors turned into problems with their line.

A pure function of the task and the context: no file, no clock, no environment.
"""

import contextlib
import traceback
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any

from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from markupsafe import Markup

from sitegen.model.extensions import NONE, ExtensionError, Extensions
from sitegen.model.outputs import Output, PageFacts
from sitegen.model.packing import packed, unpacking
from sitegen.model.page import BlockSlot
from sitegen.model.phrases import Phrase, Value, phrase
from sitegen.model.problems import Lines, Place, Problem, problem
from sitegen.model.urls import base_path
from sitegen.model.views import PageView, Task, sections_above
from sitegen.outputs.addresses import of_feed
from sitegen.outputs.environment import FOLDER, BlockError, Compiled, LinkWriter, RenderContext, make_environment
from sitegen.outputs.facts import prove
from sitegen.outputs.filters import Strings
from sitegen.outputs.kinds import KINDS
from sitegen.outputs.page import join_body
from sitegen.outputs.policy import with_policy
from sitegen.outputs.search import SearchText
from sitegen.text.template_errors import syntax_reason, undefined_name
from sitegen.text.templates import template_facts

_task_in = unpacking(Task)
_OF_TEMPLATES = (TemplateError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)


def render_tasks(renderer: "Renderer", tasks: Sequence[bytes]) -> list[tuple[bytes, ...]]:
    """Render many packed tasks; returns the parts of each, as model.outputs names them."""
    results: list[tuple[bytes, ...]] = []
    for packed_task in tasks:
        output, problems = renderer.render(_task_in.decode(packed_task))
        packed_problems = packed(problems) if problems else b""
        if output is None:
            results.append((b"", b"", b"", packed_problems, b""))
        else:
            search = packed(output.search) if output.search else b""
            outside = packed(output.outside) if output.outside else b""
            results.append((packed(output.facts), search, outside, packed_problems, output.data))
    return results


def describe_templates(_: None, texts: Sequence[str]) -> list[bytes]:
    """Return the packed TemplateFacts of many templates."""
    return [packed(template_facts(_syntax(), text)) for text in texts]


@lru_cache(maxsize=1)
def _syntax() -> Environment:
    return Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701 - reads the syntax, renders nothing


class Renderer:
    """The context with its environment made once, for many tasks. `compiled` is Python by name of template."""

    def __init__(
        self, context: RenderContext, compiled: dict[str, bytes] | None = None, extensions: Extensions = NONE
    ) -> None:
        self.context = context
        self.compiled = Compiled(context.templates, compiled or {})
        self.extensions = extensions
        self.env: Environment = make_environment(context, self.compiled, extensions)
        self.strings = {code: Strings(catalog) for code, catalog in context.catalogs.items()}
        self.site = context.shared.site
        self.prefix = base_path(self.site.base_url)
        self.languages = {language.code: language for language in self.site.languages}

    def __reduce__(self) -> tuple[type["Renderer"], tuple[RenderContext, dict[str, bytes], Extensions]]:
        """Pickle without the environment, which cannot be pickled: it is rebuilt from its parts."""
        return Renderer, (self.context, {**self.compiled.sources, **self.compiled.new}, self.extensions)

    def compile_all(self) -> dict[str, bytes]:
        """Compile the templates that are not cached; return their Python. Pages that use a broken one report it."""
        for name in sorted(self.context.templates):
            with contextlib.suppress(Exception):
                self.compiled.source(self.env, name)
        return self.compiled.new

    def render(self, task: Task) -> tuple[Output | None, list[Problem]]:
        """Render one output.

        Problems: template-syntax, template-undefined, template-missing, template-failed, extension-failed,
        block-option-missing, file-not-found, and those of
        facts.prove and card.card.
        """
        kind = KINDS[task.kind]
        try:
            data, problems = kind.write(task.view, self)
        except ExtensionError as error:
            return None, [error.report]
        except BlockError as error:
            return None, [problem(error.code, error.place or Place(task.source), None, **error.values)]
        except _OF_TEMPLATES as error:
            mistake = _template_problem(error, self.context, task.source)
            if mistake is None:
                raise
            return None, [mistake]
        if isinstance(data, str):
            return self._checked(task, data)
        return (None if data is None else Output(task.path, data)), problems

    def _checked(self, task: Task, text: str) -> tuple[Output, list[Problem]]:
        """Return a text with its facts and problems: all for a page, for a feed only URLs with other schemes."""
        if KINDS[task.kind].checked != "page":
            return Output(task.path, text.encode(), PageFacts(foreign=of_feed(text))), []
        searched = task.view if isinstance(task.view, PageView) and self._searchable(task.view) else None
        search = SearchText()
        facts, outside, problems = prove(task, text, self.prefix, *([search] if searched else []))
        text = with_policy(text, self.context.policy, facts.inline)
        return Output(task.path, text.encode(), facts, search.page(searched) if searched else None, outside), problems

    def _searchable(self, view: PageView) -> bool:
        """Say whether search includes a page: not a fallback page, nor one whose front matter excludes it."""
        return view.lang in self.site.search and not view.is_fallback and not view.search_exclude

    def template(self, name: str, context: dict[str, Any]) -> str:
        """Render a template."""
        return self.env.get_template(name).render(context)

    def variables(self, view: Any, writer: LinkWriter) -> dict[str, Any]:
        """Return the variables of a template that depend on the output: its view is `page`."""
        language = self.context.shared.by_language[view.lang]
        above = sections_above(view) if isinstance(view, PageView) else ()
        return {
            "page": view,
            "lang": view.lang,
            "language": self.languages[view.lang],
            "menus": language.menus,
            "pages": language.pages,
            "news": language.news,
            "data": language.data,
            "siblings": language.sections.get(getattr(view, "parent", ""), ()),
            "branch": {key: language.sections.get(key, ()) for key in above},
            "link_writer": writer,
        }

    def page_variables(self, view: PageView, writer: LinkWriter) -> dict[str, Any]:
        """Return the variables of a page's template: those of all templates, and the HTML of its body."""
        context, numbers = self.variables(view, writer), count()

        def block(slot: BlockSlot) -> str:
            number = next(numbers)
            try:
                return self.template(f"blocks/{slot.name}.html", context | {"options": dict(slot.options)})
            except BlockError as error:
                error.place = Place(view.source, ref=f"block {number}")
                raise

        sizes = self.site.image_sizes
        html = join_body(view, writer, self.strings, self.languages[view.lang], sizes, block)
        context["content"] = Markup(html)  # noqa: S704 - cleaned when the Markdown was read
        return context


def _template_problem(error: Exception, context: RenderContext, source: str) -> Problem | None:
    """Turn an exception out of a template into a problem with the template's file and line.

    Returns None when no template was being rendered: then it is a bug of ours.
    """
    if isinstance(error, TemplateSyntaxError):
        place = _template_place(error.name or "", error.lineno, context)
        return problem("template-syntax", place, reason=syntax_reason(error.message or ""), page=source)
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if frame.filename.startswith(FOLDER)]
    if not inside and not isinstance(error, TemplateError):
        return None
    name, line = (inside[-1].filename.removeprefix(FOLDER), inside[-1].lineno or 0) if inside else ("", 0)
    place = _template_place(name, line, context)
    if isinstance(error, UndefinedError):
        return problem("template-undefined", place, name=undefined_name(error.message or ""), page=source)
    if isinstance(error, TemplateNotFound):
        return problem("template-missing", place, template=error.message or "", page=source)
    return problem("template-failed", place, reason=_reason(error), page=source)


def _reason(error: Exception) -> Value:
    """Return the reason that an exception gives: a phrase where our own functions raised it."""
    if isinstance(error, RecursionError):
        return phrase("it includes itself, or calls itself without end")
    reason = error.args[0] if error.args else error
    return reason if isinstance(reason, Phrase) else str(reason)


def _template_place(name: str, line: int, context: RenderContext) -> Place:
    if not name:
        return Place(FOLDER.rstrip("/"))
    path = f"theme/{FOLDER}{name.removeprefix('theme/')}" if name in context.borrowed else FOLDER + name
    return Lines(path, context.templates.get(name, "")).line(line)
