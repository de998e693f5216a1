"""Calendars as programs read them (RFC 5545): whole days, each with an id that stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event
from icalendar.prop import vText, vUri


@dataclass(frozen=True)
class Day:
    """One whole day in a calendar. uid: the same whenever the calendar is asked again."""

    uid: str
    on: date
    title: str
    link: str


def plain(text: str) -> str:
    """People's text without the signs that no calendar may hold, and that no reader sees."""
    lines = text.replace("\r\n", "\n")
    return "".join(sign for sign in lines if sign == "\n" or (sign >= " " and sign != "\x7f"))


def calendar(name: str, days: Iterable[Day], *, now: datetime) -> bytes:
    """A calendar of whole days. now: in UTC."""
    found = Calendar()
    found.add("version", "2.0")
    found.add("prodid", "-//Advocacy//Due dates//EN")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", vText(plain(name)))
    for day in days:
        found.add_component(_event(day, now))
    return bytes(found.to_ical())


def _event(day: Day, now: datetime) -> Event:
    event = Event()
    event.add("uid", plain(day.uid))
    event.add("dtstamp", now)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", plain(day.title))
    event.add("url", vUri(day.link))
    event.add("transp", "TRANSPARENT")
    return event
