"""A page and its translation, which says with which sections of its source it agrees."""

from sitegen.text.frontmatter import read_head
from sitegen.text.sections import cut

SOURCE = "---\ntitle: Mesto\n---\n\nUvod v mesto.\n\n## Ena {#one}\n\nPrvi del.\n\n## Dve {#two}\n\nDrugi del je tu.\n"
OWN = "---\ntitle: City\n---\n\nIntroduction.\n\n## One {#one}\n\nFirst part.\n\n## Two {#two}\n\nSecond part.\n"


def marks(text: str) -> dict[str, str]:
    """Return the marks of all sections of a file."""
    head, _ = read_head("a.md", text)
    assert head is not None
    return {one.id: one.section.mark for one in cut(head.front, head.body)}


def recorded(text: str, confirmed: dict[str, str]) -> str:
    """Return a translation that says what it agrees with."""
    lines = "".join(f"    {id_}: '{mark}'\n" for id_, mark in confirmed.items())
    return text.replace("---\n\n", f"l10n:\n  sections:\n{lines}---\n\n", 1)
