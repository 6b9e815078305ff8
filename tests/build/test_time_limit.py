"""A page that takes too long is a problem with its path, and all others go on: in workers, here, and with pictures.

The pages really hang: a pattern that goes back and forth for ever, a loop without end, a long call inside C.
"""

import os
import re
import time
from collections.abc import Callable, Sequence

import pytest
from support.site import SiteFolder, needs

from benchmarks.preview import Preview
from sitegen.build.limits import HAS_TIMERS, Failure, attempts
from sitegen.build.pool import map_all

Make = Callable[..., SiteFolder]
SECONDS = 0.3


def hang(kind: str, numbers: Sequence[int]) -> list[int]:
    """Double the numbers; hang at 5."""
    if 5 in numbers:
        if kind == "pattern":
            re.match(r"(a+)+$", "a" * 64 + "b")
        elif kind == "loop":
            while True:
                numbers = list(numbers)
        elif kind == "loop that catches all":
            while True:
                try:
                    re.match(r"(a+)+$", "a" * 64 + "b")
                except BaseException:
                    continue
        elif kind == "call":
            sum(range(10**13))
        elif kind == "exit":
            os._exit(3)
        elif kind == "error":
            raise RecursionError("too deep")
    return [2 * number for number in numbers]


@pytest.fixture(autouse=True)
def _timers() -> None:
    needs("timers", HAS_TIMERS)


@pytest.mark.parametrize("kind", ["pattern", "loop", "loop that catches all", "call"])
@pytest.mark.parametrize(("count", "apart"), [(100, False), (8, True)])
def test_a_worker_that_takes_too_long_is_ended_and_all_else_is_done(kind: str, count: int, apart: bool) -> None:
    done = map_all(hang, kind, list(range(count)), 2, seconds=SECONDS, apart=apart)
    assert done[5] == Failure("slow")
    assert [one for at, one in enumerate(done) if at != 5] == [2 * n for n in range(count) if n != 5]


@pytest.mark.parametrize("kind", ["pattern", "loop"])
def test_a_few_items_are_limited_without_a_worker(kind: str) -> None:
    started = time.process_time()
    assert map_all(hang, kind, [4, 5, 6], 2, seconds=SECONDS) == [8, Failure("slow"), 12]
    assert time.process_time() - started < 10 * SECONDS


def test_what_ends_its_process_twice_is_a_failure_and_all_else_is_done() -> None:
    done = map_all(hang, "exit", list(range(100)), 2, seconds=SECONDS)
    assert done[5] == Failure("ended", "exit code 3")
    assert [one for at, one in enumerate(done) if at != 5] == [2 * n for n in range(100) if n != 5]


@pytest.mark.parametrize("count", [8, 100])
def test_an_exception_is_a_failure_in_a_line_with_its_traceback(count: int) -> None:
    failure = map_all(hang, "error", list(range(count)), 2)[5]
    assert isinstance(failure, Failure)
    assert failure.reason == "RecursionError: too deep"
    assert "in hang" in failure.trace


def sleep(_: object, numbers: Sequence[int]) -> list[int]:
    """Wait, as work does on a busy machine: it takes no processor time."""
    time.sleep(0.15)
    return list(numbers)


def test_without_a_limit_nothing_is_ended() -> None:
    started = time.process_time()
    assert map_all(busy, None, [1], 2, seconds=0, expendable=True) == [1]
    assert time.process_time() - started > 0.3


def busy(_: object, numbers: Sequence[int]) -> list[int]:
    """Work for a while."""
    end = time.process_time() + 0.4
    while time.process_time() < end:
        numbers = list(numbers)
    return list(numbers)


@pytest.mark.parametrize("apart", [False, True])
def test_a_busy_machine_fails_nothing(apart: bool) -> None:
    assert map_all(sleep, None, [1, 2], 2, seconds=0.05, apart=apart) == [1, 2]


def test_the_timer_leaves_nothing_behind() -> None:
    assert attempts(hang, "loop", [5], 0.05) == [Failure("slow")]
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass


LOOP = """\
-- site.yaml --
default_language: en
languages:
  en: {label: English}
  sl: {label: Slovenščina}
title: A site
theme: none
-- templates/base.html --
<!DOCTYPE html><html lang="{{ lang }}"><head><title>{{ page.title }}</title></head><body><main><h1>{{ page.title }}</h1>
{% if "LOOP" in page.title %}{% for n in range(10 ** 11) %}{% endfor %}{% endif %}{{ content }}</main></body></html>
-- templates/page.html --
{% extends "base.html" %}
-- content/en/index.md --
---
title: Home
---

[a](a.md) [no](no.md)
-- content/en/a.md --
---
title: LOOP
---
"""


def test_a_template_without_end_is_a_problem_of_its_page(site: Make) -> None:
    made = site(LOOP)
    assert made.build(time_limit=SECONDS).failed
    assert any(
        "content/en/a.md: error: Rendering this page was stopped: it took more than 0.3 s" in one
        for one in made.problems
    )
    assert any("content/en/index.md:5" in one and "[link-missing]" in one for one in made.problems)
    assert not (made.root / "public").exists()


SLOW = """\
-- templates/slow.html --
{% extends "page.html" %}
{% block main %}{{ super() }}{% if "HANGS" in content %}{{ REPEAT }}{% endif %}{% endblock %}
-- content/en/a.md --
---
title: A page
template: slow.html
---

Text.
-- site.yaml --
base_url: https://example.org/
default_language: sl
languages:
  sl: {label: Slovenščina, locale: sl_SI, weight: 1}
  en: {label: English, locale: en_GB, weight: 2}
title: {sl: Mesto, en: City}
theme: none
time_limit: 1
"""
PAGE = "---\ntitle: A page\ntemplate: slow.html\n---\n\n"


@pytest.mark.parametrize("repeat", ["range(10 ** 13) | sum", "range(10 ** 9) | map('string') | join"])
def test_the_preview_recovers_when_the_page_is_fixed(site: Make, repeat: str) -> None:
    made = site(SLOW.replace("REPEAT", repeat))
    with Preview(made.root, patience=60) as preview:
        for number in (1, 2):  # the second time, the building process is another one
            said = len(preview.said)
            made.edit("content/en/a.md", f"{PAGE}HANGS {number}")
            preview.wait_for(r"content/en/a\.md: error: .* was stopped: it took more than 1 s", said)
            preview.wait_for("the last good version is still shown", said)
            said = len(preview.said)
            made.edit("content/en/a.md", f"{PAGE}Good {number}")
            preview.wait_for(r"a\.md: 1 file", said)
        assert "Traceback" not in preview.said
