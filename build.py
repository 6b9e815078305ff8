"""Build this site: `python build.py`. Has no logic of its own; see `python build.py --help`."""

from pathlib import Path

from sitegen import main

if __name__ == "__main__":
    raise SystemExit(main(root=Path(__file__).resolve().parent))
