"""What may leave the room."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Held:
    """An ask that somebody follows up. last_id, given_id: the rows that a hand-over follows.

    focal: the person who has it in hand, for their own organisation alone.
    """

    ask_id: UUID
    recommendation_id: UUID
    title: str
    language: str
    addressee: str
    due_on: date | None
    due_precision: str
    progress: str
    organisation_id: UUID
    minder_id: UUID | None
    focal_id: UUID | None
    last_id: UUID | None
    given_id: UUID | None


@dataclass(frozen=True)
class Step:
    """One hand-over as it is told. Names are of organisations."""

    ask_id: UUID
    recommendation_id: UUID
    title: str
    language: str
    before: str
    after: str
    by: str
    note: str
    at: datetime
