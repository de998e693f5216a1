"""What leaves the room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from advocacy.reference.rows import AreaRow


class Full(NamedTuple):
    """One record as its reader may know it; members_id, narrative None = not for this reader."""

    id: UUID
    ref: str
    title: str
    summary: str
    language: str
    status: str
    risk_code: str
    area_id: UUID | None
    severity: int | None
    trend: str
    people_least: int | None
    people_most: int | None
    sensitivity: int
    is_survivor_record: bool
    started_on: date | None
    ended_on: date | None
    next_review: date | None
    checked_at: datetime
    organisation_id: UUID
    audience_id: UUID
    members_id: UUID | None
    exact_area_id: UUID | None
    place: str | None
    people_low: int | None
    people_high: int | None
    how_known: str | None
    party: str | None
    narrative: str | None


@dataclass(frozen=True)
class Words:
    """What ids and codes mean, in one language. levels: audience -> how far it goes."""

    country: str
    areas: Mapping[UUID, AreaRow]
    risks: Mapping[str, str]
    severities: Mapping[int, str]
    organisations: Mapping[UUID, str] = field(default_factory=dict)
    levels: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LogRow:
    """One file that was taken out. rows, digest None = it broke off."""

    id: UUID
    person_id: UUID | None
    at: datetime
    kind: str
    reach: str
    asked: Mapping[str, Any]
    rows: int | None
    digest: str | None
