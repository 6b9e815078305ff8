"""Numbers in site.yaml: how small and how large one may be is in the annotation of its field, and nowhere else.

`config` checks by it, and `schema` tells editors.
"""

from collections.abc import Collection
from typing import Any, get_args, get_type_hints

from msgspec import Meta, Struct

from sitegen.model.problems import Place, Problem, problem

LIMITS = {"ge": "minimum", "le": "maximum", "min_length": "minItems"}  # of msgspec.Meta → in JSON Schema


def limits_of(meta: Meta) -> dict[str, int]:
    """Return the limits that an annotation sets."""
    return {name: value for name in LIMITS if (value := getattr(meta, name)) is not None}


def _all_limits(kind: Any) -> dict[str, int]:
    """Return the limits of a field's numbers, also of those in a list."""
    limits: dict[str, int] = {}
    for part in get_args(kind):
        limits |= limits_of(part) if isinstance(part, Meta) else _all_limits(part)
    return limits


def range_problems(record: type[Struct], field: str, values: Collection[int], key: str, place: Place) -> list[Problem]:
    """Return what is wrong with the numbers of a field. Problems: number-range."""
    limits = _all_limits(get_type_hints(record, include_extras=True)[field])
    low, high = limits["ge"], limits["le"]
    good = len(values) >= limits.get("min_length", 0) and all(low <= value <= high for value in values)
    return [] if good else [problem("number-range", place, key=key, low=low, high=high)]
