"""The tree of pages as a reader of one language sees it: parents, children, order. Created once per build.

With the policy `link`, it contains pages that exist only in the source's language; templates recognise them by
`Ref.lang`.
"""

import datetime as dt

from msgspec import UnsetType

from sitegen.languages.alphabet import sort_key
from sitegen.model.views import Ref, Target
from sitegen.site.links import Site, fallback_of, front_picture
from sitegen.site.nodes import Node, parent_name

_LAST = 1_000_000  # pages without a weight come after the others


class Tree:
    """What one language's reader finds where. Made once for a site and a language; what it computes, it keeps."""

    def __init__(self, site: Site, lang: str) -> None:
        self.site = site
        self.lang = lang
        self.language = site.config.language(lang)
        self.shown = {key: node for key in site.sources if (node := self._shown(key))}
        self.parents = {key: self._parent(key) for key in self.shown}
        self.refs: dict[str, Ref] = {}
        for key, node in self.shown.items():
            self.refs[key] = self._ref(node)
        self.by_parent: dict[str, list[str]] = {}
        for key, parent in self.parents.items():
            if parent is not None:
                self.by_parent.setdefault(parent, []).append(key)
        for keys in self.by_parent.values():
            keys.sort(key=self._order)
        self.in_menus = {
            parent: [key for key in keys if self.shown[key].page.front.nav is not False]
            for parent, keys in self.by_parent.items()
        }
        self.orders: dict[str, list[str]] = {}
        self.positions: dict[str, int] = {}
        self.targets: dict[
            tuple[str, str, str], Target
        ] = {}  # of links to pages, by folder, path and anchor as written

    def _shown(self, key: str) -> Node | None:
        """Return the node that menus may lead to: the language's own, or the source's under the policy `link`."""
        node = self.site.node(self.lang, key)
        source = self.site.sources[key]
        lends = source.lang not in self.site.config.prepared  # a language in preparation is no fallback
        if node is None and lends and fallback_of(source, self.language.fallback) == "link":
            return self.site.node(source.lang, key)
        return node

    def _order(self, key: str) -> tuple[object, ...]:
        front = self.shown[key].page.front
        weight = _LAST if isinstance(front.weight, UnsetType) else front.weight
        # newest first where pages are dated and have no weights, as in a list of news
        day = front.date.toordinal() if weight == _LAST and isinstance(front.date, dt.date) else 0
        return weight, -day, sort_key(self.refs[key].label, self.lang), key

    def _ref(self, node: Node) -> Ref:
        front = node.page.front
        parent = self.parent(node.key)
        section = self.shown[parent].page.front.title if parent is not None and parent != self._home() else ""
        language = self.site.config.language(node.lang)
        return Ref(
            key=node.key,
            lang=node.page.lang,
            dir=language.direction if not node.is_fallback else self.site.config.language(node.page.lang).direction,
            url=node.url,
            title=front.title,
            label=front.nav if isinstance(front.nav, str) and front.nav else front.title,
            description=front.description,
            date=_day(front.date),
            section=section,
            image=front_picture(self.site, node.page, node.lang),
            image_alt=None if isinstance(front.image_alt, UnsetType) else front.image_alt,
        )

    def _home(self) -> str | None:
        return self._key("index")

    def _key(self, name: str) -> str | None:
        """Return the key of the page with this name, looking in the reader's language first."""
        translated = self.site.keys.get((self.lang, name))
        if translated is not None and translated in self.shown:
            return translated
        for code in (self.site.config.default_language, *self.site.config.codes):
            key = self.site.keys.get((code, name))
            if key is not None and key in self.shown:
                return key
        return None

    def parent(self, key: str) -> str | None:
        """Return the key of the nearest index page above, or None for the home page."""
        return self.parents[key]

    def _parent(self, key: str) -> str | None:
        name = parent_name(self.shown[key].page.name)
        while name is not None:
            parent = self._key(name)
            if parent is not None and parent != key:
                return parent
            name = parent_name(name)
        return None

    def ancestors(self, key: str) -> list[str]:
        """Return the keys from the home page down to the page's parent."""
        above: list[str] = []
        parent = self.parent(key)
        while parent is not None and parent not in above:
            above.insert(0, parent)
            parent = self.parent(parent)
        return above

    def children(self, key: str) -> list[str]:
        """Return the keys of the pages below, in order."""
        return self.by_parent.get(key, [])

    def menu(self, key: str | None) -> list[str]:
        """Return the keys of the pages below that menus show: not those that said `nav: false`."""
        return self.in_menus.get(key, []) if key is not None else []

    def section(self, key: str) -> str:
        """Return the key of the top section that contains a page: its own when it is one, "" for the home page."""
        above = self.ancestors(key)
        if not above:
            return ""
        return above[1] if len(above) > 1 else key

    def neighbours(self, key: str) -> tuple[str | None, str | None]:
        """Return the keys of the previous and next pages in the reading order of a section, its own page first.

        Only pages of this language: reading on must not change the language.
        """
        top = self.section(key)
        if not top:
            return None, None
        if top not in self.orders:
            self.orders[top] = [k for k in self._walk(top) if self.site.node(self.lang, k) is not None]
            self.positions.update({k: at for at, k in enumerate(self.orders[top])})
        order, at = self.orders[top], self.positions.get(key)
        if at is None:
            return None, None
        return (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)

    def _walk(self, top: str) -> list[str]:
        order, waiting = [], [top]
        while waiting:
            key = waiting.pop()
            order.append(key)
            waiting += reversed(self.menu(key))
        return order


def _day(value: dt.date | UnsetType) -> dt.date | None:
    return value if isinstance(value, dt.date) else None
