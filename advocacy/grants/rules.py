"""What a last day must be, and when it is near."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from advocacy.access.actor import Standing
from advocacy.audit.rules import Event
from advocacy.ground import clock
from advocacy.ground.reasons import Reason

SOON_DAYS = 30
MOST_REASON = 2_000
FARTHEST = timedelta(days=366 * 20)


@dataclass(frozen=True)
class Said:
    """A last day to be set. last_on: None = it takes part without an end."""

    last_on: date | None
    reason: str = ""


def faults(said: Said, *, standing: str, today: date) -> list[Reason]:
    """What is wrong with it. today: in the workspace's zone."""
    found = [] if standing == Standing.DONOR else [Reason("grants.no-donor")]
    if said.last_on is not None and said.last_on < today:
        found.append(Reason("grants.in-past", "last_on"))
    if said.last_on is not None and said.last_on > today + FARTHEST:
        found.append(Reason("grants.too-far", "last_on"))
    if not said.reason.strip():
        found.append(Reason("grants.say-why", "reason"))
    if len(said.reason) > MOST_REASON:
        found.append(Reason("form.too-long", "reason", {"most": MOST_REASON}))
    return found


def ends_at(last_on: date, zone: str) -> datetime:
    """The instant at which the day after begins there: from it on nothing is read any more."""
    after = last_on + timedelta(days=1)
    # On a night when the clocks go forward there may be no midnight: the day begins at one.
    begins = clock.instant(after, time(0), zone) or clock.instant(after, time(1), zone)
    return begins or datetime.combine(after, time(0), UTC)


@dataclass(frozen=True)
class Set(Event):
    """A last day was set, moved or taken away. last_on: empty = taken away."""

    NAME = "grants.set"
    organisation: str
    last_on: str
