"""Texts of problems with pages: front matter, Markdown and links."""

from sitegen.core.messages.message import Message

PAGES: dict[str, Message] = {
    # pages
    "frontmatter-missing": Message(
        "error", "The file has no front matter, and so no title.", "Begin with three lines: ---, title: …, and ---."
    ),
    "frontmatter-foreign": Message(
        "error", "The front matter is written in {name}.", "Write it in YAML: “key: value” between two lines of ---."
    ),
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
    "page-ignored": Message("warning", "Ignored: {files}. Only files that end in .md are pages.", "{advice}."),
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
    "sections-differ": Message(
        "warning",
        "The sections are not those of {source}. Missing here: {missing}; only here: {added}.",
        "Translate what is missing, and give headings the ids that the source uses ({{#id}}).",
    ),
    "section-lags": Message(
        "warning",
        "{page} is shown in this language and links to the section “{id}”, which this translation lacks.",
        "Translate the section, with the same id: {{#{id}}}. Until then the link leads to the top of the page.",
    ),
    "description-long": Message("warning", "The description has {length}; search engines show {limit}.", "Shorten it."),
    "template-unknown": Message("error", "The template “{template}” does not exist.", "Templates stand in templates/."),
    "block-unknown": Message("error", "There is no block “{name}”.", "Blocks are the templates in templates/blocks/."),
    "l10n-damaged": Message(
        "error",
        "“{mark}” cannot be the record of the section “{id}”.",
        "Delete this line and confirm the section.",
    ),
    # Markdown
    "list-without-blank-line": Message(
        "warning", "The list begins right behind text and will not be a list.", "Leave a blank line before it."
    ),
    "block-without-blank-line": Message(
        "warning", "The block begins right behind text and will not be shown.", "Leave a blank line before it."
    ),
    "fence-unclosed": Message(
        "error", "This block of code is never closed.", "Write {mark} on a line of its own behind the code."
    ),
    "fence-left": Message(
        "warning",
        "The marks {mark} are shown as text.",
        "Let a block begin and end on lines of their own, with the same marks.",
    ),
    "code-language-unknown": Message(
        "warning", "There is no language “{name}” to colour code by.", "Choose another name, or “text”."
    ),
    "table-cells": Message(
        "error",
        "The row has more cells than the head of the table.",
        "Add a column to the head, or put a backslash before a | that is text.",
    ),
    "table-delimiter": Message(
        "warning",
        "Cells of this row: {count}; of the head above it: {wanted}. The table is shown as text.",
        "Write {row}, and a backslash before a | that is text.",
    ),
    "table-lost": Message(
        "warning", "This looks like a table, but is shown as text.", "Write the row {row} right below its head."
    ),
    "reference-undefined": Message(
        "warning", "“{name}” is not defined: the link is shown as text.", "Add a line [{name}]: address."
    ),
    "reference-twice": Message("warning", "“{name}” is defined already: this line is ignored.", "Keep one of the two."),
    "reference-unused": Message("warning", "Nothing refers to “{name}”.", "Remove the line, or correct the name."),
    "footnote-undefined": Message(
        "warning", "There is no footnote “{name}”: the mark is shown as text.", "Add a line [^{name}]: and the note."
    ),
    "footnote-twice": Message("error", "There are two footnotes “{name}”.", "Give one of them another name."),
    "footnote-unused": Message(
        "warning", "Nothing refers to the footnote “{name}”: it is not shown.", "Write [^{name}] in the text."
    ),
    "emphasis-open": Message(
        "warning",
        "The marks {mark} are shown as text.",
        "Write them right at the words that they enclose, without blanks.",
    ),
    "blank-missing": Message("warning", "The mark {mark} is shown as text.", "Write a blank behind it."),
    "attributes-alone": Message(
        "warning",
        "{braces} belongs to no text.",
        "Write it at the end of a heading, right below a block, or right behind a word: *word*{braces}.",
    ),
    "link-blank": Message(
        "warning",
        "The address has blanks: the link is shown as text.",
        "Write {better} or {encoded}.",
    ),
    "dialect-foreign": Message(
        "warning",
        "“{construct}” is written for {dialect} and is not read here; on this page: {count}.",
        "{advice}",
    ),
    "text-tangled": Message(
        "error", "The text is too tangled to be read: {reason}.", "Make it flatter, divide it, or set it as code."
    ),
    "callout-unknown": Message("error", "There is no callout “{name}”.", "Choose from: {known}."),
    "callout-unclosed": Message("error", "This callout is not closed.", "Put ::: on a line of its own behind it."),
    "callout-left": Message(
        "warning", "{mark} is shown as text.", "Begin a quotation of its own with > [!{name}], behind a blank line."
    ),
    "callout-empty": Message("warning", "There is nothing in this callout.", "Indent its text by four blanks."),
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
    "html-markdown": Message(
        "warning",
        "{mark} stands in HTML and is shown as it is typed.",
        "Put a blank line before the Markdown and one behind it.",
    ),
    "html-unclosed": Message("error", "{html} is never closed.", "Add its end tag, or remove it."),
    "html-stray": Message("error", "{html} closes nothing.", "Remove it, or add the tag that it should close."),
    "html-unfinished": Message(
        "error", "The tag {html} has no end.", "Write > at its end; a sign that is text is written as &lt;."
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
    "image-format": Message(
        "error",
        "This is a {kind} picture, which is not published: most browsers do not show it, or it keeps camera data.",
        "Save it as JPEG, PNG or WebP: on a Mac with Preview (Export), elsewhere with GIMP or “magick a.heic a.jpg”.",
    ),
    "file-metadata": Message(
        "error",
        "The file says where or with which device it was made.",
        "Remove that: for a film “ffmpeg -i a.mp4 -map_metadata -1 -c copy b.mp4”; save an AVIF as JPEG, PNG or WebP.",
    ),
    "file-type": Message(
        "error",
        "Files of the type “{ending}” are not published next to pages.",
        "Convert it to PDF, pack it as .zip, or let the owner add the ending to files.allow in site.yaml.",
    ),
    "file-active": Message(
        "error",
        "The file could run code on the site: {what}.",
        "Publish what it says as a page or as PDF, or pack it as .zip.",
    ),
    "file-other": Message(
        "error",
        "The file is not what its ending “{ending}” says.",
        "Save it again in that format, or correct the ending.",
    ),
    "svg-active": Message("error", "The drawing could run code: {what}.", "Remove it from the drawing."),
    "svg-html": Message(
        "error",
        "The drawing contains HTML: {what}.",
        "Export it with its texts as SVG text (draw.io: “Convert Labels to SVG”; Mermaid: htmlLabels: false).",
    ),
    "svg-address": Message(
        "error",
        "The drawing loads or links something outside itself: {what}.",
        "Remove it; only links to parts of the drawing (#id) are allowed.",
    ),
    "svg-picture": Message(
        "error",
        "The drawing contains an embedded picture: {what}.",
        "Publish it as JPEG, PNG or WebP, or draw it with shapes.",
    ),
    "svg-doctype": Message(
        "error",
        "The drawing has {what}.",
        "Export it again as plain SVG (Illustrator: without “Preserve Illustrator Editing Capabilities”).",
    ),
    "svg-unknown": Message(
        "error",
        "The drawing contains “{what}”, which is not allowed.",
        "Remove it, or export the drawing as plain SVG.",
    ),
    "svg-broken": Message("error", "The drawing cannot be read: {reason}.", "Export it again as plain SVG in UTF-8."),
    # links
    "link-missing": Message("error", "The page “{target}” does not exist.", "Correct the path, or write the page."),
    "link-in-preparation": Message(
        "error",
        "The file “{target}” is in the language “{code}”, which is in preparation and will not be published.",
        "Publish the language, or remove the link.",
    ),
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
    "address-gone": Message(
        "error",
        "The address “{address}” was published, and leads nowhere now.",
        "Add it to the aliases of {file} (“aliases: [{address}]”), or of the page that has its content now; "
        "or take this line out if nobody needs it.",
    ),
    "address-new": Message(
        "warning", "Not yet in urls.lock: {names}.", "Run build.py --update-urls when they are published."
    ),
    "address-line": Message(
        "error",
        "This line is not an address.",
        "Write one address on a line, beginning with a slash; solve a conflict by keeping both sides.",
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
}
