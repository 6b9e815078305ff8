"""Where `main` was until version 0.1: import it from `sitegen`. Kept for one release."""

import warnings

from sitegen.cli.main import console, main

__all__ = ["console", "main"]

warnings.warn("import `main` from `sitegen`, not from `sitegen.commands.main`", DeprecationWarning, stacklevel=2)
