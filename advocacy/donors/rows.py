"""What the page shows: words and places, worked out from published facts alone."""

from dataclasses import dataclass
from uuid import UUID


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
