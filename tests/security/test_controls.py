"""Control characters reach no output, and no message to the preview stops it."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from support.site import SiteFolder

from sitegen.model.views import CalendarView, EventView
from sitegen.outputs.calendar import calendar
from sitegen.outputs.filters import jsonld
from sitegen.preview.server import _Socket
from sitegen.text.characters import without_controls

Make = Callable[..., SiteFolder]
CONTROLS = ["\x00", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x80", "\x9f", "\ufffe", "\uffff"]


@pytest.mark.parametrize("control", CONTROLS)
def test_no_control_character_reaches_an_output(site: Make, control: str) -> None:
    made = site()
    text = json.dumps(f"a{control}b")
    made.edit(
        "content/sl/a.md",
        f"---\ntitle: {text}\ndescription: {text}\n---\n\nA&#{ord(control)};B <b>&#{ord(control)};</b>\n",
    )
    made.edit("data/d.yaml", f"x: {text}\n")
    result = made.build()
    assert not result.failed, made.problems
    assert "a\N{REPLACEMENT CHARACTER}b" in made.read("sl/a/index.html")
    for path, data in made.outputs.items():
        if path.endswith((".html", ".xml", ".js", ".json")):
            assert control not in data.decode(), path


@pytest.mark.parametrize("control", [*CONTROLS, "\r", "\x85"])
def test_no_control_character_reaches_a_calendar(control: str) -> None:
    day = dt.date(2026, 1, 1)
    event = EventView(f"u{control}@x", day, day, f"a{control}b", f"c{control}d", f"e{control}f", "https://x.example/")
    text = calendar(CalendarView("sl", "sl/a.ics", f"t{control}", day, (event,))).decode()
    assert control not in text.replace("\r\n", "\n")
    assert without_controls(text) == text


@pytest.mark.parametrize("control", CONTROLS)
def test_no_control_character_reaches_json(control: str) -> None:
    assert json.loads(str(jsonld({"a": f"b{control}"}))) == {"a": "b\N{REPLACEMENT CHARACTER}"}


@pytest.mark.parametrize(
    "message",
    ["[" * 5000, '{"a":' * 5000, "[" * 500_000, "", "x", "[]", "1", "null", '{"command": 1}', "\x00", '""', b"\xff"],
)
def test_no_message_stops_the_preview(message: str | bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    socket = _Socket.__new__(_Socket)
    closed: list[bool] = []
    monkeypatch.setattr(socket, "close", lambda: closed.append(True), raising=False)
    socket.on_message(message)
    assert closed or message == '{"command": 1}'
