"""The `<title>` of a page, for browser tabs and search results.

A module of its own, because the view of a page and `check` must use the same rule.
"""

from sitegen.model.page import Page

LONGEST_TITLE = 65  # characters; search engines cut what is longer


def window_title(page: Page, site_title: str) -> str:
    """Return what `<title>` says: the page's title and the site's, and no more characters than fit, where it can be.

    A title that is too long with the name of the site gives way to `title_short`, alone where both do not fit.
    """
    full, short = page.front.title, page.front.title_short.strip()
    shown = _with_site(full, site_title)
    if len(shown) <= LONGEST_TITLE or not short:
        return shown
    shorter = _with_site(short, site_title)
    return shorter if len(shorter) <= LONGEST_TITLE else short


def _with_site(title: str, site_title: str) -> str:
    """Return both titles; one of them where they are the same, as on a home page."""
    return title if title == site_title or not site_title else f"{title} – {site_title}"
