"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from markupsafe import Markup

from advocacy.text.anchor import Anchor, Placement


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


@dataclass(frozen=True)
class Remark:
    """A comment as a page shows it."""

    organisation: str
    at: datetime
    html: Markup


@dataclass(frozen=True)
class Talk:
    """A thread as a page shows it. placement: what became of the words it is about."""

    id: UUID
    is_open: bool
    quote: str
    placement: Placement
    remarks: tuple[Remark, ...]
    href: str
