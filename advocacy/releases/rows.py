"""What may leave the room."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from advocacy.adoptions.rows import Adoption
from advocacy.annexes.rows import AnnexRow
from advocacy.lists.rows import Joined
from advocacy.lists.rules import SignedBy


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
class OpeningRow:
    """An audience that cannot read it yet, and from when on it can."""

    who: str
    opens_at: datetime
    zone: str


@dataclass(frozen=True)
class Listed:
    """A release in a list. joined_at: when the last name came that stands under it now."""

    id: UUID
    title: str
    language: str
    attribution: str
    channel: str
    out_at: datetime
    is_withdrawn: bool
    joined_at: datetime | None = None

    @property
    def changed_at(self) -> datetime:
        """When readers last found more in it: it went out, or a name joined it."""
        return max(self.out_at, self.joined_at or self.out_at)


@dataclass(frozen=True)
class Ending:
    """One act that ended a release, for the mails about it: what it was and whom they go to."""

    id: UUID
    kind: str
    release_id: UUID
    round_id: UUID | None
    lead_id: UUID
    position_id: UUID


@dataclass(frozen=True)
class Out:
    """A text of a position as it went out, to be gone to from the desk."""

    id: UUID
    number: int
    channel: str
    released_at: datetime


@dataclass(frozen=True)
class EndRow:
    """What became of a release. kind: correcting, corrected or withdrawn."""

    id: UUID
    kind: str
    reason: str
    at: datetime
    successor_id: UUID | None

    @property
    def is_over(self) -> bool:
        """Whether nobody stands behind it any more; while it is being corrected they still do."""
        return self.kind != "correcting"


@dataclass(frozen=True)
class ReleaseRow:
    """A release as this reader may see it at this instant.

    out_at: from when on its widest audience reads it. embargo: audiences that cannot yet. A text
    that was withdrawn has no clauses, notes, annexes and list here; one that was corrected no list.
    joined: names that came after the list was compiled, which itself stays as it was.
    round_id: None where bodies alone stand behind it: then nobody is named or counted.
    translated_from: the language of record, where this is a translation to read; else nothing.
    """

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
    out_at: datetime
    clauses: tuple[ClauseOut, ...]
    footnotes: tuple[Footnote, ...]
    signed_by: SignedBy
    round_id: UUID | None
    lead_id: UUID
    embargo: tuple[OpeningRow, ...] = ()
    end: EndRow | None = None
    adopted: tuple[Adoption, ...] = ()
    joined: tuple[Joined, ...] = ()
    annexes: tuple[AnnexRow, ...] = ()
    translated_from: str = ""

    @property
    def is_private(self) -> bool:
        """Given to those it is for, and shown to nobody else."""
        return self.channel == "private"

    @property
    def is_withdrawn(self) -> bool:
        """Not to be used any more."""
        return self.end is not None and self.end.kind == "withdrawn"

    @property
    def stands(self) -> bool:
        """Whether it is still what the organisations stand behind."""
        return self.end is None or not self.end.is_over
