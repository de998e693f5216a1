"""Which fields can be proposed, how a proposal stands; the room's events. Threat register 3.3."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.text.canon import canonical_json

SAFE = ("risk_code", "title", "summary", "severity", "trend", "started_on")
MEMBERS = ("area_id", "place", "people_low", "people_high", "party")
FIELDS = (*SAFE, *MEMBERS)
LONGEST_REASON = 2_000


class Mark(StrEnum):
    """A proposed field beside the record of today: as it was, so already, changed otherwise."""

    FRESH = "fresh"
    DONE = "done"
    MOVED = "moved"


class State(StrEnum):
    """How a proposal stands. Stale is computed: no field of it can be accepted any more."""

    OPEN = "open"
    STALE = "stale"
    ACCEPTED = "accepted"
    PARTLY = "partly"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Proposed(Event):
    NAME = "proposals.proposed"


@dataclass(frozen=True)
class Decided(Event):
    NAME = "proposals.decided"
    deed: str


def plain(value: Any) -> Any:
    """A value of a record as a proposal keeps it."""
    return str(value) if isinstance(value, UUID | date) else value


def typed(name: str, value: Any) -> Any:
    """The same as a record wants it."""
    if value is not None and name == "area_id":
        return UUID(value)
    return date.fromisoformat(value) if value is not None and name == "started_on" else value


def digest(values: Mapping[str, Any]) -> str:
    """What a proposal names as read."""
    return sha256(canonical_json({k: str(v) for k, v in sorted(values.items())})).hexdigest()


def patch(now: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What differs: field -> [as it is, as proposed]."""
    return {n: [now[n], wanted[n]] for n in FIELDS if n in wanted and wanted[n] != now[n]}


def mark(before: Any, after: Any, now: Any) -> Mark:
    """How a proposed field stands."""
    if now == after:
        return Mark.DONE
    return Mark.FRESH if now == before else Mark.MOVED


def state(deed: str, marks: Iterable[str]) -> State:
    """How a proposal stands. deed: what was done with it, if anything."""
    if deed:
        return State(deed)
    return State.OPEN if Mark.FRESH in set(marks) else State.STALE


def is_within(
    patch: Mapping[str, list[Any]], wanted: Mapping[str, list[Any]], taken: Iterable[str]
) -> bool:
    """True when all that `wanted` asks for is what was taken of `patch`."""
    known = set(taken)
    return all(n in known and pair[1] == patch[n][1] for n, pair in wanted.items())


def reason_faults(reason: str) -> list[Reason]:
    """A proposal, and a refusal, say why."""
    if not reason:
        return [Reason("proposals.say-why", "reason")]
    most = {"most": LONGEST_REASON}
    return [Reason("form.too-long", "reason", most)] if len(reason) > LONGEST_REASON else []
