"""Texts of problems with links and with the URLs of pages."""

from sitegen.model.problems import Message

LINKS: dict[str, Message] = {
    # links
    "link-missing": Message("error", "The page “{target}” does not exist.", "Correct the path, or create the page."),
    "link-in-preparation": Message(
        "error",
        "The file “{target}” is in the language “{code}”, which is in preparation and will not be published.",
        "Publish the language, or remove the link.",
    ),
    "link-draft": Message(
        "error",
        "The page “{target}” is a draft and will not be published.",
        "Remove “draft: true” from that page, or remove the link.",
    ),
    "link-outside": Message(
        "error", "“{target}” leads out of the folder content/.", "Link to a page, or to a file next to a page."
    ),
    "link-rooted": Message(
        "error",
        "“{target}” begins with a slash, which fails if the site is in a subfolder of its host.",
        "Write the path to the Markdown file, relative to this file.",
    ),
    "link-scheme": Message("error", "Links such as “{target}” are not allowed.", "Use https:, http:, mailto: or tel:."),
    "link-empty": Message("error", "The link has no target.", "Write the page or URL that it leads to."),
    "file-not-found": Message("error", "The file “{target}” does not exist.", "Correct the path, or add the file."),
    "anchor-missing": Message(
        "error",
        "The page {target} has no heading or element with the id “{anchor}”.",
        "Use an id that exists there, or add {{#{anchor}}} to the heading.",
    ),
    "address-gone": Message(
        "error",
        "The URL “{address}” was published, but now no page has it.",
        "Add it to the aliases of {file} (“aliases: [{address}]”) or of the page that now has its content. "
        "If nobody needs it, delete this line.",
    ),
    "address-new": Message(
        "warning",
        "These URLs are not yet in urls.lock: {names}.",
        "When they are published, run build.py --update-urls.",
    ),
    "address-line": Message(
        "error",
        "This line is not a URL of the site.",
        "Write one URL per line, beginning with a slash. If this is a merge conflict, keep both sides.",
    ),
    "address-twice": Message(
        "error", "The URL {address} is already used by {other}.", "Give one of the two pages another slug."
    ),
    "address-case": Message(
        "error",
        "The URL {address} differs from that of {other} only in upper and lower case.",
        "Give one of the two pages another slug: some computers cannot store both.",
    ),
    "address-inside": Message(
        "error", "The URL {address} would be inside the file {other}.", "Give one of the two pages another slug."
    ),
}
