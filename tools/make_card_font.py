"""Make the font of the social cards: Noto Serif Bold, cut down to the letters of European languages in Latin script.

Run by hand; the font is under the SIL Open Font License 1.1 without a reserved name (static/cards/noto-serif-OFL.txt):

    pip install fonttools
    npm install --no-save @fontsource/noto-serif
    python tools/make_card_font.py node_modules/@fontsource/noto-serif/files static/cards/noto-serif-bold.ttf

Kerning and hinting are left out: they differ between the systems that lay out text, and cards shall not.
"""

import argparse
import io
from pathlib import Path

from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

PARTS = ("latin", "latin-ext")
DROPPED = ["GSUB", "GPOS", "GDEF", "STAT", "gasp"]
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2028), 0x202F, 0x2039, 0x203A, 0x20AC]


def main() -> None:
    """Join the parts that the package keeps apart, take the letters, write one TrueType file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", type=Path, help="folder of the package's WOFF files")
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    parts = []
    for name in PARTS:
        font = TTFont(arguments.files / f"noto-serif-{name}-700-normal.woff", recalcTimestamp=False)
        font.flavor = None
        part = io.BytesIO()
        font.save(part)
        parts.append(io.BytesIO(part.getvalue()))
    whole = Merger(MergeOptions(drop_tables=DROPPED)).merge(parts)
    options = Options()
    options.hinting, options.layout_features, options.name_IDs = False, [], [0, 1, 2, 4, 6, 13, 14]
    subset = Subsetter(options)
    subset.populate(unicodes=LETTERS)
    subset.subset(whole)
    whole.recalcTimestamp = False
    whole["head"].created = whole["head"].modified = 0  # the same letters, the same bytes
    whole.save(arguments.target)


if __name__ == "__main__":
    main()
