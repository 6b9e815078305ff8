"""Texts of problems that only `check` looks for."""

from sitegen.model.problems import Message

EDITING: dict[str, Message] = {
    # editing (only check looks for these)
    "description-missing": Message(
        "warning",
        "The page has no description.",
        "Write one or two sentences on what the page is about, with {low} to {high} characters.",
    ),
    "description-short": Message(
        "warning",
        "The description is too short: it has only {length}.",
        "Write what the page is about, with {low} to {high} characters.",
    ),
    "title-long": Message(
        "warning",
        "Search engines cut off the title “{shown}”: it has {length}.",
        "Add a shorter “title_short” to the front matter, so that at most {limit} are shown.",
    ),
    "title-twice": Message(
        "warning", "Another page in this language has the same title: {other}.", "Give each page its own title."
    ),
    "description-twice": Message(
        "warning",
        "Another page in this language has the same description: {other}.",
        "Describe what is specific to this page.",
    ),
    "orphan-page": Message(
        "warning",
        "No menu, list or link leads to this page.",
        "Link to it from another page, or remove “nav: false”.",
    ),
    "editor-rewrites": Message(
        "info",
        "The web editor would change more of this file than the edited lines: {what}.",
        "Save it without a byte order mark, with line feeds, and with one at its end. "
        "The line “*.md text eol=lf” in .gitattributes keeps the line feeds.",
    ),
    "source-missing": Message(
        "warning",
        "The page states “{claim}” without a source.",
        "Add “sources” to the front matter, or add a link to the source or a footnote.",
    ),
    "alt-file-name": Message(
        "warning", "The alternative text “{alt}” is a file name.", "Describe what the image shows."
    ),
    "alt-repeats-caption": Message(
        "warning",
        "The alternative text repeats the caption.",
        "Describe what the image shows: screen readers read the caption as well.",
    ),
    "plural-forms-number": Message(
        "warning",
        "Plural-Forms declares nplurals={found}; the language “{code}” needs {expected}.",
        "Write “{rule}” in the header.",
    ),
    # other sites (only check --external looks for these)
    "link-external-dead": Message(
        "warning",
        "{address} cannot be reached: {reason}.",
        "Correct or remove the link. It is checked again after a day.",
    ),
    "link-external-moved": Message("info", "{address} has moved to {target}.", "Write the new URL."),
    # before a site is published (only check --release looks for these)
    "release-missing": Message("error", "“{key}” is not set.", "Set it in site.yaml: a published site needs it."),
    "release-placeholder": Message(
        "error",
        "“{key}” is still a placeholder: {value}.",
        "Replace it with your own text: words in [brackets] and domains such as example.org are only placeholders.",
    ),
    "release-addresses": Message(
        "error",
        "There is no list of published URLs.",
        "Run “build.py --update-urls”, and commit urls.lock. The build then reports every URL that disappears.",
    ),
    "release-language": Message(
        "error",
        "The language “{code}” is in preparation, and visitors would see it.",
        "Publish without --drafts, or remove “status: in-preparation”.",
    ),
    # migration (only check --migrate looks for these)
    "read-otherwise": Message(
        "info",
        "From “{word}” on: {was} before; {now} now.",
        "If the new result is right, change nothing. Otherwise see docs/markdown.md on blank lines and indentation.",
    ),
    # typography (only check looks for these)
    "quotes-straight": Message(
        "warning",
        "There is a straight quotation mark here.",
        "Use {outer}, or set markdown.typography in site.yaml to convert them.",
    ),
    "quotes-foreign": Message(
        "warning",
        "The quotation mark {mark} is not used in this way in the language “{code}”.",
        'Use {outer}, or straight "…".',
    ),
    "quotes-unpaired": Message(
        "warning",
        "The quotation mark {mark} is not paired in this paragraph.",
        "Close the quotation, or remove the mark.",
    ),
    "quotes-mixed": Message(
        "warning",
        "Quotations begin with {mark} here, but with {other} earlier on this page.",
        'Use one kind per page: {outer}, or straight "…".',
    ),
    "dash-hyphen": Message(
        "warning", "There is a hyphen where a dash belongs.", "Write {dash} with a space on both sides."
    ),
    "dash-foreign": Message(
        "warning", "The dash {mark} is not used in this way in the language “{code}”.", "Write {dash}."
    ),
    "spaces-double": Message("warning", "There are {count} spaces between two words.", "Keep one space."),
    "mark-inverted-missing": Message(
        "warning",
        "A sentence ends in “{mark}” but does not begin with “{opening}”.",
        "Write {opening} where it begins.",
    ),
    # exceptions (only check looks for these)
    "ignore-unused": Message(
        "warning", "“{code}” is ignored here, but this problem does not occur.", "Remove the exception."
    ),
}
