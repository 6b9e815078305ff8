"""Two sets of fonts that the tests bring with them, so that a page looks the same on every machine.

With Noto, letters are high (1.36 em) and narrow; with DejaVu they are low (1.16 em, as Roboto, Liberation and Arial)
and wide. Whatever fits with both fits with what readers have. The fonts of the machine itself are not seen.
"""

from pathlib import Path

from support.site import PROJECT, needs

MODULES = PROJECT / "node_modules"
_NOTO = MODULES / "@expo-google-fonts"
_DEJAVU = MODULES / "dejavu-fonts-ttf"
_CUTS = ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold", "700Bold_Italic")
_GENERIC = {
    "noto": {
        "sans-serif": "Noto Sans",
        "system-ui": "Noto Sans",
        "serif": "Noto Serif",
        "monospace": "DejaVu Sans Mono",
    },
    "dejavu": {
        "sans-serif": "DejaVu Sans",
        "system-ui": "DejaVu Sans",
        "serif": "DejaVu Serif",
        "monospace": "DejaVu Sans Mono",
    },
}
SETS = tuple(_GENERIC)


def configuration(name: str, folder: Path) -> Path:
    """Write the file for fontconfig that shows the fonts of a set, and no others; `folder` also keeps its cache."""
    needs("fonts", _DEJAVU.is_dir() and _NOTO.is_dir())
    folders = (
        [_NOTO / family / cut for family in ("noto-sans", "noto-serif") for cut in _CUTS] if name == "noto" else []
    )
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{generic}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{family}</string></edit></match>\n'
        for generic, family in _GENERIC[name].items()
    )
    dirs = "".join(f"<dir>{one}</dir>\n" for one in (*folders, _DEJAVU / "ttf"))
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f"{dirs}<cachedir>{folder / 'cache'}</cachedir>\n{aliases}</fontconfig>\n",
        encoding="utf-8",
    )
    return file
