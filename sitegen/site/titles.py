"""The title of a page where there is little room for it: in the tab of a browser, and in the results of search engines.

The rule stands here alone, for the view of a page and for `check` must agree on it.
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
