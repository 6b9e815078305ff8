"""Fills sitegen/admin/assets/ with the web editor: `make admin-assets`.

Everything comes from the packages that package-lock.json pins with their hashes: the editor and its translations, the
fonts that it would take from another host, and our adapter, bundled with the reader of YAML that it uses.
"""

import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
MODULES = PROJECT / "node_modules"
ASSETS = PROJECT / "sitegen/admin/assets"
EDITOR = MODULES / "@sveltia/cms"
ADAPTER = PROJECT / "sitegen/admin/adapter/main.mjs"
SANS = MODULES / "@fontsource-variable/source-sans-3"
FONTS = {
    "source-sans-3": (SANS / "files", "source-sans-3-latin-wght-normal.woff2"),
    "source-sans-3-ext": (SANS / "files", "source-sans-3-latin-ext-wght-normal.woff2"),
    "noto-mono": (EDITOR / "npm/assets", "noto-mono-latin-400-normal-*.woff2"),
    "material-symbols-outlined": (EDITOR / "npm/assets", "material-symbols-outlined-latin-wght-normal-*.woff2"),
}
LICENCES = {
    "sveltia-cms": EDITOR / "LICENSE.txt",
    "yaml": MODULES / "yaml/LICENSE",
    "source-sans-3": SANS / "LICENSE",
    "noto-mono": EDITOR / "npm/assets/noto-mono.LICENSE.txt",
    "material-symbols-outlined": EDITOR / "npm/assets/material-symbols-outlined.LICENSE.txt",
}


def main() -> None:
    """Write the folder anew."""
    if not EDITOR.is_dir():
        sys.exit("The packages of package-lock.json are missing: run `npm ci --ignore-scripts`.")
    make(ASSETS)


def make(folder: Path) -> None:
    """Write the web editor into `folder`, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("fonts", "licences"):
        (folder / name).mkdir(parents=True)
    (folder / "sveltia-cms.js").write_bytes(without_map((EDITOR / "dist/sveltia-cms.js").read_bytes()))
    bundle(folder / "adapter.js")
    shutil.copytree(EDITOR / "locales", folder / "locales")
    for name, (origin, pattern) in FONTS.items():
        found = sorted(origin.glob(pattern))
        if len(found) != 1:
            sys.exit(
                f"This version of the editor does not bring the font {name} as {origin / pattern}: find where it is."
            )
        shutil.copyfile(found[0], folder / "fonts" / f"{name}.woff2")
    for name, licence in LICENCES.items():
        shutil.copyfile(licence, folder / "licences" / f"{name}.txt")


def without_map(script: bytes) -> bytes:
    """Return a script without the line that names its source map, which is not published."""
    lines = script.split(b"\n")
    return b"\n".join(line for line in lines if not line.startswith(b"//# sourceMappingURL="))


def bundle(output: Path) -> None:
    """Write the adapter as one classic script."""
    command = [str(MODULES / ".bin/esbuild"), str(ADAPTER), "--bundle", "--minify", "--format=iife"]
    options = ["--target=es2022", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]
    subprocess.run([*command, *options, f"--outfile={output}"], check=True)  # noqa: S603  # a pinned tool, our own words


if __name__ == "__main__":
    main()
