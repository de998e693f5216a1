"""What may leave the room."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from advocacy.access.actor import Actor


@dataclass(frozen=True)
class FeedRow:
    """One of one's own feeds. state: open, over or ended."""

    id: UUID
    what: str
    with_titles: bool
    created_at: datetime
    until_at: datetime
    state: str


@dataclass(frozen=True)
class Opened:
    """What an address opens. reader: its maker, as they stand at this instant."""

    reader: Actor
    workspace_id: UUID
    what: str
    with_titles: bool


@dataclass(frozen=True)
class DueDay:
    """The last day of an ask, or the next review of one that goes on.

    is_asked: it was put to the reader's organisation itself.
    """

    ask_id: UUID
    recommendation_id: UUID
    title: str
    day: date
    is_asked: bool
    goes_on: bool
