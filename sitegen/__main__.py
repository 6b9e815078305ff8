"""`python -m sitegen`: the same as build.py, for the site in the current folder."""

from sitegen import main

if __name__ == "__main__":
    raise SystemExit(main())
