"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Choice:
    """Readers that one may write to.

    value: as a form names it. ids, names: organisations, own first, as far as the writer may know
    them. is_sure: all of these read it, and nobody else; else some of these may not, or others do
    whom only the record's owner knows. circle: its name, where it is one.
    """

    value: str
    names: tuple[str, ...] = ()
    ids: frozenset[UUID] = frozenset()
    is_sure: bool = True
    circle: str = ""


@dataclass(frozen=True)
class RemarkRow:
    """A remark as its reader sees it. to, names, circle: whom it is for; deed: what was done last.

    asked: the organisation whose answer it asks for, told to who wrote it and to them.
    """

    id: UUID
    name: str
    is_ours: bool
    at: datetime
    text: str
    to: str
    names: tuple[str, ...]
    circle: str
    deed: str
    asked: str
    asks_us: bool


@dataclass(frozen=True)
class Panel:
    """For the record's own page. None of it is shown to who may not read the members part."""

    is_open: bool
    number: int
