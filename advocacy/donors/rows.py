"""What the page shows: words and places, worked out from published facts alone."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol
from uuid import UUID

from advocacy.outcomes.rows import PublicOutcome


class Dated(Protocol):
    """What the drawing of an ask along time is made of."""

    @property
    def published_on(self) -> date: ...
    @property
    def progress(self) -> str: ...
    @property
    def original_due_on(self) -> date | None: ...
    @property
    def original_end_on(self) -> date | None: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def moves(self) -> int: ...
    @property
    def held_from(self) -> date | None: ...
    @property
    def held_to(self) -> date | None: ...


@dataclass(frozen=True)
class View:
    """Filters of the page. standing: a state, or those shown as one; late: any word = only late."""

    standing: str = ""
    addressee: str = ""
    late: str = ""


@dataclass(frozen=True)
class Line:
    """One ask as donors read it. marks: of the drawing, places from 0 to 100."""

    id: UUID
    title: str
    language: str
    addressee: str
    progress: str
    late_days: int
    response: str
    published: str
    first: str
    moved: str
    due: str
    by_when: str
    note: str
    how: str
    do_words: str
    do_by: str
    marks: tuple[tuple[str, float, float | None, str], ...]


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
    original_precision: str | None
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
    """Counts over everything a donor may see: asks by progress, and those past their first date.

    addressees: the most asked of those they were put to, by name.
    """

    by_progress: dict[str, int] = field(hash=False)
    late: int = 0
    addressees: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.by_progress.values())


class Body(NamedTuple):
    """All that the page is drawn of below its filters, the same for whoever gets these rows.

    older, came_older: where asks and outcomes go on, "" at their end. narrower: filter -> address.
    """

    asks: tuple[PublicAsk, ...]
    counted: tuple[tuple[str, int], ...]
    late: int
    came: tuple[PublicOutcome, ...]
    came_total: int
    is_later: bool
    older: str
    came_older: str
    narrower: tuple[tuple[str, str], ...]
