"""What each problem says: code → level, text, hint. The only place that holds these words.

Values of the problem stand in braces. A text says what is wrong, its hint how to mend it. Errors are what cannot be
built or would mislead a visitor; warnings fail only with --strict.
"""

from typing import Literal, NamedTuple

from sitegen.core.problems import Problem

Level = Literal["error", "warning", "info"]


class Message(NamedTuple):
    """One kind of problem."""

    level: Level
    text: str
    hint: str = ""


TEXTS: dict[str, Message] = {
    # files and folders
    "file-missing": Message("error", "The file is not there.", "Run the command in the folder of the site."),
    "file-unreadable": Message("error", "It cannot be read: {reason}.", "Check its permissions."),
    "file-too-long": Message(
        "error", "The file has {size} bytes; the limit is {limit}.", "Divide the page, or move data to data/."
    ),
    "not-utf8": Message(
        "error",
        "The file is not UTF-8 (byte {position}).",
        "Open it in an editor, choose the encoding UTF-8 and save it again.",
    ),
    "nul-character": Message("error", "There is a NUL character.", "Delete it, or save the file again as plain text."),
    "name-not-nfc": Message(
        "error",
        "The file's name is not in the Unicode form NFC.",
        "Rename it: type the accented letters anew, or use letters without accents.",
    ),
    "name-undecodable": Message("error", "The file's name is not UTF-8.", "Rename the file."),
    "name-not-a-slug": Message(
        "error",
        "“{name}” cannot be part of an address.",
        "Rename it with letters, digits and hyphens, or give the page a slug.",
    ),
    "link-leads-outside": Message(
        "error", "The symbolic link leads out of the site: {target}.", "Copy the file into the site instead."
    ),
    "link-loop": Message("error", "The symbolic link leads back to a folder above it.", "Remove the link."),
    "link-broken": Message("error", "The symbolic link leads nowhere: {target}.", "Remove it or set it right."),
    # YAML
    "yaml-syntax": Message(
        "error", "This is not valid YAML: {reason}.", "Put a text that holds “: ” or “#” between quotation marks."
    ),
    "yaml-tab": Message("error", "There is a tab in the indentation.", "Use spaces: YAML allows no tabs here."),
    "yaml-alias": Message("error", "YAML aliases (*name) are not allowed.", "Write the value out."),
    "yaml-tag": Message("error", "YAML tags ({tag}) are not allowed.", "Write the value without the tag."),
    "yaml-depth": Message("error", "The nesting is deeper than {limit} levels.", "Make the structure flatter."),
    "yaml-key": Message("error", "A key must be plain text.", "Write it as “key: value”."),
    "key-duplicate": Message(
        "error", "The key “{key}” stands here a second time; first in line {first}.", "Keep one of the two."
    ),
    "key-unknown": Message("error", "The key “{key}” is not known.", "Remove it, or put it under “extra”."),
    "key-missing": Message("error", "The key “{key}” is missing.", "Add it."),
    "value-type": Message("error", "“{key}” must be {expected}, not {found}.", "Change the value."),
    "date-invalid": Message("error", "“{key}”: there is no day {value}.", "Write the date as YYYY-MM-DD."),
    "dates-reversed": Message("error", "“{last}” is before “{first}”.", "Exchange the two, or correct the wrong one."),
    # site.yaml
    "base-url-missing": Message(
        "warning",
        "There is no base_url: the site gets no canonical addresses, no hreflang, no sitemap and no feeds.",
        "Write base_url: https://… in site.yaml, or use --base-url.",
    ),
    "base-url-invalid": Message(
        "error", "“{value}” cannot be the address of a site.", "Write it like https://example.org/ or with a path."
    ),
    "language-code": Message("error", "“{code}” is not a language code.", "Use a BCP 47 code such as sl, en or pt-BR."),
    "locale-unknown": Message("error", "The locale “{locale}” is not known.", "Use one such as sl_SI or en_GB."),
    "default-language-unknown": Message(
        "error", "The default language “{code}” is not one of the languages.", "Add it under languages, or change it."
    ),
    "text-missing": Message("error", "“{key}” has no text for the language “{code}”.", "Add it."),
    "option-unknown": Message("error", "“{key}” does not know “{value}”.", "Choose from: {known}."),
    "number-range": Message("error", "“{key}” must lie between {low} and {high}.", "Change the numbers."),
    "path-outside": Message("error", "“{value}” leads out of the site's folder.", "Name a folder inside it."),
    "color-invalid": Message("error", "“{value}” is not a colour.", "Write it as #rrggbb, between quotation marks."),
    "card-broken": Message("error", "The social cards cannot be drawn: {reason}.", "Correct “cards”, or the file."),
    "calendar-broken": Message("error", "No calendar “{name}”: {reason}.", "Correct “calendars”, or the data."),
    "menu-page-missing": Message(
        "error", "The menu “{menu}” names the page “{page}”, which does not exist.", "Correct the path in site.yaml."
    ),
    "feed-section-missing": Message(
        "error", "The feed names the section “{page}”, which does not exist.", "Correct the path in site.yaml."
    ),
    # pages
    "frontmatter-unclosed": Message(
        "error", "The front matter is not closed.", "Put a line with three hyphens (---) behind it."
    ),
    "title-empty": Message("error", "The title is empty.", "Write a title."),
    "slug-invalid": Message(
        "error",
        "“{value}” cannot be part of an address.",
        "Use letters, digits and hyphens only, for example “key-features”.",
    ),
    "alias-invalid": Message(
        "error", "“{value}” cannot be an old address of this site.", "Write it from the root: /sl/old-page/"
    ),
    "content-empty": Message("error", "There is no Markdown file in content/.", "Begin with content/{code}/index.md."),
    "content-stray": Message(
        "error", "The file stands in no language's folder.", "Move it, for example to content/{code}/."
    ),
    "language-unknown": Message(
        "error", "site.yaml knows no language “{code}”.", "Add it under languages, or rename the folder."
    ),
    "home-missing": Message(
        "error", "The language “{code}” has no home page.", "Write this file, or let its fallback be “show”."
    ),
    "translation-duplicate": Message(
        "error",
        "Two files of one language are the same page “{key}”; the other is {other}.",
        "Change translation_key in one of them.",
    ),
    "shared-differs": Message(
        "warning",
        "“{key}” is shared by all translations, but here it differs from {source}.",
        "Remove the key here, or change it in the source.",
    ),
    "section-missing": Message(
        "warning",
        "The section “{id}” of {source} is missing in this translation.",
        "Translate it, with the same id: {{#{id}}}.",
    ),
    "section-added": Message(
        "warning",
        "The section “{id}” does not exist in {source}.",
        "Give it the id that the source uses, or add it to the source.",
    ),
    "description-long": Message(
        "warning", "The description has {length} characters; search engines show {limit}.", "Shorten it."
    ),
    "template-unknown": Message("error", "The template “{template}” does not exist.", "Templates stand in templates/."),
    "block-unknown": Message("error", "There is no block “{name}”.", "Blocks are the templates in templates/blocks/."),
    # Markdown
    "callout-unknown": Message("error", "There is no callout “{name}”.", "Choose from: {known}."),
    "callout-unclosed": Message("error", "This callout is not closed.", "Put ::: on a line of its own behind it."),
    "heading-one": Message(
        "error", "The page has its first-level heading already: the title.", "Begin with ## in the text."
    ),
    "heading-order": Message(
        "warning", "A heading of level {level} follows one of level {previous}.", "Do not leave out a level."
    ),
    "heading-empty": Message("error", "The heading is empty.", "Write a heading, or remove the line."),
    "id-duplicate": Message("error", "The id “{id}” stands on this page already.", "Choose another one."),
    "id-invalid": Message("error", "“{id}” cannot be an id.", "Use letters, digits and hyphens only."),
    "html-refused": Message(
        "error", "{html} is not allowed in Markdown.", "Remove it, or let site.yaml trust this folder (raw_html)."
    ),
    "attribute-refused": Message("error", "“{attribute}” is not allowed on <{element}>.", "Remove it from the braces."),
    "image-no-alt": Message(
        "warning",
        "The image “{target}” has no alternative text.",
        'Say in the square brackets what it shows; for a mere decoration write {{alt=""}} behind it.',
    ),
    "image-external": Message("warning", "The image is loaded from another site: {target}.", "Put it beside the page."),
    "image-missing": Message("error", "The image “{target}” does not exist.", "Put it beside the page."),
    "image-broken": Message("error", "The image cannot be read: {reason}.", "Save it again as JPEG, PNG or WebP."),
    "image-too-large": Message(
        "error", "The image has {width} × {height} pixels.", "Make it smaller: 60 million pixels are allowed."
    ),
    "svg-active": Message(
        "error", "The drawing holds scripts or outside addresses.", "Save it as plain SVG, without scripts and links."
    ),
    # links
    "link-missing": Message("error", "The page “{target}” does not exist.", "Correct the path, or write the page."),
    "link-draft": Message(
        "error", "The page “{target}” is a draft and will not be published.", "Publish it, or remove the link."
    ),
    "link-outside": Message(
        "error", "“{target}” leads out of the content folder.", "Link to a page or to a file beside it."
    ),
    "link-rooted": Message(
        "error",
        "“{target}” begins with a slash, which breaks below a sub-path.",
        "Write the path to the Markdown file, as seen from this one.",
    ),
    "link-scheme": Message("error", "Links such as “{target}” are not allowed.", "Use https:, http:, mailto: or tel:."),
    "link-empty": Message("error", "The link leads nowhere.", "Write where it leads."),
    "file-not-found": Message("error", "The file “{target}” does not exist.", "Correct the path, or add the file."),
    "anchor-missing": Message(
        "error", "There is no place “#{anchor}” on the page {target}.", "Use the id of a heading there."
    ),
    "address-twice": Message(
        "error", "The address {address} is taken already, by {other}.", "Give one of the two another slug."
    ),
    "address-case": Message(
        "error",
        "The address {address} differs only in case from the one of {other}.",
        "Give one of the two another slug: some computers cannot keep both.",
    ),
    "address-inside": Message(
        "error", "The address {address} would lie inside the file {other}.", "Give one of the two another slug."
    ),
    # catalogues and data
    "catalog-missing": Message(
        "warning", "The language “{code}” has no catalogue of interface strings.", "Make it with Babel; see README."
    ),
    "catalog-broken": Message(
        "error", "The catalogue cannot be read: {reason}.", "Open it in a PO editor and save it."
    ),
    "catalog-plural": Message("error", "The plural rule “{rule}” does not work.", "Correct the header Plural-Forms."),
    "catalog-forms": Message(
        "error", "“{msgid}” has {found} plural forms; the language has {expected}.", "Translate every form."
    ),
    "string-missing": Message("warning", "“{msgid}” is not translated.", "Translate it."),
    "string-fuzzy": Message(
        "warning", "“{msgid}” is marked fuzzy and is not used.", "Check the translation and remove the mark."
    ),
    "string-html": Message("error", "The translation of “{msgid}” holds {tag}.", "Translations are text, not HTML."),
    "string-percent": Message("error", "A lone % in the translation of “{msgid}”.", "Write %%."),
    "placeholder-lost": Message(
        "error", "The translation of “{msgid}” lacks {placeholder}.", "Put it where the value belongs."
    ),
    "placeholder-unknown": Message(
        "error", "The translation of “{msgid}” names {placeholder}, which the text does not have.", "Remove it."
    ),
    "data-format": Message("error", "Files in data/ must be YAML.", "Save it as .yaml, or move it."),
    "data-text-missing": Message(
        "warning", "This text has no version for the language “{code}”.", "Add a line “{code}: …”."
    ),
    # templates and styles
    "template-missing": Message(
        "error", "The template “{template}” does not exist (page: {page}).", "Correct the name."
    ),
    "template-syntax": Message("error", "Mistake in the template: {reason} (page: {page}).", "Correct this line."),
    "template-undefined": Message(
        "error", "The template uses {name}, which does not exist (page: {page}).", "Check the spelling."
    ),
    "template-failed": Message("error", "The template failed: {reason} (page: {page}).", "Correct this line."),
    "stylesheet-import": Message(
        "error", "@import “{target}”: there is no such file, or it imports this one.", "Correct the path."
    ),
    "stylesheet-url": Message("error", "url({target}): there is no such file.", "Correct the path."),
    # the finished site
    "output-link-dead": Message(
        "error", "{output} has a link to “{link}”, which leads nowhere.", "The link comes from a template or from data."
    ),
    "output-anchor-missing": Message(
        "error", "{output} has a link to “{link}”, and there is no such place.", "Correct the template or the data."
    ),
    "output-alternates": Message(
        "error",
        "The alternate {lang} leads to {address}, which does not exist or does not lead back.",
        "Let the template print page.alternates unchanged.",
    ),
    "output-alternates-self": Message(
        "error",
        "The alternates do not name the page itself ({address}).",
        "Let the template print page.alternates unchanged.",
    ),
    "output-id-twice": Message("error", "The finished page has the id “{id}” twice.", "Change it in the template."),
    "output-no-lang": Message("error", "The finished page does not say its language.", "Write <html lang=…>."),
    "output-no-title": Message("error", "The finished page has no <title>.", "Print the title in the template."),
    "output-no-name": Message("error", "{element} has no accessible name.", "Give it a text or an aria-label."),
    "output-no-alt": Message("error", "{element} has no alt attribute.", "Add alt, empty for a decoration."),
    "output-h1": Message("error", "The finished page has {count} first-level headings.", "There must be exactly one."),
    "output-foreign": Message(
        "error",
        "The folder holds {count} files that this site did not publish: {names}.",
        "Move them to static/, or name another folder with --output.",
    ),
    "publish-failed": Message(
        "error",
        "The site could not be written: {reason}. What stood there is unchanged.",
        "Check space and permissions.",
    ),
}


def level_of(problem: Problem) -> Level:
    """Return how serious a problem is."""
    return TEXTS[problem.code].level


def is_error(problem: Problem) -> bool:
    """Say whether a problem forbids publishing."""
    return level_of(problem) == "error"


def text_of(problem: Problem) -> str:
    """Return what a problem says, with its values filled in."""
    return TEXTS[problem.code].text.format(**dict(problem.values))


def hint_of(problem: Problem) -> str:
    """Return how to mend a problem; a suggestion goes before the general hint."""
    if problem.suggestion:
        return f"Did you mean “{problem.suggestion}”?"
    return TEXTS[problem.code].hint.format(**dict(problem.values))
