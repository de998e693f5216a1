"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from advocacy.text.hashes import Clause


@dataclass(frozen=True)
class ClauseRow:
    """A clause as it reads now, with its rendered copy and whose change was the last."""

    clause: Clause
    number: int
    html: str
    changed_at: datetime
    changed_by: UUID


@dataclass(frozen=True)
class EditRow:
    """One edit in a clause's history."""

    id: UUID
    what: str
    heading: str
    text: str
    number: int
    at: datetime
    organisation_id: UUID


@dataclass(frozen=True)
class Place:
    """A clause that was asked for by its id: where it stands, or that it was removed.

    clause: as it reads now, or as it read last. number: 0 when removed.
    """

    document_id: UUID
    language: str
    is_closed: bool
    number: int
    clause: Clause
    html: str
    changed_by: UUID
    changed_at: datetime
