"""What leaves the room: frozen, and hashable, since pages are kept by what they say."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from advocacy.threats.schema import Status


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to. checked: days ("30", "90") or "late". severity: at least.

    area_ids: of the first level. within: a smaller area with all that lies in it, for those who
    may know exact places. is_own: records of the reader's own organisation only.
    """

    area_ids: frozenset[UUID] | None = None
    within: frozenset[UUID] | None = None
    is_country_wide: bool = False
    risk_code: str = ""
    severity: int | None = None
    trend: str = ""
    checked: str = ""
    words: str = ""
    status: str = Status.ACTIVE
    is_own: bool = False

    def without_choices(self) -> "Filters":
        """Without what is chosen from counts: area, risk, severity, trend."""
        return replace(
            self, area_ids=None, is_country_wide=False, risk_code="", severity=None, trend=""
        )


@dataclass(frozen=True)
class Found:
    """Records with the words of a search: all of them, or some where they are many."""

    ids: tuple[UUID, ...]
    is_all: bool


class Line(NamedTuple):
    """One row of the list, as the database gave it. how_known None = not for this reader.

    agreed: the severity that was agreed, where there is one.
    """

    id: UUID
    title: str
    language: str
    risk_code: str
    area_id: UUID | None
    agreed: int | None
    owner_severity: int | None
    trend: str
    checked_at: datetime
    next_review: date | None
    status: str
    sensitivity: int
    people_least: int | None
    people_most: int | None
    audience_id: UUID
    how_known: str | None

    @property
    def severity(self) -> int | None:
        """The agreed one where there is one, else its owner's."""
        return self.owner_severity if self.agreed is None else self.agreed


class Cell(NamedTuple):
    """How many visible threats share risk, area, severity and trend.

    is_more: they are counted in another of their areas too, so no total takes them.
    """

    risk_code: str
    area_id: UUID | None
    severity: int | None
    trend: str
    number: int
    is_more: bool = False


@dataclass(frozen=True)
class VersionRow:
    """One entry of a threat's history, of one class of fields. number: of the act, never shown."""

    number: int
    at: datetime
    what: str
    field_class: str
    changes: tuple[tuple[str, Any, Any], ...]
    person_id: UUID | None
