"""What may leave the room."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from advocacy.releases.rules import SignedBy


@dataclass(frozen=True)
class HarmRow:
    """The current harm check of a version."""

    id: UUID
    by_speaking: str
    by_silence: str
    mitigation: str
    consent: str
    checked_by: str
    checked_on: date


@dataclass(frozen=True)
class ClauseOut:
    """A clause as it went out. html: the stored, cleaned copy. notes: numbers of its footnotes."""

    kind: str
    heading: str
    html: str
    language: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Footnote:
    """A reservation that its organisation lets us print."""

    number: int
    name: str
    words: str


@dataclass(frozen=True)
class ReleaseRow:
    """A release as this reader may see it at this instant."""

    id: UUID
    position_id: UUID
    workspace_id: UUID
    channel: str
    delivered_to: str
    title: str
    language: str
    number: int
    attribution: str
    content_hash: str
    released_at: datetime
    clauses: tuple[ClauseOut, ...]
    footnotes: tuple[Footnote, ...]
    signed_by: SignedBy
