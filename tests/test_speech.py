"""What the tool says exists in every language that it speaks: nothing missing, nothing lost on the way."""

import pytest

from tools.make_speech import TRANSLATED, collected, compiled, po_file, updated


@pytest.mark.parametrize("code", TRANSLATED)
def test_catalogue_holds_exactly_what_the_tool_says(code: str) -> None:
    assert po_file(code).read_text(encoding="utf-8") == updated(code, collected()), "run python -m tools.make_speech"


@pytest.mark.parametrize("code", TRANSLATED)
def test_compiled_catalogue_is_that_of_the_translations(code: str) -> None:
    made = po_file(code).with_suffix(".mo").read_bytes()
    assert made == compiled(po_file(code).read_text(encoding="utf-8")), "run python -m tools.make_speech"
