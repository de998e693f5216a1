"""What goes into the room and what leaves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Terms:
    """A protocol as it is written. levels: sensitivity 1 to 4 -> (label, widest reach).

    asks_on: the day from whose beginning it must be accepted. keep_months None = kept for ever.
    """

    title: str
    decided_by: str
    decided_on: date
    asks_on: date
    levels: Mapping[int, tuple[str, str]]
    text: str = ""
    link: str = ""
    host: str = ""
    country: str = ""
    readers: str = ""
    keep_months: int | None = None


@dataclass(frozen=True)
class ProtocolRow:
    """A version, and when the reader's organisation accepted it."""

    id: UUID
    number: int
    asks_from: datetime
    accepted_at: datetime | None
    terms: Terms
