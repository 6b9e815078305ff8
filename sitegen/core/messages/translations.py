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
