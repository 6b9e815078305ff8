"""Calendar files (RFC 5545, package icalendar): lists of events in data/, one file for each language with their page.

Nothing in it comes from the clock: DTSTAMP is the day that the page about the events was last changed.
"""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sitegen.model.config import Calendar
from sitegen.model.phrases import Phrase, phrase
from sitegen.model.problems import Place, Problem, problem
from sitegen.model.urls import absolute, quoted
from sitegen.model.views import CalendarView, EventView, Task
from sitegen.outputs.kind import Kind, Linked, sees_nothing
from sitegen.site.output_urls import calendar_page, calendar_urls
from sitegen.text.characters import without_controls

if TYPE_CHECKING:
    from icalendar import Event

    from sitegen.outputs.render import Renderer
    from sitegen.site.links import Site
    from sitegen.site.nodes import Node


def calendar_tasks(linked: Linked) -> tuple[list[Task], list[Problem]]:
    """Return a task for every calendar: it needs base_url. Problems: calendar-broken."""
    site, data = linked.site, linked.data
    tasks: list[Task] = []
    problems: list[Problem] = []
    for name, calendar in site.config.calendars if site.config.base_url else ():
        place = site.config.places.get(calendar.page, Place("site.yaml"))
        if any(page.key == calendar.page for page in site.drafts.values()) and calendar.page not in site.sources:
            continue  # its page is not published yet, or no longer: nor is the calendar
        if calendar.page not in site.sources:
            reason = phrase("there is no page “{page}”", page=calendar.page)
            if any(page.key == calendar.page for page in site.drafts.values()):
                reason = phrase("the page “{page}” is a draft and will not be published", page=calendar.page)
            problems.append(problem("calendar-broken", place, name=name, reason=reason))
            continue
        for lang, urls in calendar_urls(site).items():
            node = calendar_page(site, lang, calendar)
            if node is None:
                continue
            events, mistake = _events(site, node, calendar, data[lang])
            if mistake:
                problems.append(problem("calendar-broken", place, name=name, reason=mistake))
                break
            view = CalendarView(lang, urls[name], node.page.front.title, _changed(node, events), events)
            tasks.append(Task(view.url, "calendar", view, node.page.path))
    return tasks, problems


def _write(view: CalendarView, _: "Renderer") -> tuple[bytes, list[Problem]]:
    return calendar(view), []


CALENDAR = Kind(calendar_tasks, sees_nothing, _write)


def _events(
    site: "Site", node: "Node", calendar: Calendar, data: Mapping[str, Any]
) -> tuple[tuple[EventView, ...], Phrase | None]:
    """Return the events, or no events and the mistake in the data."""
    file = data.get(calendar.data.replace("/", "_").replace("-", "_"))
    entries = file.get(calendar.list) if isinstance(file, Mapping) else None
    if not isinstance(entries, tuple):
        file = f"data/{calendar.data}.yaml"
        return (), phrase("{file} has no list “{list}”", file=file, list=calendar.list)
    events = []
    for number, entry in enumerate(entries, 1):
        mistake = _mistake(entry, calendar, number)
        if mistake:
            return (), mistake
        events.append(_planned_event(site, node, calendar, entry))
    return tuple(events), None


def _mistake(entry: Any, calendar: Calendar, number: int) -> Phrase | None:
    """Say what an entry lacks, None when it is good."""
    which: dict[str, object] = {"number": number, "list": calendar.list}
    if not isinstance(entry, Mapping):
        return phrase("entry {number} of “{list}” is not a group of “key: value” lines", **which)
    named = (calendar.id, calendar.start, calendar.end)
    for name in (*named, *calendar.summary, *calendar.location, *calendar.description):
        if name not in entry:
            return phrase("entry {number} of “{list}” has no “{name}”", **which, name=name)
    start, end = entry[calendar.start], entry[calendar.end]
    if not (isinstance(start, dt.date) and isinstance(end, dt.date)):
        days = {"start": calendar.start, "end": calendar.end}
        return phrase("entry {number} of “{list}” must have dates in “{start}” and “{end}”", **which, **days)
    return phrase("entry {number} of “{list}” ends before it begins", **which) if end < start else None


def _planned_event(site: "Site", node: "Node", calendar: Calendar, entry: Mapping[str, Any]) -> EventView:
    base = site.config.base_url
    entry_id = str(entry[calendar.id])
    anchor = f"#{quoted(entry_id)}" if entry_id in node.page.ids else ""
    return EventView(
        uid=f"{entry_id}@{urlsplit(base).hostname}",
        start=_date(entry[calendar.start]),
        end=_date(entry[calendar.end]),
        summary=", ".join(_words(entry[name]) for name in calendar.summary),
        location=", ".join(_words(entry[name]) for name in calendar.location),
        description="\n".join(_words(entry[name]) for name in calendar.description),
        address=absolute(base, node.url) + anchor,
    )


def _date(value: dt.date) -> dt.date:
    """Return a day of free data as records have it."""
    return dt.date(value.year, value.month, value.day)


def _words(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _changed(node: "Node", events: tuple[EventView, ...]) -> dt.date:
    """Return the day of the calendar's last change: from front matter, never from the clock."""
    front = node.page.front
    days = [day for day in (front.updated, front.date) if isinstance(day, dt.date)]
    return days[0] if days else max((event.start for event in events), default=dt.date(1970, 1, 1))


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
