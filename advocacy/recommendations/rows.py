"""What may leave the room: frozen, and field by field."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; empty = not narrowed. source: position, import or hand."""

    owner: str = ""
    response: str = ""
    progress: str = ""
    late: str = ""
    session: str = ""
    source: str = ""
    tag: str = ""
    specificity: str = ""
    words: str = ""


class ListAsk(NamedTuple):
    """What a list says of an ask. late_after: the last day before it is late."""

    role: str
    addressee: str
    progress: str
    response: str
    late_after: date | None
    due_on: date | None
    original_due_on: date | None
    moves: int
    alleged_by: UUID | None


class ListRow(NamedTuple):
    """A recommendation in a list, with the asks this reader sees, the lead first.

    issuers: a list of names in JSON, as it is kept; lists are drawn from equal rows but once.
    """

    id: UUID
    ref: str
    title: str
    language: str
    issuers: str
    session: int | None
    created_at: datetime
    asks: tuple[ListAsk, ...]


class PublicAsk(NamedTuple):
    """All that a donor may read of an ask. A new column of ours is not in it until it is added."""

    id: UUID
    title: str
    language: str
    addressee: str
    published_on: date
    response: str
    response_on: date | None
    progress: str
    progress_on: date | None
    original_due_on: date | None
    original_end_on: date | None
    due_on: date | None
    due_precision: str
    moves: int
    held_from: date | None
    held_to: date | None
    delivered_on: date | None
    do_how: str
    do_words: str
    do_by: date | None
    is_alleged: bool


@dataclass(frozen=True)
class PublicFigures:
    """Counts over everything a donor may see: asks by progress, and those past their first date."""

    by_progress: dict[str, int] = field(hash=False)
    late: int = 0

    @property
    def total(self) -> int:
        return sum(self.by_progress.values())
