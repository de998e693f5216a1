"""Working time between two instants, and what a calendar may be.

Source: practice B22 (working hours of the workspace's calendar; 72 hours are three working days).
"""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction

from advocacy.audit.rules import Event
from advocacy.ground import clock
from advocacy.ground.reasons import Reason

LONGEST_NAME = 200
MOST_DAYS_AT_ONCE = 31
_DAY = timedelta(days=1)
_EVERY_DAY = frozenset(range(7))


class DayKind(StrEnum):
    """What a day is."""

    HOLIDAY = "holiday"
    BLACKOUT = "blackout"
    WORKING = "working"


@dataclass(frozen=True)
class CalendarChanged(Event):
    NAME = "calendars.changed"
    zone: str
    weekend: str


@dataclass(frozen=True)
class DaysChanged(Event):
    NAME = "calendars.days-changed"
    first: str
    last: str
    kind: str


@dataclass(frozen=True)
class Calendar:
    """A workspace's calendar. weekend: weekdays off, Monday is 0. off: holidays and blackouts."""

    zone: str = "UTC"
    weekend: frozenset[int] = frozenset({5, 6})
    off: frozenset[date] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        """True for a day on which time counts."""
        return day.weekday() not in self.weekend and day not in self.off

    def begins(self, day: date) -> datetime:
        """The first instant of a day. Where midnight is left out, the hour that follows it."""
        zone = clock.zone(self.zone) or UTC
        return datetime.combine(day, time(0), tzinfo=zone).astimezone(UTC)

    def at(self, day: date, hour: time) -> datetime | None:
        """The instant of an hour of a day; None where the zone leaves that hour out."""
        return clock.instant(day, hour, self.zone)

    def day_of(self, at: datetime) -> date:
        """The day of an instant."""
        return clock.day_in(at, self.zone)


def weekdays(written: str) -> frozenset[int]:
    """The weekdays in `4,5`; what is none is left out."""
    parts = (part.strip() for part in written.split(","))
    return frozenset(int(part) for part in parts if part.isdigit() and int(part) in _EVERY_DAY)


def working_days(calendar: Calendar, start: datetime, end: datetime) -> Fraction:
    """How many working days lie between two instants; parts of a day count as parts.

    A day counts as one whether it has 23, 24 or 25 hours. Nothing when `end` is not later.
    """
    found = Fraction(0)
    if end <= start:
        return found
    day, last = calendar.day_of(start), calendar.day_of(end)
    while day <= last:
        if calendar.is_working(day):
            found += _part(calendar.begins(day), calendar.begins(day + _DAY), start, end)
        day += _DAY
    return found


def _part(begins: datetime, ends: datetime, start: datetime, end: datetime) -> Fraction:
    """How much of a day lies between two instants. A day that a zone left out has no length."""
    length, inside = ends - begins, min(end, ends) - max(start, begins)
    if length <= timedelta(0) or inside <= timedelta(0):
        return Fraction(0)
    return Fraction(inside // timedelta(microseconds=1), length // timedelta(microseconds=1))


def whole_days(calendar: Calendar, today: date, last: date) -> int:
    """How many working days come after today, up to and with the last one."""
    days = (today + _DAY * n for n in range(1, (last - today).days + 1))
    return sum(calendar.is_working(day) for day in days)


def after(calendar: Calendar, start: datetime, days: int) -> datetime:
    """The first instant with so many working days between `start` and it."""
    left, day, at = Fraction(days), calendar.day_of(start), start
    while left > 0:
        begins, ends = calendar.begins(day), calendar.begins(day + _DAY)
        here = _part(begins, ends, start, ends) if calendar.is_working(day) else Fraction(0)
        if here >= left:
            microseconds = left * ((ends - begins) // timedelta(microseconds=1))
            return max(start, begins) + timedelta(microseconds=-(-microseconds // 1))
        left, day, at = left - here, day + _DAY, ends
    return at


def faults(*, zone: str, weekend: Set[int]) -> list[Reason]:
    """What is wrong with a zone or a weekend."""
    found = [] if clock.zone(zone) else [Reason("form.zone", "zone")]
    if not weekend <= _EVERY_DAY:
        found.append(Reason("form.choice", "weekend"))
    if weekend >= _EVERY_DAY:
        found.append(Reason("calendars.no-working-day", "weekend"))
    return found


def day_faults(first: date, last: date, *, kind: str, name: str) -> list[Reason]:
    """What is wrong with days that are put into a calendar."""
    found = [] if kind in set(DayKind) else [Reason("form.choice", "kind")]
    if last < first:
        found.append(Reason("calendars.ends-before-it-begins", "last"))
    elif (last - first).days >= MOST_DAYS_AT_ONCE:
        found.append(Reason("calendars.too-many-days", "last", {"most": MOST_DAYS_AT_ONCE}))
    if kind != DayKind.WORKING and not name:
        found.append(Reason("form.required", "name"))
    if len(name) > LONGEST_NAME:
        found.append(Reason("form.too-long", "name", {"most": LONGEST_NAME}))
    return found
