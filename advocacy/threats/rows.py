"""What goes into the room and what leaves it."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from advocacy.threats.schema import Level, Threat, ThreatMembers


@dataclass(frozen=True)
class Entry:
    """All fields of a threat as its owner writes them. area_id None = the whole country."""

    risk_code: str
    title: str
    summary: str
    area_id: UUID | None = None
    place: str = ""
    severity: int | None = None
    trend: str = "unclear"
    people_low: int | None = None
    people_high: int | None = None
    how_known: str = "heard"
    party: str = "unknown"
    started_on: date | None = None
    next_review: date | None = None
    language: str = "en"
    sensitivity: int | None = None
    is_survivor_record: bool = False
    narrative: str = ""


@dataclass(frozen=True)
class Sharing:
    """Who may see a threat. level: of `rules.Level`.

    organisation_ids and circle_ids are named beside the level; they do not count at own level nor
    at public. narrative_ids name who reads the restricted part beside its own
    organisation: organisations, and circles that see the record.
    """

    level: str = "own"
    organisation_ids: frozenset[UUID] = field(default_factory=frozenset)
    narrative_ids: frozenset[UUID] = field(default_factory=frozenset)
    circle_ids: frozenset[UUID] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Current:
    """Today's truth for somebody whose edit was based on an older version."""

    edition: int
    entry: Entry


@dataclass(frozen=True)
class Seen:
    """One threat as this reader may know it. members, narrative None = not for this reader."""

    safe: Threat
    level: Level
    members: ThreatMembers | None = None
    narrative: str | None = None
