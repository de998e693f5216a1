"""Calendars as programs read them (RFC 5545): whole days, each with an id that stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MOST_OCTETS = 75
"""Of one line; what is longer goes on in the next, after a space."""
_SIGNS = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""}


@dataclass(frozen=True)
class Day:
    """One whole day in a calendar. uid: the same whenever the calendar is asked again."""

    uid: str
    on: date
    title: str
    link: str


def escaped(text: str) -> str:
    """People's text as a value: nothing in it ends the value, the line or the entry."""
    shown = "".join(_SIGNS.get(sign, sign) for sign in text)
    return "".join(sign for sign in shown if sign >= " " and sign != "\x7f")


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, no letter cut in two."""
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > MOST_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    return "\r\n".join([*pieces, piece])


def calendar(name: str, days: Iterable[Day], *, now: datetime) -> bytes:
    """A calendar of whole days. now: in UTC."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Advocacy//Due dates//EN"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}"]
    for day in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{escaped(day.uid)}",
            f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(day.title)}",
            f"URL:{day.link}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return ("\r\n".join(folded(line) for line in lines) + "\r\n").encode()
