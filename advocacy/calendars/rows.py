"""What may leave the room."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class DayRow:
    """A day off. id: the act that made it so, which a change is based on."""

    id: UUID
    falls_on: date
    kind: str
    name: str
