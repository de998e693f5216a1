"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class OpenRound:
    """An open round as the worker sees it. silent: organisations asked that said nothing."""

    id: UUID
    workspace_id: UUID
    opened_at: datetime
    closes_at: datetime
    zone: str
    silent: frozenset[UUID]
    call_id: UUID | None
    called_at: datetime | None


@dataclass(frozen=True)
class Due:
    """One reminder that is due. round_id: None for a digest."""

    person_id: UUID
    organisation_id: UUID
    step: str
    round_id: UUID | None
