"""What may leave the room: frozen, and field by field."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Self
from uuid import UUID

Cursor = tuple[datetime, UUID]
"""A place in a list: when a recommendation was recorded, and which it is."""


class Found(NamedTuple):
    """What filters find: places, the newest first. is_all: they are all there are, not some."""

    places: tuple[Cursor, ...]
    is_all: bool

    @classmethod
    def of(cls, places: Iterable[Cursor], most: int) -> Self:
        """At most so many are counted; where there are more, some of them."""
        once = sorted(set(places), reverse=True)
        return cls(tuple(once), len(once) <= most)


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
    group: str = ""
    sdg: str = ""
    cluster: str = ""
    review: str = ""
    priority: str = ""
    words: str = ""


class ListAsk(NamedTuple):
    """What a list says of an ask. late_after: the last day before it is late."""

    id: UUID
    institution_id: UUID
    role: str
    addressee: str
    progress: str
    response: str
    late_after: date | None
    due_on: date | None
    due_precision: str
    original_due_on: date | None
    original_end_on: date | None
    original_precision: str | None
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

    @property
    def first(self) -> ListAsk | None:
        """The leading ask, or another one where the reader does not see that."""
        leads = (one for one in self.asks if one.role == "lead")
        return next(leads, None) or next(iter(self.asks), None)
