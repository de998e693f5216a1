"""What goes through the room."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Line:
    """An ask as the list offers it. base: what a deed on it would follow; empty: nothing yet."""

    ask_id: UUID
    recommendation_id: UUID
    title: str
    language: str
    ref: str
    addressee: str
    due_on: date | None
    due_precision: str
    tags: tuple[str, ...]
    base: str
