"""Texts of problems with pages: front matter, Markdown, images and files."""

from sitegen.model.problems import Message

PAGES: dict[str, Message] = {
    # pages
    "frontmatter-missing": Message(
        "error",
        "The file has no front matter and therefore no title.",
        "Begin the file with three lines: ---, title: … and ---.",
    ),
    "frontmatter-foreign": Message(
        "error", "The front matter is written in {name}.", "Write it in YAML: “key: value”, between two lines with ---."
    ),
    "frontmatter-unclosed": Message(
        "error", "The front matter is not closed.", "Add a line with three hyphens (---) after it."
    ),
    "title-empty": Message("error", "The title is empty.", "Write a title."),
    "slug-invalid": Message(
        "error",
        "“{value}” cannot be part of a URL.",
        "Use only letters, digits and hyphens, for example “key-features”.",
    ),
    "alias-invalid": Message(
        "error", "“{value}” cannot be an old URL of this site.", "Write it with a slash at the beginning: /sl/old-page/"
    ),
    "content-empty": Message("error", "There is no Markdown file in content/.", "Create content/{code}/index.md."),
    "content-stray": Message(
        "error",
        "The file is not in the folder of a language.",
        "Move it to the folder of a language, for example content/{code}/.",
    ),
    "page-ignored": Message("warning", "Ignored: {files}. Only .md files are pages.", "{advice}."),
    "language-unknown": Message(
        "error", "site.yaml has no language “{code}”.", "Add it under “languages”, or rename the folder."
    ),
    "home-missing": Message(
        "error",
        "The language “{code}” has no home page.",
        "Create this file, or set “fallback: show” for the language.",
    ),
    "translation-duplicate": Message(
        "error",
        "Two files in one language are the same page “{key}”; the other one is {other}.",
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
        "Use the id that the source uses, or add the section to the source.",
    ),
    "sections-differ": Message(
        "warning",
        "The sections differ from those of {source}. Missing here: {missing}; only here: {added}.",
        "Translate the missing sections, and use the same ids as the source ({{#id}}).",
    ),
    "section-lags": Message(
        "warning",
        "{page} is shown in this language and links to the section “{id}”, which is missing in this translation.",
        "Translate the section, with the same id: {{#{id}}}. Until then the link leads to the top of the page.",
    ),
    "description-long": Message(
        "warning", "The description is too long: it has {length}, and search engines show {limit}.", "Shorten it."
    ),
    "template-unknown": Message("error", "The template “{template}” does not exist.", "Templates are in templates/."),
    "block-unknown": Message("error", "There is no block “{name}”.", "Blocks are the templates in templates/blocks/."),
    "block-option-missing": Message(
        "error",
        "The block does not have the option “{option}”.",
        'Write {option}="…" in its braces. The manual lists the options of each block.',
    ),
    "l10n-damaged": Message(
        "error",
        "“{mark}” is not a valid record of the section “{id}”.",
        "Delete this line, and confirm the section again.",
    ),
    # Markdown
    "list-without-blank-line": Message(
        "warning",
        "The list follows a line of text directly and will not be shown as a list.",
        "Insert a blank line before it.",
    ),
    "block-without-blank-line": Message(
        "warning", "The block follows a line of text directly and will not be shown.", "Insert a blank line before it."
    ),
    "fence-unclosed": Message(
        "error", "This block of code is never closed.", "Write {mark} on a separate line after the code."
    ),
    "fence-left": Message(
        "warning",
        "The characters {mark} are shown as text.",
        "Put the opening and the closing marks each on a separate line, and use the same marks.",
    ),
    "code-language-unknown": Message(
        "warning",
        "The code language “{name}” is unknown, so the code is shown without colours.",
        "Use another name, or “text”.",
    ),
    "table-cells": Message(
        "error",
        "The row has more cells than the header of the table.",
        "Add a column to the header row, or write \\| where | is part of the text.",
    ),
    "table-delimiter": Message(
        "warning",
        "This row has {cells}, the header above it has {wanted}, so the table is shown as text.",
        "Write {row}. Where | is part of the text, write \\|.",
    ),
    "table-lost": Message(
        "warning",
        "This looks like a table, but it is shown as text.",
        "Write the line {row} directly below the header row.",
    ),
    "reference-undefined": Message(
        "warning", "“{name}” is not defined, so the link is shown as text.", "Add a line “[{name}]: URL”."
    ),
    "reference-twice": Message(
        "warning", "“{name}” is already defined, so this line is ignored.", "Keep one of the two."
    ),
    "reference-unused": Message(
        "warning", "“{name}” is defined, but no link uses it.", "Remove the line, or correct the name."
    ),
    "footnote-undefined": Message(
        "warning",
        "There is no footnote “{name}”, so the mark is shown as text.",
        "Add a line that begins with “[^{name}]:”, followed by the note.",
    ),
    "footnote-name": Message(
        "warning",
        "The name of a footnote cannot contain spaces, so “{mark}” is shown as text.",
        "Write {better}, in the text and at the beginning of the note.",
    ),
    "footnote-twice": Message("error", "Two footnotes have the name “{name}”.", "Rename one of them."),
    "footnote-unused": Message(
        "warning",
        "The text does not refer to the footnote “{name}”, so it is not shown.",
        "Write [^{name}] in the text.",
    ),
    "emphasis-open": Message(
        "warning",
        "The characters {mark} are shown as text.",
        "Write them directly around the words, without spaces inside.",
    ),
    "blank-missing": Message("warning", "“{mark}” is shown as text.", "Write a space after it."),
    "attributes-alone": Message(
        "warning",
        "“{braces}” belongs to no text.",
        "Write it at the end of a heading, directly below a block, or directly after a word: *word*{braces}.",
    ),
    "link-blank": Message(
        "warning",
        "The target of the link contains spaces, so it is shown as text.",
        "Write {better} or {encoded}.",
    ),
    "dialect-foreign": Message(
        "warning",
        "“{construct}” is syntax of {dialect} and has no effect here; on this page: {count}.",
        "{advice}",
    ),
    "text-tangled": Message(
        "error", "The text is too complex to be read: {reason}.", "Simplify it, split it up, or mark it as code."
    ),
    "callout-unknown": Message("error", "There is no callout “{name}”.", "Choose from: {known}."),
    "callout-unclosed": Message("error", "This callout is not closed.", "After it, add a line that contains only :::"),
    "callout-left": Message(
        "warning", "{mark} is shown as text.", "After a blank line, start a new quotation with > [!{name}]."
    ),
    "callout-empty": Message("warning", "This callout is empty.", "Indent its text by four spaces."),
    "heading-one": Message(
        "error", "The page already has a first-level heading: its title.", "Begin headings in the text with ##."
    ),
    "heading-order": Message(
        "warning", "A heading of level {level} follows one of level {previous}.", "Do not skip a level."
    ),
    "heading-empty": Message("error", "The heading is empty.", "Write a heading, or remove the line."),
    "id-duplicate": Message("error", "The id “{id}” is already used on this page.", "Choose another one."),
    "id-invalid": Message("error", "“{id}” is not a valid id.", "Use only letters, digits and hyphens."),
    "html-refused": Message(
        "error",
        "{html} is not allowed in Markdown.",
        "Remove it, or allow HTML in this folder with raw_html in site.yaml.",
    ),
    "html-markdown": Message(
        "warning",
        "{mark} is inside HTML and is shown as typed.",
        "Put a blank line before and after the Markdown.",
    ),
    "html-unclosed": Message("error", "{html} is never closed.", "Add its closing tag, or remove it."),
    "html-stray": Message("error", "{html} closes no open tag.", "Remove it, or add the opening tag."),
    "html-unfinished": Message(
        "error", "The tag {html} is not finished.", "End it with >. If < is part of the text, write &lt;."
    ),
    "attribute-refused": Message("error", "“{attribute}” is not allowed on <{element}>.", "Remove it from the braces."),
    "image-no-alt": Message(
        "warning",
        "The image “{target}” has no alternative text.",
        'Describe it in the square brackets. If it is only decorative, write {{alt=""}} after it.',
    ),
    "image-external": Message(
        "warning", "The image is loaded from another site: {target}.", "Save the image next to the page."
    ),
    "image-missing": Message("error", "The image “{target}” does not exist.", "Save the image next to the page."),
    "image-address": Message(
        "error",
        "“{target}” is a URL, but this key needs a file of the site.",
        "Save the image next to the page, and write the name of the file.",
    ),
    "image-broken": Message("error", "The image cannot be read: {reason}.", "Save it again as JPEG, PNG or WebP."),
    "image-too-large": Message(
        "error", "The image has {width} × {height} pixels.", "Scale it down: at most 60 million pixels are allowed."
    ),
    "image-format": Message(
        "error",
        "The format of this image is {kind}. It is not published, because most browsers do not show it or "
        "because it contains camera data.",
        "Save it as JPEG, PNG or WebP: on a Mac with Preview (Export), elsewhere with GIMP or “magick a.heic a.jpg”.",
    ),
    "file-metadata": Message(
        "error",
        "The file contains data on where or with which device it was made.",
        "Remove these data. For a video: “ffmpeg -i a.mp4 -map_metadata -1 -c copy b.mp4”. "
        "Save AVIF as JPEG, PNG or WebP.",
    ),
    "file-type": Message(
        "error",
        "Files with the extension “{ending}” are not published next to pages.",
        "Convert it to PDF, pack it as .zip, or ask the site's owner to add the extension to files.allow in site.yaml.",
    ),
    "file-active": Message(
        "error",
        "The file could run code on the site: {what}.",
        "Publish its content as a page or as PDF, or pack it as .zip.",
    ),
    "file-other": Message(
        "error",
        "The content of the file does not match its extension “{ending}”.",
        "Save it again in that format, or correct the extension.",
    ),
    "svg-active": Message("error", "The drawing could run code: {what}.", "Remove it from the drawing."),
    "svg-html": Message(
        "error",
        "The drawing contains HTML: {what}.",
        "Export it with SVG text instead of HTML (draw.io: “Convert Labels to SVG”; Mermaid: htmlLabels: false).",
    ),
    "svg-address": Message(
        "error",
        "The drawing loads or links to something outside it: {what}.",
        "Remove it; only links to parts of the drawing (#id) are allowed.",
    ),
    "svg-picture": Message(
        "error",
        "The drawing contains an embedded image: {what}.",
        "Publish the image as JPEG, PNG or WebP, or redraw it with shapes.",
    ),
    "svg-doctype": Message(
        "error",
        "The drawing contains {what}.",
        "Export it again as plain SVG (Illustrator: without “Preserve Illustrator Editing Capabilities”).",
    ),
    "svg-unknown": Message(
        "error",
        "The drawing contains “{what}”, which is not allowed.",
        "Remove it, or export the drawing as plain SVG.",
    ),
    "svg-broken": Message("error", "The drawing cannot be read: {reason}.", "Export it again as plain SVG in UTF-8."),
}
