"""What the web editor calls each key of front matter, and what it says below it. A key without a field has a reason.

Plain words for people who do not know the generator; docs/front-matter.md is for those who do.
"""

from sitegen.core.words import T_

# Key → label, hint. Keys inside of another one have both names: `search.also`.
LABELS: dict[str, tuple[str, str]] = {
    "title": (T_("Title"), T_("The heading of the page, and its name in menus and lists.")),
    "description": (
        T_("Description"),
        T_("One or two sentences for search engines and lists, 50 to 160 characters."),
    ),
    "title_short": (T_("Short title"), T_("Only if the title is too long for a browser tab.")),
    "date": (T_("Date"), T_("The day of first publication.")),
    "updated": (T_("Updated"), T_("The day of the last change of substance; not for a corrected typo.")),
    "image": (T_("Picture"), T_("A photo or drawing; it is saved next to the page.")),
    "image_alt": (
        T_("Description of the picture"),
        T_("What the picture shows, for people who do not see it. With it, the picture appears on the page."),
    ),
    "draft": (T_("Draft"), T_("A draft is not published.")),
    "publish_date": (T_("Publish on"), T_("The first day on which the page is shown.")),
    "expiry_date": (T_("Remove after"), T_("The last day on which the page is shown.")),
    "weight": (T_("Order"), T_("The smallest number comes first in its section. Empty: by date.")),
    "slug": (T_("Name in the URL"), T_("The last part of the URL: letters, digits and hyphens. Empty: the file name.")),
    "aliases": (T_("Old URLs"), T_("Earlier URLs of this page, such as /en/old-page/. They lead here.")),
    "search": (T_("Search"), T_("How the search of the site treats this page.")),
    "search.exclude": (T_("Hide from the search"), ""),
    "search.also": (T_("Other search words"), T_("Words that people search for and that the page does not use.")),
    "sources": (T_("Sources"), T_("Where the facts on this page come from.")),
    "sources.title": (T_("Title of the source"), T_("In its own language.")),
    "sources.publisher": (T_("Publisher"), ""),
    "sources.language": (T_("Language"), T_("Its code, such as en.")),
    "sources.address": (T_("URL"), T_("Where it can be read.")),
    "nav": (T_("Name in menus"), T_("Only if the title is too long for a menu. “false” keeps the page out of lists.")),
    "fallback": (T_("If a translation is missing"), T_("What readers of that language see.")),
    "template": (T_("Template"), T_("Only if the page needs a special layout.")),
}
BODY = (T_("Text"), T_("Markdown. A heading begins with `##`, a list with `-`, and a link is `[text](page.md)`."))
CHOICES: dict[str, dict[str, str]] = {
    "fallback": {
        "hide": T_("nothing"),
        "link": T_("a link to the original"),
        "show": T_("the text of the original"),
    }
}
# Keys that the editor keeps and does not show.
HIDDEN: dict[str, str] = {
    "translation_key": "a mistake in it separates a page from its translations",
    "l10n": "written by `translate --confirm` only",
    "extra": "anything, of any type: for those who write templates",
}
