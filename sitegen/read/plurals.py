"""Whether a catalogue has as many plural forms as its language, by the table that gettext's tools share (in Babel)."""

import gettext

from sitegen.core.problems import Place, Problem, problem
from sitegen.core.records import Catalog
from sitegen.read.catalogs import catalog_path


def check_plurals(catalog: Catalog, locale: str) -> list[Problem]:
    """Compare the rule of a catalogue, which works, with that of the locale. Problem: plural-forms-number."""
    from babel.messages.plurals import get_plural

    if not catalog.messages:
        return []
    rule = gettext.c2py(catalog.plural)
    found = 1 + max(rule(n) for n in range(1001))
    known = get_plural(locale)
    if found == known.num_plurals:
        return []
    values = {"code": catalog.lang, "found": found, "expected": known.num_plurals, "rule": str(known)}
    return [problem("plural-forms-number", Place(catalog_path(catalog.lang)), None, **values)]
