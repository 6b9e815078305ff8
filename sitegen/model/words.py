"""Marks texts in the engine's own code that are translated later, so that extraction finds them."""


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Return `text` as it is: it is looked up in the catalogues when a page is rendered."""
    return text


def T_(text: str) -> str:  # noqa: N802 - beside N_
    """Return `text` as it is: a text of the tool itself, looked up in `sitegen/locales/` when it is printed."""
    return text
