"""Texts of problems that only `check` looks for."""

from sitegen.core.messages.message import Message

EDITING: dict[str, Message] = {
    # editing (only check looks for these)
    "description-missing": Message(
        "warning",
        "The page has no description.",
        "Say in one or two sentences what the page is about: {low} to {high} characters.",
    ),
    "description-short": Message(
        "warning",
        "The description has only {length}.",
        "Say what the page is about: {low} to {high} characters.",
    ),
    "title-long": Message(
        "warning",
        "Search engines cut the title “{shown}”: it has {length}.",
        "Write “title_short” in the front matter, so that at most {limit} are shown.",
    ),
    "title-twice": Message(
        "warning", "Another page in this language has the same title: {other}.", "Give each page a title of its own."
    ),
    "description-twice": Message(
        "warning",
        "Another page in this language has the same description: {other}.",
        "Say what is different about this page.",
    ),
    "orphan-page": Message(
        "warning",
        "Nothing leads to this page: no menu, no list and no link.",
        "Link to it, or take “nav: false” away.",
    ),
    "source-missing": Message(
        "warning",
        "The page says “{claim}” and names no source.",
        "Add “sources” to its front matter, a link to the source, or a footnote.",
    ),
    "alt-file-name": Message(
        "warning", "The alternative text “{alt}” is the name of a file.", "Say what the image shows."
    ),
    "alt-repeats-caption": Message(
        "warning",
        "The alternative text repeats the caption.",
        "Say what the image shows; the caption is read out as well.",
    ),
    "plural-forms-number": Message(
        "warning",
        "The header Plural-Forms has {found} forms; the language “{code}” has {expected}.",
        "Write “{rule}” in the header.",
    ),
    # other sites (only check --external asks)
    "link-external-dead": Message(
        "warning",
        "{address} cannot be reached: {reason}.",
        "Correct or remove the link; it is asked for again after a day.",
    ),
    "link-external-moved": Message("info", "{address} has moved to {target}.", "Write the new address."),
    # before a site is published (only check --release looks for these)
    "release-missing": Message("error", "“{key}” is not set.", "A published site needs it: write it in site.yaml."),
    "release-placeholder": Message(
        "error",
        "“{key}” is still a placeholder: {value}.",
        "Write what is true of your site; words in [brackets] and addresses such as example.org stand for it.",
    ),
    "release-addresses": Message(
        "error",
        "There is no list of published addresses.",
        "Run “build --update-urls”, and commit urls.lock: then no address can be lost unnoticed.",
    ),
    "release-language": Message(
        "error",
        "The language “{code}” is in preparation, and visitors would see it.",
        "Publish without --drafts, or remove “status: in-preparation”.",
    ),
    # from before (only check --migrate compares)
    "read-otherwise": Message(
        "info",
        "From “{word}” on: {was} before; {now} now.",
        "Keep it if it is meant so; else see how blank lines and indentation are read in docs/markdown.md.",
    ),
    # typography (only check looks for these)
    "quotes-straight": Message(
        "warning", "Here is a straight quotation mark.", "Use {outer}, or let site.yaml set them (markdown.typography)."
    ),
    "quotes-foreign": Message(
        "warning",
        "The quotation mark {mark} is not used like this in the language “{code}”.",
        'Use {outer}, or plain "…".',
    ),
    "quotes-unpaired": Message(
        "warning",
        "A quotation mark {mark} has no partner in this paragraph.",
        "Close the quotation, or remove the mark.",
    ),
    "quotes-mixed": Message(
        "warning",
        "Quotations begin with {mark} here, but with {other} further up on this page.",
        'Use one kind on a page: {outer}, or plain "…".',
    ),
    "dash-hyphen": Message("warning", "A hyphen stands for a dash.", "Write {dash} with a space on both sides."),
    "dash-foreign": Message(
        "warning", "The dash {mark} is not used like this in the language “{code}”.", "Write {dash}."
    ),
    "spaces-double": Message("warning", "There are {count} spaces between two words.", "Keep one."),
    "mark-inverted-missing": Message(
        "warning",
        "A sentence ends in “{mark}” but does not begin with “{opening}”.",
        "Write {opening} where it begins.",
    ),
    # exceptions (only check looks for these)
    "ignore-unused": Message(
        "warning", "“{code}” is to be ignored here, but there is no such problem.", "Remove the exception."
    ),
}
