"""What leaves the room: frozen, and field by field."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class WordingRow:
    """A text in one language. number: which it is of those written in this language, from 1."""

    id: UUID
    language: str
    text: str
    is_official: bool
    source: str
    organisation: str
    recorded_at: datetime
    number: int
