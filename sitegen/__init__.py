"""Sitegen: a static site generator for sites in several languages.

The package knows nothing of any one site. A site imports `main`, `Extensions` and `Finding` from here, and nothing else
of it; each is loaded when it is first used. docs/architecture.md describes the packages.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitegen.cli.main import main
    from sitegen.model.extensions import Extensions, Finding

__all__ = ["Extensions", "Finding", "__version__", "main"]
__version__ = "0.1.0"
_MODULES = {"main": "cli.main", "Extensions": "model.extensions", "Finding": "model.extensions"}


def __getattr__(name: str) -> Any:
    """Load what a site imports from here, when it does."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if sys.version_info < (3, 11):  # noqa: UP036 - who has another one is to hear it
        raise SystemExit(f"Sitegen needs Python 3.11 or newer. This is {sys.version.split()[0]}: {sys.executable}")
    return getattr(import_module(f"sitegen.{_MODULES[name]}"), name)
