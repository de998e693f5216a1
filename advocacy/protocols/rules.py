"""How far a sensitivity may go, what a protocol must hold, which version counts; the events."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason

OWN, NAMED, MEMBERS, OUTSIDE, PUBLIC = "own", "named", "members", "outside", "public"
REACHES = (OWN, NAMED, MEMBERS, OUTSIDE, PUBLIC)
"""How far a record may go at most, each including those before it. Outside: observers or donors."""
HOUSE = {1: PUBLIC, 2: OUTSIDE, 3: MEMBERS, 4: NAMED}
"""What the house allows each sensitivity (threat register 2.3); a protocol only narrows it."""
LEVELS_OF = {
    OWN: frozenset({"own"}),
    NAMED: frozenset({"own", "named"}),
    MEMBERS: frozenset({"own", "named", "members"}),
    OUTSIDE: frozenset({"own", "named", "members", "observers", "donors"}),
    PUBLIC: frozenset({"own", "named", "members", "observers", "donors", "public"}),
}
LABELS = {1: "Low", 2: "Moderate", 3: "High", 4: "Severe"}
LONGEST = {
    "title": 160,
    "decided_by": 200,
    "host": 200,
    "country": 120,
    "readers": 2_000,
    "text": 20_000,
    "link": 500,
}
LONGEST_LABEL, MOST_MONTHS = 60, 240


def faults(told: Mapping[str, Any], *, today: date) -> list[Reason]:
    """What is wrong with a protocol; told: the fields of `rows.Terms` by name."""
    needed = ("title", "decided_by", "host", "country", "readers")
    found = [Reason("form.required", name) for name in needed if not told[name].strip()]
    for name, most in LONGEST.items():
        if len(told[name]) > most:
            found.append(Reason("form.too-long", name, {"most": most}))
    if not told["text"].strip() and not told["link"].strip():
        found.append(Reason("protocols.no-text", "text"))
    if told["link"] and not told["link"].startswith("https://"):
        found.append(Reason("protocols.link", "link"))
    if told["decided_on"] > today:
        found.append(Reason("protocols.decided-later", "decided_on"))
    if told["asks_on"] < today:
        found.append(Reason("protocols.asks-before", "asks_on"))
    months = told["keep_months"]
    if months is not None and not 1 <= months <= MOST_MONTHS:
        found.append(Reason("protocols.months", "keep_months", {"most": MOST_MONTHS}))
    return found + _level_faults(told["levels"])


def _level_faults(levels: Mapping[int, tuple[str, str]]) -> list[Reason]:
    found = []
    for sensitivity, house in HOUSE.items():
        label, widest = levels.get(sensitivity, ("", ""))
        if not label.strip():
            found.append(Reason("form.required", f"label_{sensitivity}"))
        if len(label) > LONGEST_LABEL:
            about = f"label_{sensitivity}"
            found.append(Reason("form.too-long", about, {"most": LONGEST_LABEL}))
        if widest not in REACHES:
            found.append(Reason("form.choice", f"widest_{sensitivity}"))
        elif REACHES.index(widest) > REACHES.index(house):
            found.append(Reason("protocols.too-wide", f"widest_{sensitivity}"))
    return found


class _Version(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def asks_from(self) -> datetime: ...
    @property
    def accepted_at(self) -> datetime | None: ...


def in_force(versions: Collection[_Version], now: datetime) -> _Version | None:
    """The last version whose day has come."""
    asked = [version for version in versions if version.asks_from <= now]
    return max(asked, key=lambda version: version.number, default=None)


def is_open(versions: Collection[_Version], now: datetime) -> bool:
    """True when nothing has to be accepted first: the version in force, or a later one, was."""
    asks = in_force(versions, now)
    return asks is None or any(
        version.number >= asks.number for version in versions if version.accepted_at
    )


def months_from(at: datetime, months: int) -> datetime:
    """So many months later, or earlier; the last day of a month that is too short."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    day = min(at.day, monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day)


@dataclass(frozen=True)
class Put(Event):
    NAME = "protocols.put"
    number: int


@dataclass(frozen=True)
class Accepted(Event):
    NAME = "protocols.accepted"
    number: int
