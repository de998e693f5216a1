"""When somebody is reminded, and when not.

Sources: practice B22 (the workspace's calendar), D38 (no content); RFC 8058 (a mail program
stops mails by one press).
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from advocacy.audit.rules import Event
from advocacy.calendars.rules import Calendar, working_days
from advocacy.ground import clock
from advocacy.ground.reasons import Reason

BETWEEN_CALLS = timedelta(hours=20)
"""The lead can ask once a day; twenty hours, so that "every morning" need not be to the minute."""
MORNING = 8
"""The hour from which a digest goes out, in the person's zone."""
_HOURS = range(24)
_FIRST_ASK_LEAVES = timedelta(days=1)
"""The mail that first asks waits out quiet hours only where more than this is left after them."""
_SIGN_BYTES = 16


class How(StrEnum):
    """How a person is reminded."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Step(StrEnum):
    """The reminders of one round, in the order they fall due."""

    THREE_DAYS = "three-days"
    ONE_DAY = "one-day"


_LEFT = ((Step.ONE_DAY, 1), (Step.THREE_DAYS, 3))
"""Each step with the working days that are left when it falls due; the later first."""


@dataclass(frozen=True)
class Choice:
    """How one person wants it. quiet_from, quiet_until: hours of the zone `zone`."""

    how: str = How.AT_ONCE
    quiet_from: int = 20
    quiet_until: int = 7
    zone: str = "UTC"


@dataclass(frozen=True)
class SilentReminded(Event):
    NAME = "reminders.called"
    round: str


def faults(how: str, quiet_from: int, quiet_until: int) -> list[Reason]:
    """What is wrong with a choice."""
    found = [] if how in set(How) else [Reason("form.choice", "how")]
    for field, hour in (("quiet_from", quiet_from), ("quiet_until", quiet_until)):
        found += [] if hour in _HOURS else [Reason("form.choice", field)]
    return found


def call_faults(last: datetime | None, *, is_open: bool, now: datetime) -> list[Reason]:
    """Why the lead cannot ask for reminders now. last: when it last did."""
    if not is_open:
        return [Reason("signoff.round-closed")]
    if last is not None and now - last < BETWEEN_CALLS:
        return [Reason("reminders.asked-today")]
    return []


def step(calendar: Calendar, opened: datetime, closes: datetime, now: datetime) -> Step | None:
    """The reminder of a round that is due now; None before the first and after the close.

    A step that was never reached (the round was opened later than that) is left out: who was just
    asked is not reminded. An earlier step that was missed gives way to the later one.
    """
    if not opened <= now < closes:
        return None
    whole, left = working_days(calendar, opened, closes), working_days(calendar, now, closes)
    return next((name for name, days in _LEFT if left <= days < whole), None)


def is_quiet(choice: Choice, now: datetime) -> bool:
    """True in the hours in which this person gets no reminder."""
    first, end, hour = choice.quiet_from, choice.quiet_until, _local(choice, now).hour
    return first <= hour < end if first <= end else hour >= first or hour < end


def ends_quiet(choice: Choice, now: datetime) -> datetime:
    """The first instant from now on, by whole hours of the person's clock, that is not quiet.

    Walked hour by hour in UTC, so a night that is an hour shorter or longer ends when it ends.
    """
    at = now
    for _hour in range(26):
        if not is_quiet(choice, at):
            return at
        local = _local(choice, at)
        left = timedelta(hours=1) - timedelta(
            minutes=local.minute, seconds=local.second, microseconds=local.microsecond
        )
        at += left
    return at


def first_ask(choice: Choice, closes_at: datetime, now: datetime) -> datetime | None:
    """When the mail that first asks leaves, where it waits for the end of quiet hours; None = now.

    Whoever wants no reminders has quiet hours all the same: it is asked, by day.
    """
    at = ends_quiet(choice, now)
    return at if at > now and closes_at - at > _FIRST_ASK_LEAVES else None


def stop_token(person_id: UUID, *, key: str) -> str:
    """What stands in the link that stops this person's reminders, and does nothing else."""
    return urlsafe_b64encode(person_id.bytes + _sign(person_id, key)).decode().rstrip("=")


def person_of(token: str, *, key: str) -> UUID | None:
    """The person in such a link; None where `stop_token` did not make it with this key."""
    try:
        raw = urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4))
        person_id = UUID(bytes=raw[:16])
    except (Error, ValueError):
        return None
    made = stop_token(person_id, key=key)
    is_ours = bool(key) and hmac.compare_digest(made.encode(), token.encode())
    return person_id if is_ours else None


def _sign(person_id: UUID, key: str) -> bytes:
    made = hmac.new(key.encode(), b"stop reminders" + person_id.bytes, sha256)
    return made.digest()[:_SIGN_BYTES]


def digest(choice: Choice, calendar: Calendar, now: datetime, *, sent: Set[str]) -> str | None:
    """The digest that is due now, by its name (`daily:2026-11-22`); None where none is.

    sent: names of those that this person had. On working days alone; a weekly one on the first
    working day of the week, which begins after the calendar's weekend.
    """
    local = _local(choice, now)
    day = local.date()
    if not calendar.is_working(day) or local.hour < MORNING or is_quiet(choice, now):
        return None
    if choice.how == How.DAILY:
        name = f"daily:{day.isoformat()}"
        return None if name in sent else name
    if choice.how != How.WEEKLY:
        return None
    name = f"weekly:{_rest_before(calendar, day).isoformat()}"
    return None if name in sent else name


def _rest_before(calendar: Calendar, day: date) -> date:
    """The last day of rest before a day, which names its week; a Monday where none rests."""
    back = (n for n in range(7) if (day - timedelta(days=n)).weekday() in calendar.weekend)
    return day - timedelta(days=next(back, day.weekday()))


def _local(choice: Choice, now: datetime) -> datetime:
    return now.astimezone(clock.zone(choice.zone) or UTC)
