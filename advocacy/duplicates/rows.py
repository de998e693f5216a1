"""What leaves the room."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Card:
    """A record as the search for pairs compares it."""

    id: UUID
    risk_code: str
    title: str
    summary: str
    words: str
    area_id: UUID | None
    started_on: date | None
    ended_on: date | None
    is_ours: bool


@dataclass(frozen=True)
class Pair:
    """Two records that look alike. likeness: 0 to 100, of their words."""

    ours: Card
    other: Card
    likeness: int


@dataclass(frozen=True)
class Panel:
    """For a record's page: what absorbed it, what it absorbed; (id, title) each."""

    into: tuple[UUID, str] | None = None
    absorbed: tuple[tuple[UUID, str], ...] = ()
    act_id: UUID | None = None
    can_undo: bool = False

    @property
    def ids(self) -> list[UUID]:
        """Of what it absorbed."""
        return [threat_id for threat_id, _title in self.absorbed]
