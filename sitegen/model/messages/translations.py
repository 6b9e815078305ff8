"""Texts of problems with translations."""

from sitegen.model.problems import Message

STALENESS: dict[str, Message] = {
    # translations
    "translation-outdated": Message(
        "info",
        "This translation is outdated: {source} has changed ({sections}).",
        "To see what changed, run: build.py translate {path}",
    ),
    "translation-unconfirmed": Message(
        "info",
        "It is not yet confirmed that this translation matches {source}.",
        "Compare the two, then run: build.py translate {path} --confirm",
    ),
}

# What `translate --import` says of a file that came back; a build and a check never do.
EXCHANGE: dict[str, Message] = {
    # PO files
    "po-broken": Message("error", "The file cannot be read: {reason}.", "Open it in a PO editor and save it."),
    "po-foreign": Message(
        "error", "The file was not exported from {source} for {path}.", "Give the page that it was exported from."
    ),
    "po-lost": Message(
        "error",
        "The translation does not contain {token}.",
        "Copy it unchanged from the source: links, code and placeholders are not translated.",
    ),
    "po-added": Message("error", "The translation has {token}, which the source does not have.", "Remove it."),
    "po-shape": Message(
        "error",
        "The translation would no longer be a single block of the same kind.",
        "Write it as one paragraph that does not begin with Markdown characters.",
    ),
    "po-title": Message("error", "A new translation needs a title.", "Translate the first message."),
    "po-incomplete": Message(
        "warning",
        "Section “{id}” was skipped: only {done} of {total} messages are translated.",
        "Translate the remaining messages, or translate the section in the Markdown file.",
    ),
    "po-source-changed": Message(
        "warning", "Section “{id}” was skipped: its source has changed since the export.", "Export the page again."
    ),
    "po-translation-changed": Message(
        "warning",
        "Section “{id}” was skipped: its translation has changed since the export.",
        "Export the page again.",
    ),
}
