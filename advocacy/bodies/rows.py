"""What may leave the room."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class PartRow:
    """A part of a body. act_id: the last that was said of it; member_id: the organisation it is."""

    act_id: UUID
    body_id: UUID
    part_id: UUID
    name: str
    member_id: UUID | None
    is_sensitive: bool
    from_on: date
    until_on: date | None
    note: str
    audience_id: UUID

    def belongs(self, on: date) -> bool:
        """Whether it belongs to the body on a day."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)
