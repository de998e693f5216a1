"""What may leave the room."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Reply:
    """What somebody answered who got a copy."""

    words: str
    on: date


@dataclass(frozen=True)
class Copy:
    """A copy that was given. has_address: known to the lead alone. last: the newest act about it.

    told: that they were told, since the text was ended, by a person.
    """

    id: UUID
    release_id: UUID
    to_name: str
    to_role: str
    how: str
    by_name: str
    given_at: datetime
    note: str
    replies: tuple[Reply, ...]
    told: bool
    has_address: bool
    last: UUID | None


@dataclass(frozen=True)
class Outsider:
    """Whom a notice goes to, outside."""

    delivery_id: UUID
    address: str
    language: str
    given_at: datetime
