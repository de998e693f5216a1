"""What leaves the room: frozen, and field by field."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone as it stands. act_id: the last that was said of it. reached_on: if it was."""

    id: UUID
    act_id: UUID
    ask_id: UUID
    text: str
    due_on: date
    due_precision: str
    state: str
    reached_on: date | None
