"""The calendar file of one language (RFC 5545), made with the package icalendar.

Nothing in it comes from the clock: DTSTAMP is the day that the page about the events was last changed.
"""

import datetime as dt
from typing import TYPE_CHECKING

from sitegen.core.controls import without_controls
from sitegen.core.views import CalendarView, EventView

if TYPE_CHECKING:
    from icalendar import Event


def calendar(view: CalendarView) -> bytes:
    """Return the file. Days are whole days; DTEND is the day after the last one, as RFC 5545 (3.6.1) wants it."""
    from icalendar import Calendar

    file = Calendar()
    file.add("prodid", "-//sitegen//calendar//EN")
    file.add("version", "2.0")
    title = _line(view.title)
    file.add("name", title, parameters={"LANGUAGE": view.lang})
    file.add("x-wr-calname", title)  # what readers that do not know RFC 7986 show
    for event in view.events:
        file.add_component(_event(event, view))
    return bytes(file.to_ical())


def _event(event: EventView, view: CalendarView) -> "Event":
    from icalendar import Event

    language = {"LANGUAGE": view.lang}
    entry = Event()
    entry.add("uid", _line(event.uid))
    entry.add("dtstamp", dt.datetime.combine(view.changed, dt.time(), dt.UTC))
    entry.add("dtstart", event.start)
    entry.add("dtend", event.end + dt.timedelta(days=1))
    entry.add("summary", _text(event.summary), parameters=language)
    if event.location:
        entry.add("location", _text(event.location), parameters=language)
    if event.description:
        entry.add("description", _text(event.description), parameters=language)
    entry.add("url", event.address)
    entry.add("transp", "TRANSPARENT")  # the days stay free for other appointments
    return entry


def _text(text: str) -> str:
    """Return a text as RFC 5545 (3.3.11) wants it: no control character but the tab, and one kind of line end."""
    return without_controls(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"))


def _line(text: str) -> str:
    """Return a text in one line, for what icalendar does not escape."""
    return _text(text).replace("\n", " ")
