"""What may leave the room."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Line:
    """A member of a body and what it said, if it did. is_member: it belongs to the body now.

    by: the organisation that wrote it down; on_behalf: another one than the member itself.
    """

    part_id: UUID
    name: str
    member_id: UUID | None
    is_member: bool
    act_id: UUID | None = None
    reply: str = ""
    text: str = ""
    due_on: date | None = None
    due_precision: str = "day"
    done: str = ""
    source_url: str = ""
    source_text: str = ""
    by: str = ""
    on_behalf: bool = False
    at: datetime | None = None


@dataclass(frozen=True)
class Tally:
    """Of the members that this reader knows of: how many there are, committed, did their part."""

    members: int
    committed: int
    done: int


@dataclass(frozen=True)
class Asked:
    """An ask put to a body that the reader's organisation belongs to. reply: its own, if given."""

    ask_id: UUID
    part_id: UUID
    recommendation_id: UUID
    title: str
    language: str
    addressee: str
    reply: str
