"""What leaves the room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Offer:
    """A hand-over that waits for its answer."""

    id: UUID
    threat_id: UUID
    owner_id: UUID
    to_id: UUID
    at: datetime
