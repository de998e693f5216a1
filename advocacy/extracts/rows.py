"""What leaves the room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from advocacy.analysis.rows import Blocks, Known
from advocacy.assessments.rows import View
from advocacy.exhibits.rows import ExhibitRow
from advocacy.reference.rows import AreaRow


class Full(NamedTuple):
    """One record as its reader may know it; members_id, narrative None = not for this reader.

    is_over: the time of its full account is past, for everybody.
    """

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
    is_over: bool = False


NOTHING = Known(Blocks(), (), (), (), ())


@dataclass(frozen=True)
class Page:
    """What is known of the records of one page beyond their short fields, by record.

    middles: latitude and longitude of a point inside an area, where its boundary is known.
    """

    known: Mapping[UUID, Known] = field(default_factory=dict)
    agreed: Mapping[UUID, int] = field(default_factory=dict)
    views: Mapping[UUID, Sequence[View]] = field(default_factory=dict)
    evidence: Mapping[UUID, Sequence[ExhibitRow]] = field(default_factory=dict)
    middles: Mapping[UUID, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """What ids and codes mean, in one language. levels: audience -> how far it goes."""

    country: str
    areas: Mapping[UUID, AreaRow]
    risks: Mapping[str, str]
    severities: Mapping[int, str]
    organisations: Mapping[UUID, str] = field(default_factory=dict)
    levels: Mapping[UUID, str] = field(default_factory=dict)
    page: Page = field(default_factory=Page)
    language: str = "en"
    unknown: str = "?"
    stances: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)

    def known(self, row: Full) -> Known:
        """What its reader may know of a record beyond its short fields."""
        return self.page.known.get(row.id, NOTHING)


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
