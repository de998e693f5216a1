"""What may leave the room."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from advocacy.text.hashes import Clause, Terms


@dataclass(frozen=True)
class PositionRow:
    """A position in a list. version: number of the latest one, 0 = none yet."""

    id: UUID
    kind: str
    title: str
    lead: str
    organisation_id: UUID
    language: str
    channel: str
    stage: str
    version: int
    created_at: datetime


@dataclass(frozen=True)
class VersionHead:
    """A frozen version without its clauses."""

    id: UUID
    position_id: UUID
    number: int
    title: str
    language: str
    terms: Terms
    content_hash: str
    frozen_at: datetime


@dataclass(frozen=True)
class VersionRow(VersionHead):
    """A frozen version. html: clause id -> its rendered copy."""

    clauses: tuple[Clause, ...] = ()
    html: dict[UUID, str] = field(default_factory=dict)
