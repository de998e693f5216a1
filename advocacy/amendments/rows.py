"""What may leave the room."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from advocacy.amendments.schema import Kind, Source


class State(StrEnum):
    """Where an amendment stands: the fold of its acts."""

    OPEN = "open"
    OFFERED = "offered"
    AGREED = "agreed"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Currency(StrEnum):
    """What today's text makes of an amendment."""

    APPLIES = "applies"
    REBASED = "rebased"
    CONFLICT = "conflict"
    ORPHANED = "orphaned"


@dataclass(frozen=True)
class Outcome:
    """What an amendment makes of the text today. heading, wording: as they would stand then."""

    currency: Currency
    heading: str = ""
    wording: str = ""


@dataclass(frozen=True)
class AmendmentRow:
    """An amendment as the circle of its text sees it.

    currency: empty once it is decided. head_id: its last act, which a decision follows.
    """

    id: UUID
    position_id: UUID
    cid: UUID | None
    after: UUID | None
    kind: Kind
    source: Source
    clause_kind: str
    heading: str
    wording: str
    reason: str
    base_heading: str
    base_text: str
    base_hash: str
    organisation_id: UUID
    organisation_name: str
    at: datetime
    made_from: UUID | None
    head_id: UUID
    state: State
    currency: Currency | None
    outcome: Outcome | None


@dataclass(frozen=True)
class ActRow:
    """One act in an amendment's history."""

    id: UUID
    deed: str
    organisation_id: UUID
    organisation_name: str
    at: datetime
    reason: str
    heading: str
    wording: str
    base_hash: str
    base_heading: str
    base_text: str
    cid: UUID | None


@dataclass(frozen=True)
class SupportRow:
    """An organisation that stands behind an amendment now, and since which day."""

    organisation_id: UUID
    organisation_name: str
    on: date
    at: datetime


@dataclass(frozen=True)
class Origin:
    """Whose proposal stands behind a change of a clause, and who took it."""

    amendment_id: UUID
    proposer: str
    decided_by: str
    at: datetime


@dataclass(frozen=True)
class Asked:
    """What one organisation proposed for a text, in numbers, and for which clauses."""

    total: int
    taken: int
    refused: int
    waiting: int
    cids: frozenset[UUID]
