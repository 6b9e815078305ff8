"""Texts of problems with translations."""

from sitegen.core.messages.message import Message

STALENESS: dict[str, Message] = {
    # translations
    "translation-outdated": Message(
        "info",
        "This translation is behind {source}: {sections}.",
        "See what changed with: build.py translate {path}",
    ),
    "translation-unconfirmed": Message(
        "info",
        "Nobody has confirmed yet that this translation agrees with {source}.",
        "Compare the two, then: build.py translate {path} --confirm",
    ),
}

# What `translate --import` says of a file that came back; a build and a check never do.
EXCHANGE: dict[str, Message] = {
    # files of translators
    "po-broken": Message("error", "The file cannot be read: {reason}.", "Open it in a PO editor and save it."),
    "po-foreign": Message(
        "error", "The file was not exported from {source} for {path}.", "Name the page that it was exported from."
    ),
    "po-lost": Message(
        "error",
        "The translation lacks {token}.",
        "Links, code and placeholders stay as they are: put it where it belongs.",
    ),
    "po-added": Message("error", "The translation has {token}, which the source does not have.", "Remove it."),
    "po-shape": Message(
        "error",
        "The translation would not stay one block of its kind.",
        "Write it as one paragraph, without marks of Markdown at its beginning.",
    ),
    "po-title": Message("error", "A new translation needs a title.", "Translate the first message."),
    "po-incomplete": Message(
        "warning",
        "Section “{id}” was left out: {done} of {total} messages are translated.",
        "Translate the others too, or translate the section in the file.",
    ),
    "po-source-changed": Message(
        "warning", "Section “{id}” was left out: its source has changed since the export.", "Export the page again."
    ),
    "po-translation-changed": Message(
        "warning",
        "Section “{id}” was left out: its translation has changed since the export.",
        "Export the page again.",
    ),
}
