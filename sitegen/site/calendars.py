"""Lists of events in data/ to calendar files, one for each language that has the page about them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sitegen.core.outlets import Calendar
from sitegen.core.phrases import Phrase, phrase
from sitegen.core.problems import Place, Problem, problem
from sitegen.core.urls import absolute, quoted
from sitegen.core.views import CalendarView, EventView, Task
from sitegen.site.address import Node
from sitegen.site.link import Site


def calendar_urls(site: Site) -> dict[str, dict[str, str]]:
    """Return language → name → address of its calendar file. A calendar needs base_url, and a page of its own."""
    if not site.config.base_url:
        return {}
    return {
        code: {name: f"{code}/{name}.ics" for name, calendar in site.config.calendars if _page(site, code, calendar)}
        for code in site.config.codes
    }


def _page(site: Site, lang: str, calendar: Calendar) -> Node | None:
    node = site.node(lang, calendar.page)
    return None if node is None or node.is_fallback else node


def calendar_tasks(site: Site, data: Mapping[str, Mapping[str, Any]]) -> tuple[list[Task], list[Problem]]:
    """Return a task for every calendar; `data` is language → file → value. Problems: calendar-broken."""
    tasks, problems = [], []
    for name, calendar in site.config.calendars:
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
            node = _page(site, lang, calendar)
            if node is None:
                continue
            events, wrong = _events(site, node, calendar, data[lang])
            if wrong:
                problems.append(problem("calendar-broken", place, name=name, reason=wrong))
                break
            view = CalendarView(lang, urls[name], node.page.front.title, _changed(node, events), events)
            tasks.append(Task(view.url, "calendar", view, node.page.path))
    return tasks, problems


def _events(
    site: Site, node: Node, calendar: Calendar, data: Mapping[str, Any]
) -> tuple[tuple[EventView, ...], Phrase | None]:
    """Return the events, or none and what is wrong with the data."""
    file = data.get(calendar.data.replace("/", "_").replace("-", "_"))
    entries = file.get(calendar.list) if isinstance(file, Mapping) else None
    if not isinstance(entries, tuple):
        file = f"data/{calendar.data}.yaml"
        return (), phrase("{file} has no list “{list}”", file=file, list=calendar.list)
    events = []
    for number, entry in enumerate(entries, 1):
        wrong = _mistake(entry, calendar, number)
        if wrong:
            return (), wrong
        events.append(_event(site, node, calendar, entry))
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


def _event(site: Site, node: Node, calendar: Calendar, entry: Mapping[str, Any]) -> EventView:
    base = site.config.base_url
    own = str(entry[calendar.id])
    anchor = f"#{quoted(own)}" if own in node.page.ids else ""
    return EventView(
        uid=f"{own}@{urlsplit(base).hostname}",
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


def _changed(node: Node, events: tuple[EventView, ...]) -> dt.date:
    """Return the day that stands for the calendar's last change: from front matter, never from the clock."""
    front = node.page.front
    days = [day for day in (front.updated, front.date) if isinstance(day, dt.date)]
    return days[0] if days else max((event.start for event in events), default=dt.date(1970, 1, 1))
