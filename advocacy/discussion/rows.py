"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from advocacy.text.anchor import Anchor


@dataclass(frozen=True)
class CommentRow:
    """What an organisation said."""

    id: UUID
    number: int
    organisation_id: UUID
    at: datetime
    text: str
    html: str


@dataclass(frozen=True)
class ThreadRow:
    """A thread with all that was said in it. anchor is None when it is about the whole."""

    id: UUID
    about_id: UUID
    lead_id: UUID
    organisation_id: UUID
    anchor: Anchor | None
    is_open: bool
    last_by: UUID
    comments: tuple[CommentRow, ...]
