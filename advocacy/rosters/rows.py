"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class ChangeRow:
    """An organisation was put on the roster after the round opened, or taken off."""

    organisation_id: UUID
    name: str
    is_on: bool
    reason: str
    at: datetime
