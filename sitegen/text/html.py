"""One pass over a finished page: its tags and texts in order, passed to listeners.

Texts are told together with the plain tags between them, as runs: most of a page is such, and a run is found in one go.

The HTML is our own: quoted attributes, so a scan over the tags is enough. Comments are left out, and so is what stands
inside of scripts and styles, which is told with their start tags.
"""

import re
from typing import Protocol

# A tag that never ends is found, too, without its last group: were it tried again from each place in it, a page would
# take quadratic time.
_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][\w-]*+)((?>(?:[^<>\"']++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*))(>?)", re.S
)
# Tags that say nothing by themselves where they stand without attributes.
PLAIN = frozenset(
    "abbr b blockquote br cite code dd del div dl dt em figcaption figure footer header hr i ins kbd li mark ol p pre "
    "q s samp section small span strong sub sup table tbody td tfoot th thead tr u ul var wbr".split()
)
PLAIN_TAG = re.compile(f"</?(?:{'|'.join(sorted(PLAIN))})>")
_RUN = re.compile(f"(?>(?:[^<]++|{PLAIN_TAG.pattern})+)")
_END_OF_SCRIPT = re.compile(r"</script\s*+>", re.I)
_END_OF_STYLE = re.compile(r"</style\s*+>", re.I)


class Tag:
    """A tag as written: `closes` and `ends` are its signs `/` and `>`; `inside` is what a script or style holds."""

    __slots__ = ("attributes", "closes", "ends", "inside", "match", "name")

    def __init__(self, match: re.Match[str]) -> None:
        self.closes, self.name, self.attributes, self.ends = match.groups()
        self.match, self.inside = match, ""

    @property
    def whole(self) -> str:
        """Return all of the tag."""
        return self.match[0]


class Listener(Protocol):
    """Who wants to know what a page holds."""

    def tag(self, tag: Tag) -> None:
        """Take the next tag that is not plain."""

    def run(self, run: str) -> None:
        """Take the texts and plain tags before it, entities as they are; a sign `<` that begins no tag comes alone."""


def scan(page: str, *listeners: Listener) -> None:
    """Go over a page once."""
    at, end = 0, len(page)
    while at < end:
        if run := _RUN.match(page, at):
            at = run.end()
            for listener in listeners:
                listener.run(run[0])
        elif match := _PIECE.match(page, at):
            at = match.end()
            if match[2] is None:
                continue
            tag = Tag(match)
            if not tag.closes and len(tag.name) in (5, 6) and tag.name.lower() in ("script", "style"):
                pattern = _END_OF_SCRIPT if len(tag.name) == 6 else _END_OF_STYLE
                ending = pattern.search(page, at)
                start, at = at, ending.start() if ending else end
                tag.inside = page[start:at]
            for listener in listeners:
                listener.tag(tag)
        else:
            at += 1
            for listener in listeners:
                listener.run("<")
