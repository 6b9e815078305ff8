"""Whether a tag names the version that would be released: `python -m tools.check_tag v0.1.0`. No tag is right, too."""

import sys

from sitegen import __version__


def main(arguments: list[str]) -> int:
    """Return 0 for the tag of this version, or for none; else say what is wrong and return 1."""
    tag = arguments[0] if arguments else ""
    if tag in ("", f"v{__version__}"):
        return 0
    sys.stderr.write(f"The tag is {tag}, but the version of sitegen is {__version__} (sitegen/__init__.py).\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
