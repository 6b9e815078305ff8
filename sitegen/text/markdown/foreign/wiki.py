"""Wikis and forums: links in two brackets, MediaWiki, Obsidian, Textile, Confluence, Org, BBCode, WordPress."""

import re

from sitegen.model.lazy import lazily
from sitegen.text.markdown.foreign.row import BLOCK, BOLD, BY_NAME, CODE, COMMENT, HEADING, IMAGE, LINK, TOC, Page, Row

_PICTURE = lazily(r"!\[\[[^\[\]\n]{1,300}\]\]")
_LINK = lazily(r"(?<![\\!\w\]])\[\[(?![\d\s,;–-]+\])([^\[\]\n]{1,300})\]\](?![(\[])")
_TOC = lazily(r"^\[\[_?(?:toc|TOC)_?\]\][ \t]*+$", re.M)
_COMMENT = lazily(r"(?<![%\w])%%(?!%)[^%\n]{1,300}%%(?![%\w])")
_HEADING = lazily(r"^==+[ \t]*+[^=\s][^=\n]{0,200}==+[ \t]*+$", re.M)
_BOLD = lazily(r"(?<!')'''?(?=[^'\s])[^'\n]{1,300}'''?(?!')")
_TEXTILE = lazily(r"^(?:h[1-6]|bq|bc)\.[ \t]++(?=\S)", re.M)
_CONFLUENCE = lazily(r"\{(?:code|noformat|panel|info|note|tip|warning|toc|quote)(?::[^{}\n]{1,200})?\}")
_ORG = lazily(r"^#\+[A-Za-z_]++(?::|[ \t]|$)", re.M)
_BBCODE = lazily(r"\[/(?:b|i|u|s|url|img|quote|code|list|color|size|youtube|spoiler|center|table)\]", re.I)
_WORDPRESS = lazily(
    r"\[/?(?:gallery|caption|embed|playlist|contact-form-7|vc_row|su_\w{1,40})(?:[ \t][^\[\]\n]{0,300})?\]"
)


def _is_no_reference(match: re.Match[str], page: Page) -> bool:
    """`[[a]]` with a definition of `a` is a link in brackets."""
    name = match[1].strip()
    return name.upper() not in page.references and name.lower() not in ("toc", "_toc_")


def _is_at_start(match: re.Match[str], _page: Page) -> bool:
    return not match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()].strip()


ROWS = (
    Row("Obsidian", _PICTURE, IMAGE, ("![[",)),
    Row("Wiki", _LINK, LINK, ("[[",), confirm=_is_no_reference),
    Row("VitePress, GitLab", _TOC, TOC, ("[[",), "line"),
    Row("Obsidian", _COMMENT, COMMENT, ("%%",)),
    Row("MediaWiki", _HEADING, HEADING, ("==",), "line"),
    Row("MediaWiki", _BOLD, BOLD, ("''",)),
    Row("Textile", _TEXTILE, HEADING, ("h1.", "h2.", "h3.", "h4.", "h5.", "h6.", "bq.", "bc."), "line"),
    Row("Confluence", _CONFLUENCE, BLOCK, ("{",), confirm=_is_at_start),
    Row("Org", _ORG, CODE, ("#+",), "line"),
    Row("BBCode", _BBCODE, BOLD, ("[/",)),
    Row("WordPress", _WORDPRESS, BLOCK, ("[",), "text", BY_NAME),
)
