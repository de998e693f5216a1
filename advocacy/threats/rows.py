"""What goes into the room and what leaves it: frozen, detached from the session."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID


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

    organisation_ids count at level named only; narrative_ids name who reads the restricted part
    beside its own organisation.
    """

    level: str = "own"
    organisation_ids: frozenset[UUID] = field(default_factory=frozenset)
    narrative_ids: frozenset[UUID] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Current:
    """Today's truth for somebody whose edit was based on an older version."""

    edition: int
    entry: Entry


@dataclass(frozen=True)
class Members:
    """The members class of a threat."""

    organisation_id: UUID
    area_id: UUID | None
    place: str
    people_low: int | None
    people_high: int | None
    how_known: str
    party: str


@dataclass(frozen=True)
class Detail:
    """One threat as this reader may know it. members, narrative None = not for this reader."""

    id: UUID
    ref: str
    workspace_id: UUID
    organisation_id: UUID
    risk_code: str
    title: str
    summary: str
    language: str
    status: str
    area_id: UUID | None
    severity: int | None
    scale_id: str
    trend: str
    people_least: int | None
    people_most: int | None
    sensitivity: int
    is_survivor_record: bool
    started_on: date | None
    ended_on: date | None
    next_review: date | None
    checked_at: datetime
    edition: int
    level: str
    members: Members | None = None
    narrative: str | None = None


@dataclass(frozen=True)
class VersionRow:
    """One entry of a threat's history, of one class of fields. number: of the act, never shown."""

    number: int
    at: datetime
    what: str
    field_class: str
    changes: tuple[tuple[str, Any, Any], ...]
    person_id: UUID | None
