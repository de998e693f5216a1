"""What the page shows: words and places, worked out from published facts alone."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID


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
    note: str
    how: str
    do_words: str
    do_by: str
    marks: tuple[tuple[str, float, float | None, str], ...]
