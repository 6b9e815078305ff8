"""What of the shared values an output can see: one record for the many pages that see the same. Knows no digest."""

from msgspec import Struct

from sitegen.core.views import FeedView, PageView, RedirectView, StandaloneView, View


class Sight(Struct, frozen=True):
    """What of the shared values an output can see: the same for many pages."""

    start: tuple[str, ...]  # the templates it is rendered with
    lang: str
    texts: tuple[str, ...]  # languages of texts in it, if it is not that one
    parents: tuple[str, ...]  # keys of the index pages whose `siblings` it can name


def sight_of(view: View) -> Sight | None:
    """Return the sight of a view that is rendered with templates, None for one that sees no shared value."""
    if not isinstance(view, (PageView, StandaloneView, RedirectView, FeedView)):
        return None
    if isinstance(view, (StandaloneView, RedirectView)):
        template = view.template if isinstance(view, StandaloneView) else "redirect.html"
        return Sight((template,), view.lang, (), ("",))
    pages = view.entries if isinstance(view, FeedView) else (view,)
    blocks = sorted({f"blocks/{name}.html" for page in pages for name in page.blocks})
    start = (view.template, *blocks) if isinstance(view, PageView) else tuple(blocks)
    texts = sorted({page.content_lang for page in pages} - {view.lang})
    return Sight(start, view.lang, tuple(texts), tuple(sorted({page.parent for page in pages})))
