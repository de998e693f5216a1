"""What history says of a record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID


class Present(NamedTuple):
    """A record as it is now. first_at: of the first entry of its history that the reader reads."""

    id: UUID
    severity: int | None
    status: str
    first_at: datetime | None


class Change(NamedTuple):
    """An entry of a record's history; changes: field -> [before, after]."""

    threat_id: UUID
    number: int
    at: datetime
    changes: dict[str, Any]


@dataclass(frozen=True)
class Period:
    """A month or quarter. end_at: the first instant after it. is_now: it is not over."""

    year: int
    month: int
    end_at: datetime
    is_now: bool
