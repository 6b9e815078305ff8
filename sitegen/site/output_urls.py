"""URLs of outputs that pages link to: feeds, calendar files, social cards. Knows nothing of their content.

The card of a section has a fixed name next to the section's own page, so a new drawing changes no page.
"""

from typing import TYPE_CHECKING

from sitegen.model.config import CARD_SIZE, Calendar
from sitegen.model.views import Picture

if TYPE_CHECKING:
    from sitegen.site.links import Site
    from sitegen.site.navigation import Tree
    from sitegen.site.nodes import Node

CARD_NAME = "card.png"


def calendar_urls(site: "Site") -> dict[str, dict[str, str]]:
    """Return language → name → URL of its calendar file. A calendar needs base_url, and a page of its own."""
    if not site.config.base_url:
        return {}
    return {
        code: {
            name: f"{code}/{name}.ics"
            for name, calendar in site.config.calendars
            if calendar_page(site, code, calendar)
        }
        for code in site.config.codes
    }


def calendar_page(site: "Site", lang: str, calendar: Calendar) -> "Node | None":
    """Return the page about the events of a calendar; None where the language has none of its own."""
    node = site.node(lang, calendar.page)
    return None if node is None or node.is_fallback else node


def card_of(tree: "Tree", key: str) -> Picture | None:
    """Return the card of the section that contains a page; None when the site has no cards."""
    config = tree.site.config
    node = card_page(tree, key) if config.cards and config.base_url else None
    return Picture(node.url + CARD_NAME, *CARD_SIZE) if node else None


def card_page(tree: "Tree", key: str) -> "Node | None":
    """Return the page at the head of a section; the home page where the language has none."""
    return tree.site.node(tree.lang, tree.section(key)) or tree.site.node(tree.lang, "index")


def feed_url(lang: str) -> str:
    """Return the URL of a language's feed."""
    return f"{lang}/feed.xml"


def has_feed(site: "Site", lang: str) -> bool:
    """Say whether a language has a feed: it needs absolute URLs, and a section of its own. A folder has none."""
    feed = None if site.config.offline else site.config.feed
    node = site.node(lang, feed.section) if feed else None
    return bool(site.config.base_url and node and not node.is_fallback)
