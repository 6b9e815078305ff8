"""What a kind of output consists of. Each kind has a module of its own, and a row in the table of `kinds`."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sitegen.model.problems import Problem
from sitegen.model.views import PageView, Task, VisibleInputs

if TYPE_CHECKING:
    from sitegen.outputs.render import Renderer
    from sitegen.site.links import Site
    from sitegen.site.navigation import Tree

Alternates = tuple[tuple[str, str], ...]  # hreflang, address


class Linked(NamedTuple):
    """The linked site, as the tasks of all kinds are made from it."""

    site: "Site"
    trees: "Mapping[str, Tree]"  # language → the site as its readers see it
    data: Mapping[str, Mapping[str, Any]]  # language → file of data/ → value
    views: Mapping[tuple[str, str], PageView]  # language and key → view
    alternates: Mapping[str, Alternates]  # key → what all translations of a page share

    @property
    def on_a_host(self) -> bool:
        """Say whether the site has a host whose address is known: only then can anything have a full URL."""
        return bool(self.site.config.base_url) and not self.site.config.offline


class Kind(NamedTuple):
    """One kind of output. A view is the one that its tasks hold."""

    tasks: Callable[[Linked], tuple[list[Task], list[Problem]]]
    sees: Callable[[Any], VisibleInputs | None]  # of the shared values; None for a view that is rendered from itself
    write: "Callable[[Any, Renderer], tuple[str | bytes | None, list[Problem]]]"  # a view to what is in the file
    checked: Literal["page", "feed", "no"] = "no"  # as HTML with all its links; its links' schemes only; not at all


def sees_nothing(_: Any) -> None:
    """Say that an output depends on its view alone."""
