"""The sitemap (sitemaps.org 0.9) with the alternates of each page, as search engines read them; and robots.txt."""

from xml.sax.saxutils import escape, quoteattr

from sitegen.model.views import RobotsView, SitemapView

_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def sitemap(view: SitemapView) -> str:
    """Return sitemap.xml. Fallback pages and the 404 pages are not in the view."""
    entries = []
    for address, day, alternates in view.entries:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(lang)} href={quoteattr(href)}/>\n'
            for lang, href in alternates
        )
        changed = f"<lastmod>{day.isoformat()}</lastmod>\n" if day else ""
        entries.append(f"<url>\n<loc>{escape(address)}</loc>\n{changed}{links}</url>\n")
    return f"{_HEAD}{''.join(entries)}</urlset>\n"


def robots(view: RobotsView) -> str:
    """Return robots.txt (RFC 9309): everything may be read, and here is the list of pages."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {view.sitemap}\n"
