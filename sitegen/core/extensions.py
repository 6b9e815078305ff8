"""Where `Extensions` and `Finding` were until version 0.1: import them from `sitegen`. Kept for one release."""

import warnings

from sitegen.model.extensions import Extensions, Finding

__all__ = ["Extensions", "Finding"]

warnings.warn(
    "import `Extensions` and `Finding` from `sitegen`, not from `sitegen.core.extensions`",
    DeprecationWarning,
    stacklevel=2,
)
