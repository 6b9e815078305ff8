"""Texts of problems with the files of a site as such: folders, YAML, site.yaml, catalogues and data."""

from sitegen.model.problems import Message

SOURCES: dict[str, Message] = {
    # files and folders
    "file-missing": Message("error", "The file does not exist.", "Run the command in the folder of the site."),
    "file-unreadable": Message("error", "The file or folder cannot be read: {reason}.", "Check its permissions."),
    "file-too-long": Message(
        "error",
        "The file is too large: {size} bytes; the limit is {limit} bytes.",
        "Split the page, or move data to data/.",
    ),
    "not-utf8": Message(
        "error",
        "The file is not encoded in UTF-8 (byte {position}).",
        "Open it in an editor, choose the encoding UTF-8 and save it again.",
    ),
    "text-mojibake": Message(
        "warning",
        "“{found}” is most likely “{meant}”, read with the wrong encoding.",
        "Restore the original text, and save it as UTF-8.",
    ),
    "nul-character": Message(
        "error", "The file contains a NUL character.", "Delete it, or save the file again as plain text."
    ),
    "control-character": Message(
        "error",
        "The file contains a control character ({number}), which browsers do not show.",
        "Delete it, or type a space or a line break instead: text copied from Word or a PDF often contains some.",
    ),
    "merge-conflict": Message(
        "error",
        "There is an unresolved merge conflict.",
        "Keep the correct side, or what is right in each, and delete the lines with <<<<<<<, ======= and >>>>>>>.",
    ),
    "name-not-nfc": Message(
        "error",
        "The file's name is not in the Unicode form NFC.",
        "Rename it: type the accented letters again, or use letters without accents.",
    ),
    "name-undecodable": Message("error", "The file's name is not UTF-8.", "Rename the file."),
    "name-not-a-slug": Message(
        "error",
        "“{name}” cannot be part of a URL.",
        "Rename it with letters, digits and hyphens, or give the page a slug.",
    ),
    "link-leads-outside": Message(
        "error", "The symbolic link leads out of the site: {target}.", "Replace the link with a copy of the file."
    ),
    "link-loop": Message("error", "The symbolic link leads back to a folder above it.", "Remove the link."),
    "link-broken": Message("error", "The symbolic link leads nowhere: {target}.", "Remove or correct the link."),
    # limits and internal errors
    "time-limit": Message(
        "error",
        "{doing} was stopped: it took more than {seconds} s of processor time.",
        "Simplify what is slow, or increase time_limit in site.yaml.",
    ),
    "internal-error": Message(
        "error",
        "{doing} failed because of an internal error in sitegen: {reason}.",
        "Run the command again with --debug, and report its output, with this file if possible.",
    ),
    # YAML
    "yaml-syntax": Message(
        "error",
        "This is not valid YAML: {reason}.",
        "Put text that contains “: ” or “ #”, or begins with a special character, in quotation marks.",
    ),
    "yaml-tab": Message("error", "There is a tab in the indentation.", "Use spaces: YAML allows no tabs here."),
    "yaml-alias": Message(
        "error",
        "YAML aliases (*name) are not allowed.",
        "Write the value itself. Text that begins with * needs quotation marks.",
    ),
    "yaml-tag": Message(
        "error",
        "YAML tags ({tag}) are not allowed.",
        "Write the value without the tag. Text that begins with ! needs quotation marks.",
    ),
    "yaml-lost": Message(
        "error", "YAML reads “{typed}” as {made}: {cause}.", "Put the text in quotation marks: {quoted}"
    ),
    "yaml-doubtful": Message(
        "warning",
        "“{typed}” without quotation marks is {made}.",
        'Write "{typed}" if it is text; otherwise write {value}.',
    ),
    "yaml-depth": Message("error", "The nesting is deeper than {limit} levels.", "Use fewer levels of nesting."),
    "yaml-key": Message("error", "A key must be plain text.", "Write it as “key: value”."),
    "key-duplicate": Message(
        "error", "The key “{key}” is repeated; it is already in line {first}.", "Keep one of the two."
    ),
    "key-unknown": Message("error", "The key “{key}” is unknown.", "Remove it, or put it under “extra”."),
    "key-missing": Message("error", "The key “{key}” is missing.", "Add it."),
    "value-type": Message("error", "“{key}” must be {expected}, not {found}.", "Change the value."),
    "date-invalid": Message("error", "“{key}”: the date {value} does not exist.", "Write the date as YYYY-MM-DD."),
    "date-ambiguous": Message(
        "error", "“{key}”: {value} could mean {first} or {second}.", "Write the date that you mean as YYYY-MM-DD."
    ),
    "dates-reversed": Message(
        "error", "“{last}” is earlier than “{first}”.", "Swap the two, or correct the wrong one."
    ),
    # site.yaml
    "version-unknown": Message(
        "error",
        "The settings have version {version}; the installed sitegen supports versions up to {known}.",
        "Install the version of sitegen that the site was written for, or correct the number.",
    ),
    "version-changed": Message(
        "error", "Since version {version} of the settings, “{key}” has a different meaning.", "{advice}"
    ),
    "base-url-missing": Message(
        "warning",
        "The site has no base_url, so it has no canonical URLs, hreflang, sitemap or feeds.",
        "Set base_url: https://… in site.yaml, or use --base-url.",
    ),
    "publisher-invalid": Message(
        "error",
        "“{value}” cannot be the value of “{key}”.",
        "Write a name, an email address such as office@example.org, or a URL that begins with https://.",
    ),
    "base-url-invalid": Message(
        "error", "“{value}” cannot be the URL of a site.", "Write it like https://example.org/, with or without a path."
    ),
    "language-code": Message("error", "“{code}” is not a language code.", "Use a BCP 47 code such as sl, en or pt-BR."),
    "locale-unknown": Message("error", "The locale “{locale}” is unknown.", "Use a locale such as sl_SI or en_GB."),
    "default-language-unknown": Message(
        "error",
        "The default language “{code}” is not listed under “languages”.",
        "Add it there, or choose another default language.",
    ),
    "default-language-in-preparation": Message(
        "error",
        "The default language “{code}” is in preparation, so nothing can be published.",
        "Remove “status” from its entry, or choose another default language.",
    ),
    "language-in-preparation": Message(
        "info",
        "{label} ({code}) is in preparation and is not published. Translated pages: {pages} of {total}; {texts}.",
        "To see what is missing, run “build.py status --lang {code}”. To publish the "
        "language, remove “status” from its entry.",
    ),
    "trust-widened": Message(
        "info",
        "“{key}” lets contributors publish more than text and images: {value}.",
        "Keep it only if everyone who edits there may publish scripts on the site (docs/security.md).",
    ),
    "text-missing": Message("error", "“{key}” has no text for the language “{code}”.", "Add it."),
    "option-unknown": Message("error", "“{value}” is not a value of “{key}”.", "Choose from: {known}."),
    "number-range": Message("error", "“{key}” must be between {low} and {high}.", "Change the number."),
    "path-outside": Message("error", "“{value}” is outside the site's folder.", "Use a folder inside it."),
    "output-inside": Message(
        "error",
        "The site cannot be published to “{value}”: the folder “{folder}” contains sources or belongs to a tool.",
        "Use a folder that holds nothing else, such as public.",
    ),
    "color-invalid": Message("error", "“{value}” is not a colour.", "Write it as #rrggbb, in quotation marks."),
    "theme-contrast": Message(
        "info",
        "Text with or on “{given}” would be hard to read; “{used}” is used, a colour of the same hue.",
        "Write “{used}” here, or choose another colour.",
    ),
    "theme-fonts": Message(
        "error",
        "“{value}” is not a list of fonts.",
        'Write names with commas between them, such as "Source Serif 4", Georgia, serif.',
    ),
    "logo-missing": Message("error", "The logo “{path}” does not exist.", "Put the file there, or correct the path."),
    "deploy-target": Message(
        "error", "The target “{name}” must have either “folder” or “ssh”.", "Set exactly one of the two."
    ),
    "deploy-address": Message(
        "error",
        "A site cannot be copied to “{value}”.",
        "Write user@host:/path. The root folder, a home folder and “..” are not allowed.",
    ),
    "pattern-address": Message(
        "error", "“{value}” cannot be the URL pattern of “{key}”.", "Write https://… with placeholders in braces."
    ),
    "pattern-placeholder": Message("error", "“{key}” has no placeholder {{{name}}}.", "Choose from: {known}."),
    "pattern-lacks": Message(
        "error",
        "“{key}” does not contain {wanted}, so every page would have the same URL.",
        "Insert it where it belongs.",
    ),
    "card-broken": Message("error", "The social cards cannot be drawn: {reason}.", "Correct “cards”, or the file."),
    "calendar-broken": Message(
        "error", "The calendar “{name}” cannot be created: {reason}.", "Correct “calendars”, or the data."
    ),
    "header-invalid": Message(
        "error",
        "The HTTP header “{name}” cannot have the value “{value}”.",
        "Use ASCII characters only, without quotation marks, $ and backslashes. "
        "Some headers are always set by the build.",
    ),
    "brotli-missing": Message(
        "error", "The package Brotli is not installed.", "Install it (pip install Brotli), or remove “br”."
    ),
    "admin-repository": Message(
        "error", "“{value}” is not the name of a repository.", "Write owner/name, such as town-office/website."
    ),
    "admin-branch": Message("error", "“{value}” cannot be the name of a branch.", "Write its name, such as main."),
    "admin-sign-in": Message(
        "error",
        "“{key}” cannot be “{value}”.",
        "It needs “backend: {backend}”. “sign_in” is an https:// URL, “host” one without a path; "
        "“application” is the ID of 64 characters.",
    ),
    "admin-assets-missing": Message(
        "error",
        "The web editor is not installed: {files} is missing.",
        "In a checkout of the generator, run “make admin-assets”; otherwise reinstall the package sitegen.",
    ),
    "menu-page-missing": Message(
        "error", "The menu “{menu}” lists the page “{page}”, which does not exist.", "Correct the path in site.yaml."
    ),
    "page-is-draft": Message(
        "error",
        "The page “{page}” is a draft and will not be published.",
        "Remove “draft: true” from that page, or remove the page from site.yaml.",
    ),
    "feed-section-missing": Message(
        "error", "The feed lists the section “{page}”, which does not exist.", "Correct the path in site.yaml."
    ),
    # extensions
    "extension-failed": Message(
        "error",
        "The function “{name}” failed: {reason}.",
        "Fix the function here; docs/extending.md lists its arguments.",
    ),
    "extension-result": Message(
        "error", "The function “{name}” returned {found}, not {expected}.", "Correct what it returns."
    ),
    "own-error": Message("error", "{text}", "{hint}"),
    "own-warning": Message("warning", "{text}", "{hint}"),
    # catalogues and data
    "catalog-missing": Message(
        "warning",
        "The language “{code}” has no catalogue of UI strings.",
        "Create it with “build.py messages update”.",
    ),
    "catalog-broken": Message(
        "error", "The catalogue cannot be read: {reason}.", "Open it in a PO editor and save it."
    ),
    "catalog-language": Message(
        "warning",
        "The header says that this catalogue is in the language “{found}”, but it is used for “{code}”.",
        "If the texts are in the right language, write “Language: {better}\\n” in the header; otherwise replace them.",
    ),
    "catalog-plural": Message(
        "error", "The plural rule “{rule}” is invalid.", "Correct Plural-Forms in the header of the catalogue."
    ),
    "catalog-forms": Message("error", "“{msgid}” has {found} of {expected} plural forms.", "Translate every form."),
    "string-missing": Message("warning", "“{msgid}” is not translated.", "Translate it."),
    "string-fuzzy": Message(
        "warning",
        "The translation of “{msgid}” is marked fuzzy and is not used.",
        "Check the translation and remove the mark.",
    ),
    "string-html": Message(
        "error", "The translation of “{msgid}” contains {tag}.", "Remove the tag: translations are plain text."
    ),
    "string-percent": Message("error", "The translation of “{msgid}” has a single %.", "Write %%."),
    "placeholder-lost": Message(
        "error", "The translation of “{msgid}” does not contain {placeholder}.", "Insert it where the value belongs."
    ),
    "placeholder-unknown": Message(
        "error", "The translation of “{msgid}” contains {placeholder}, which the source does not have.", "Remove it."
    ),
    "data-format": Message("error", "Files in data/ must be YAML.", "Save it as .yaml, or move it."),
    "data-text-missing": Message(
        "warning", "This text has no version for the language “{code}”.", "Add a line “{code}: …”."
    ),
    # exceptions
    "ignore-unknown": Message(
        "warning",
        "There is no problem code “{code}” to ignore.",
        "Copy the code from the square brackets after the message.",
    ),
    "ignore-error": Message(
        "warning", "“{code}” is an error, and errors cannot be ignored.", "Fix the error, and remove this exception."
    ),
    "ignore-reason": Message(
        "warning", "“{code}” is ignored without a reason.", "Write the reason after the code and a colon."
    ),
}
