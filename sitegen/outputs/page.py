"""Pages: each is a template with the view of the page, and with its body, whose parts are joined here.

Links, pictures, UI strings and blocks are now known. `views` makes the view.
"""

import re
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from sitegen.languages.numbers import inflected, language_name
from sitegen.model.page import AfterSlot, BlockSlot, ImageSlot, LabelSlot, LinkSlot, parts_of
from sitegen.model.problems import Problem
from sitegen.model.urls import output_path
from sitegen.model.views import PageView, Picture, SiteLanguage, Task, VisibleInputs, sections_above
from sitegen.model.words import N_
from sitegen.outputs.environment import LinkWriter, writer_for
from sitegen.outputs.filters import Strings
from sitegen.outputs.kind import Kind, Linked

if TYPE_CHECKING:
    from sitegen.outputs.render import Renderer

# What may be wider than a narrow screen: it scrolls inside its own frame.
_WIDE = re.compile(r"<pre(?=[ >])(?![^<>]* tabindex=)|<div class=\"table\"(?=>)")


def page_tasks(linked: Linked) -> tuple[list[Task], list[Problem]]:
    """Return a task for each page in each language."""
    return [Task(output_path(view.url), "page", view, view.source) for view in linked.views.values()], []


def _sees(view: PageView) -> VisibleInputs:
    blocks = sorted({f"blocks/{name}.html" for name in view.blocks})
    texts = {view.content_lang} - {view.lang}
    above = {view.parent, *sections_above(view)}
    return VisibleInputs((view.template, *blocks), view.lang, tuple(texts), tuple(sorted(above)))


def _write(view: PageView, renderer: "Renderer") -> tuple[str, list[Problem]]:
    return renderer.template(view.template, renderer.page_variables(view, writer_for(view.url, renderer.site))), []


PAGE = Kind(page_tasks, _sees, _write, "page")


def join_body(
    view: PageView,
    writer: LinkWriter,
    strings: dict[str, Strings],
    language: SiteLanguage,
    sizes: str,
    block: Callable[[BlockSlot], str],
) -> str:
    """Return the HTML of a body for the reader of `language`; `block` renders a directive.

    `sizes` is what HTML's attribute of that name says of every picture.

    Words inside the text, such as the title of a note, are of the text's own language.
    """
    pieces: list[str] = []
    for part in parts_of(view.body):
        if isinstance(part, str):
            pieces.append(_reachable(part, strings[view.content_lang]) if _WIDE.search(part) else part)
        elif isinstance(part, LinkSlot):
            pieces.append(_href(view, part.number, writer))
        elif isinstance(part, AfterSlot):
            lang = view.targets[part.number].lang
            if lang:
                note = strings[view.lang].get(N_("(in %(language)s)")) % {
                    "language": language_name(lang, language.locale)
                }
                pieces.append(
                    f' <span class="in-language"{_own(view)}>{escape(inflected(note, lang, language.locale))}</span>'
                )
        elif isinstance(part, ImageSlot):
            pieces.append(_picture(view.pictures[part.number], writer, sizes))
        elif isinstance(part, LabelSlot):
            pieces.append(_label(part, strings[view.content_lang]))
        else:
            pieces.append(block(part))
    return "".join(pieces)


def _reachable(part: str, strings: Strings) -> str:
    """Return a part in which everything that may scroll can be reached by the keyboard, and has a name.

    At every width, as screen and fonts decide whether it scrolls. A group, not a region: many are no landmarks.
    """
    names = {"<pre": strings.get(N_("Code")), "<div": strings.get(N_("Table"))}

    def opened(match: re.Match[str]) -> str:
        name = names[match.group()[:4]]
        return f'{match.group()} tabindex="0" role="group" aria-label="{escape(name)}"'

    return _WIDE.sub(opened, part)


def _own(view: PageView) -> str:
    """Mark the reader's language on a word of the interface inside a text in another language."""
    return f' lang="{view.lang}" dir="{view.dir}"' if view.is_fallback else ""


def _href(view: PageView, number: int, writer: LinkWriter) -> str:
    target = view.targets[number]
    hreflang = f' hreflang="{target.lang}"' if target.lang else ""
    return f' href="{escape(writer.href(target.url, target.anchor))}"{hreflang}'


def _picture(picture: Picture, writer: LinkWriter, sizes: str) -> str:
    text = f' src="{escape(writer.href(picture.url))}"'
    if picture.width:
        text += f' width="{picture.width}" height="{picture.height}"'
    if picture.variants:
        offered = [(url, width) for url, width in picture.variants] + [(picture.url, picture.width)]
        widths = ", ".join(f"{writer.href(url)} {width}w" for url, width in offered)
        text += f' srcset="{escape(widths)}" sizes="{escape(sizes)}"'
    return text + ' loading="lazy" decoding="async"'


def _label(part: LabelSlot, strings: Strings) -> str:
    text = strings.get(part.name)
    if part.value:
        text = text % {"number": part.value}
    return escape(text)
