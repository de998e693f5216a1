"""Who must say yes before a record is seen by more; the room's events."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from advocacy.audit.rules import Event
from advocacy.threats.rows import Sharing

ASKED, CONFIRMED, TAKEN_BACK = "asked", "confirmed", "taken-back"
AGREED, REFUSED = "agreed", "refused"
LASTS = timedelta(days=14)
ALONE = timedelta(hours=48)
"""What stands for a second person where there is none (practice A5)."""

CHILDREN, VIOLENCE = "child-protection", "gender-based-violence"
AREAS = (CHILDREN, VIOLENCE)
_AREAS_OF = {"PR03": {CHILDREN}, "PR07": {CHILDREN}, "PR08": {VIOLENCE}}
LONGEST_REASON = 2_000
# What a coordinator is asked about: nothing that leads to one incident.
TOLD = ("risk_code", "title", "summary", "severity", "trend", "people_least", "people_most")


def areas_of(risk_code: str) -> frozenset[str]:
    """The areas whose coordinator may agree; a survivor's record of another risk is of both."""
    return frozenset(_AREAS_OF.get(risk_code, AREAS))


def choice(sharing: Sharing) -> dict[str, Any]:
    """A choice of readers, plain enough for JSON."""
    ids = ("organisation_ids", "narrative_ids", "circle_ids")
    return {"level": sharing.level} | {n: sorted(map(str, getattr(sharing, n))) for n in ids}


def chosen(of: Mapping[str, Any]) -> Sharing:
    """The choice that was kept so."""
    ids = ("organisation_ids", "narrative_ids", "circle_ids")
    return Sharing(of["level"], **{name: frozenset(map(UUID, of[name])) for name in ids})


def may_confirm(
    *, person: UUID | None, asked_by: UUID | None, alone_from: datetime | None, now: datetime
) -> bool:
    """Another person at once; the same one only where it was alone and has waited."""
    if person is None:
        return False
    return person != asked_by or (alone_from is not None and alone_from <= now)


def alone_from(person: UUID | None, holders: Collection[UUID], now: datetime) -> datetime | None:
    """From when who asks may confirm too: only where nobody else could."""
    return None if set(holders) - {person} else now + ALONE


@dataclass(frozen=True)
class WideningAsked(Event):
    NAME = "sharing.widening-asked"


@dataclass(frozen=True)
class WideningEnded(Event):
    NAME = "sharing.widening-ended"
    what: str


@dataclass(frozen=True)
class AreaPut(Event):
    NAME = "sharing.area-put"
    area: str


@dataclass(frozen=True)
class AreaSaid(Event):
    NAME = "sharing.area-said"
    what: str
