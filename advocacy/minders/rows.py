"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class DefaultRow:
    """Who follows up from then on; minder is empty where that was taken back."""

    id: UUID
    minder_id: UUID | None
    minder: str
    note: str
    organisation: str
    recorded_at: datetime
