"""What may leave the room."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from markupsafe import Markup

from advocacy.annexes.rows import AnnexRow
from advocacy.text.hashes import Clause, Terms, content_hash


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
    annexes: tuple[AnnexRow, ...] = ()

    @property
    def rehashed(self) -> str:
        """The content hash worked out anew, of what the rows say now."""
        annexed = tuple(row.line for row in self.annexes)
        return content_hash(self.title, self.language, self.clauses, self.terms, annexed)


@dataclass(frozen=True)
class DeskClause:
    """A clause on the desk of a position. waits, settled: threads about it."""

    cid: UUID
    number: int
    kind: str
    heading: str
    html: Markup
    waits: int
    settled: int
    href: str
    talk_href: str


@dataclass(frozen=True)
class Desk:
    """The live text of a position. adrift: open threads about no clause that is there now."""

    clauses: tuple[DeskClause, ...]
    is_closed: bool
    adrift: int
