"""What may leave the room."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class DonorRow:
    """Who takes part now. last_on: None = without an end; act_id: what set it last."""

    membership_id: UUID
    organisation_id: UUID
    organisation: str
    standing: str
    last_on: date | None
    act_id: UUID | None = None


@dataclass(frozen=True)
class SetRow:
    """One time that a last day was set."""

    last_on: date | None
    reason: str
    at: datetime
    organisation_id: UUID
