"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class ExtensionRow:
    """A round stays open until `closes_at`. person: who of the lead said so."""

    id: UUID
    closes_at: datetime
    reason: str
    person: str
    at: datetime
