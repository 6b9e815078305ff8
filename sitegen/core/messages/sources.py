"""Texts of problems with the files of a site as such: folders, YAML, site.yaml, catalogues and data."""

from sitegen.core.messages.message import Message

SOURCES: dict[str, Message] = {
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
    "text-mojibake": Message(
        "warning",
        "“{found}” is most likely “{meant}”, read in a wrong encoding.",
        "Restore the text from before it was damaged, and save it as UTF-8.",
    ),
    "nul-character": Message("error", "There is a NUL character.", "Delete it, or save the file again as plain text."),
    "merge-conflict": Message(
        "error",
        "There is an unresolved merge conflict.",
        "Keep what is right of the two sides, and delete the lines with <<<<<<<, ======= and >>>>>>>.",
    ),
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
    # limits and mistakes of the engine
    "time-limit": Message(
        "error",
        "{doing} took more than {seconds} seconds of processor time, and was stopped.",
        "Simplify what is slow in it, or raise time_limit in site.yaml.",
    ),
    "internal-error": Message(
        "error",
        "{doing} failed because of a mistake in sitegen: {reason}.",
        "Run the command again with --debug, and report what it prints, together with this file if you can.",
    ),
    # YAML
    "yaml-syntax": Message(
        "error",
        "This is not valid YAML: {reason}.",
        "Put a text that holds “: ” or “ #”, or begins with a sign, between quotation marks.",
    ),
    "yaml-tab": Message("error", "There is a tab in the indentation.", "Use spaces: YAML allows no tabs here."),
    "yaml-alias": Message(
        "error",
        "YAML aliases (*name) are not allowed.",
        "Write the value out. A text that begins with * needs quotation marks.",
    ),
    "yaml-tag": Message(
        "error",
        "YAML tags ({tag}) are not allowed.",
        "Write the value without the tag. A text that begins with ! needs quotation marks.",
    ),
    "yaml-lost": Message(
        "error", "YAML makes {made} of “{typed}”: {cause}.", "Put the text between quotation marks: {quoted}"
    ),
    "yaml-doubtful": Message(
        "warning", "“{typed}” without quotation marks is {made}.", 'Write "{typed}" for a text, else {value}.'
    ),
    "yaml-depth": Message("error", "The nesting is deeper than {limit} levels.", "Make the structure flatter."),
    "yaml-key": Message("error", "A key must be plain text.", "Write it as “key: value”."),
    "key-duplicate": Message(
        "error", "The key “{key}” stands here a second time; first in line {first}.", "Keep one of the two."
    ),
    "key-unknown": Message("error", "The key “{key}” is not known.", "Remove it, or put it under “extra”."),
    "key-missing": Message("error", "The key “{key}” is missing.", "Add it."),
    "value-type": Message("error", "“{key}” must be {expected}, not {found}.", "Change the value."),
    "date-invalid": Message("error", "“{key}”: there is no day {value}.", "Write the date as YYYY-MM-DD."),
    "date-ambiguous": Message(
        "error", "“{key}”: {value} may be {first} or {second}.", "Write the day that is meant, in that form."
    ),
    "dates-reversed": Message("error", "“{last}” is before “{first}”.", "Exchange the two, or correct the wrong one."),
    # site.yaml
    "version-unknown": Message(
        "error",
        "The settings have the version {version}; this tool knows versions up to {known}.",
        "Install the tool that the site was written for, or correct the version.",
    ),
    "version-changed": Message(
        "error", "Since version {version} of the settings, “{key}” means something else.", "{advice}"
    ),
    "base-url-missing": Message(
        "warning",
        "There is no base_url: the site gets no canonical addresses, no hreflang, no sitemap and no feeds.",
        "Write base_url: https://… in site.yaml, or use --base-url.",
    ),
    "publisher-invalid": Message(
        "error",
        "“{value}” cannot be the value of “{key}”.",
        "Write a name, a mail address such as office@example.org, or an address that begins with https://.",
    ),
    "base-url-invalid": Message(
        "error", "“{value}” cannot be the address of a site.", "Write it like https://example.org/ or with a path."
    ),
    "language-code": Message("error", "“{code}” is not a language code.", "Use a BCP 47 code such as sl, en or pt-BR."),
    "locale-unknown": Message("error", "The locale “{locale}” is not known.", "Use one such as sl_SI or en_GB."),
    "default-language-unknown": Message(
        "error", "The default language “{code}” is not one of the languages.", "Add it under languages, or change it."
    ),
    "default-language-in-preparation": Message(
        "error",
        "The default language “{code}” is in preparation, so nothing can be published.",
        "Remove “status” from its entry, or choose another default language.",
    ),
    "language-in-preparation": Message(
        "info",
        "{label} ({code}) is in preparation and is not published. Translated pages: {pages} of {total}; {texts}.",
        "See what is missing with “build.py status --lang {code}”; remove “status” from its entry to publish it.",
    ),
    "trust-widened": Message(
        "info",
        "“{key}” trusts contributors with more than text and pictures: {value}.",
        "Keep it if whoever edits there may publish scripts on the site (docs/security.md); else remove it.",
    ),
    "text-missing": Message("error", "“{key}” has no text for the language “{code}”.", "Add it."),
    "option-unknown": Message("error", "“{key}” does not know “{value}”.", "Choose from: {known}."),
    "number-range": Message("error", "“{key}” must lie between {low} and {high}.", "Change the numbers."),
    "path-outside": Message("error", "“{value}” leads out of the site's folder.", "Name a folder inside it."),
    "output-inside": Message(
        "error",
        "The site cannot be published to “{value}”: the folder “{folder}” holds sources, or belongs to a tool.",
        "Name a folder of its own, such as public.",
    ),
    "color-invalid": Message("error", "“{value}” is not a colour.", "Write it as #rrggbb, between quotation marks."),
    "deploy-target": Message(
        "error", "The target “{name}” must have either “folder” or “ssh”.", "Keep one of the two, or add one."
    ),
    "deploy-address": Message(
        "error",
        "“{value}” cannot be where a site goes.",
        "Write user@host:/path; neither the root, nor a home, nor a path with “..”.",
    ),
    "pattern-address": Message(
        "error", "“{value}” cannot be the address of “{key}”.", "Write https://… with placeholders in braces."
    ),
    "pattern-placeholder": Message(
        "error", "“{key}” does not know the placeholder {{{name}}}.", "Choose from: {known}."
    ),
    "pattern-lacks": Message(
        "error", "“{key}” lacks {wanted}: every page would lead to the same address.", "Put it where it belongs."
    ),
    "card-broken": Message("error", "The social cards cannot be drawn: {reason}.", "Correct “cards”, or the file."),
    "calendar-broken": Message("error", "No calendar “{name}”: {reason}.", "Correct “calendars”, or the data."),
    "header-invalid": Message(
        "error",
        "“{name}” cannot be sent as “{value}”.",
        "Leave out quotation marks, $, backslashes and letters beyond ASCII; some headers only the build can write.",
    ),
    "brotli-missing": Message(
        "error", "The package Brotli is not installed.", "Install it (pip install Brotli), or leave out “br”."
    ),
    "menu-page-missing": Message(
        "error", "The menu “{menu}” names the page “{page}”, which does not exist.", "Correct the path in site.yaml."
    ),
    "page-is-draft": Message(
        "error",
        "The page “{page}” is a draft and will not be published.",
        "Publish it, or take it out of site.yaml.",
    ),
    "feed-section-missing": Message(
        "error", "The feed names the section “{page}”, which does not exist.", "Correct the path in site.yaml."
    ),
    # functions of the site
    "extension-failed": Message(
        "error", "The function “{name}” failed: {reason}.", "Correct it here; docs/extending.md says what it is given."
    ),
    "extension-result": Message(
        "error", "The function “{name}” gave {found}, not {expected}.", "Correct what it returns."
    ),
    "own-error": Message("error", "{text}", "{hint}"),
    "own-warning": Message("warning", "{text}", "{hint}"),
    # catalogues and data
    "catalog-missing": Message(
        "warning",
        "The language “{code}” has no catalogue of interface strings.",
        "Make it with “build.py messages update”.",
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
    # exceptions
    "ignore-unknown": Message(
        "warning", "There is no problem “{code}” to ignore.", "Take the code from the brackets behind the message."
    ),
    "ignore-error": Message(
        "warning", "“{code}” is an error, and errors cannot be ignored.", "Mend it, and remove this."
    ),
    "ignore-reason": Message(
        "warning", "“{code}” is to be ignored without a reason.", "Write why behind the code, after a colon."
    ),
}
