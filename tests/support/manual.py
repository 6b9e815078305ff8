"""The manual as code hosts show it."""

import re
from pathlib import Path


def anchors(page: Path) -> set[str]:
    """Return the places of a page, named as code hosts name them: after headings, and by `<a id>`."""
    text = re.sub(r"^( *)(`{3,}|~~~)[^\n]*\n.*?^\1\2$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    found = set(re.findall(r'<a id="([^"]+)"', text))
    for heading in re.findall(r"^#{1,6} (.+)$", text, re.M):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading.strip())
        slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        number = sum(one == slug or re.fullmatch(rf"{re.escape(slug)}-\d+", one) is not None for one in found)
        found.add(slug if slug not in found else f"{slug}-{number}")
    return found
