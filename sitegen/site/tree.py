"""The tree of pages as a reader of one language sees it: parents, children, order. Made once per build.

Pages that exist only in the source's language stand in it when the policy is `link`; templates see that by `Ref.lang`.
"""

import datetime as dt

from msgspec import UnsetType

from sitegen.core.views import Ref
from sitegen.lang.alphabet import sort_key
from sitegen.site.address import Node, parent_name
from sitegen.site.link import Site, fallback_of

_LAST = 1_000_000  # pages without a weight stand behind the others


class Tree:
    """What one language's reader finds where. Holds no state but what it was made from."""

    def __init__(self, site: Site, lang: str) -> None:
        self.site = site
        self.lang = lang
        self.language = site.config.language(lang)
        self.shown = {key: node for key in site.sources if (node := self._shown(key))}
        self.refs: dict[str, Ref] = {}
        for key, node in self.shown.items():
            self.refs[key] = self._ref(node)
        self.by_parent: dict[str, list[str]] = {}
        for key in self.shown:
            parent = self.parent(key)
            if parent is not None:
                self.by_parent.setdefault(parent, []).append(key)
        for keys in self.by_parent.values():
            keys.sort(key=self._order)

    def _shown(self, key: str) -> Node | None:
        """Return the node that menus may lead to: the language's own, or the source's under the policy `link`."""
        node = self.site.node(self.lang, key)
        source = self.site.sources[key]
        if node is None and fallback_of(source, self.language.fallback) == "link":
            return self.site.node(source.lang, key)
        return node

    def _order(self, key: str) -> tuple[object, ...]:
        front = self.shown[key].page.front
        weight = _LAST if isinstance(front.weight, UnsetType) else front.weight
        # newest first where pages are dated and nobody weighed them, as in a list of news
        day = front.date.toordinal() if weight == _LAST and isinstance(front.date, dt.date) else 0
        return weight, -day, sort_key(self.refs[key].label, self.lang), key

    def _ref(self, node: Node) -> Ref:
        front = node.page.front
        parent = self.parent(node.key)
        section = self.shown[parent].page.front.title if parent is not None and parent != self._home() else ""
        own = self.site.config.language(node.lang)
        return Ref(
            key=node.key,
            lang=node.page.lang,
            dir=own.direction if not node.is_fallback else self.site.config.language(node.page.lang).direction,
            url=node.url,
            title=front.title,
            label=front.nav if isinstance(front.nav, str) and front.nav else front.title,
            description=front.description,
            date=_day(front.date),
            section=section,
        )

    def _home(self) -> str | None:
        return self._key("index")

    def _key(self, name: str) -> str | None:
        """Return the key of the page with this name, looking in the reader's language first."""
        for code in (self.lang, self.site.config.default_language, *self.site.config.codes):
            key = self.site.keys.get((code, name))
            if key is not None and key in self.shown:
                return key
        return None

    def parent(self, key: str) -> str | None:
        """Return the key of the nearest index page above, or None for the home page."""
        name = parent_name(self.shown[key].page.name)
        while name is not None:
            found = self._key(name)
            if found is not None and found != key:
                return found
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

    def children(self, key: str, menus: bool = False) -> list[str]:
        """Return the keys of the pages below, in order; with `menus`, without those that said `nav: false`."""
        keys = self.by_parent.get(key, [])
        return [k for k in keys if not menus or self.shown[k].page.front.nav is not False]

    def section(self, key: str) -> str:
        """Return the key of the top section that a page stands in: its own when it is one, "" for the home page."""
        above = self.ancestors(key)
        if not above:
            return ""
        return above[1] if len(above) > 1 else key

    def reading_order(self, key: str) -> list[str]:
        """Return the pages of a page's section in the order of reading, the section's own page first.

        Only pages of this language: a person who reads on shall not change the language unawares.
        """
        top = self.section(key)
        if not top:
            return []
        order: list[str] = []
        self._walk(top, order)
        return [k for k in order if self.site.node(self.lang, k) is not None]

    def _walk(self, key: str, order: list[str]) -> None:
        order.append(key)
        for child in self.children(key, menus=True):
            self._walk(child, order)


def _day(value: dt.date | UnsetType) -> dt.date | None:
    return value if isinstance(value, dt.date) else None
