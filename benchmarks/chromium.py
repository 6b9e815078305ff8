"""The Chromium of this machine, for tests, pictures and measurements. Nothing is downloaded."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# No sandbox, since tests often run as root in a container; and no request that a page did not ask for.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def found() -> str:
    """Return the path of Chromium, or "" where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), "")
