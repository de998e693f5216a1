"""What may leave the room: frozen, and field by field."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Event:
    """One event as the fold reads it."""

    id: UUID
    kind: str
    on: date
    until_on: date | None = None
    takes_back_id: UUID | None = None


@dataclass(frozen=True)
class Standing:
    """How an outcome stands on a day.

    word: the last event that changed it; empty before the first. since: the day of that event.
    until_on: how long it is meant to last. held: (from, to) of each time it held, the last one open
    (None) while it does. is_contested: challenged, and nothing settled since. looked_on: the day
    it was last seen to hold. check_on: when somebody must look again; None while nothing holds.
    """

    on: date
    word: str = ""
    since: date | None = None
    until_on: date | None = None
    held: tuple[tuple[date, date | None], ...] = ()
    is_contested: bool = False
    looked_on: date | None = None
    check_on: date | None = None

    @property
    def is_unconfirmed(self) -> bool:
        """True when it should have been looked at again, and nobody did."""
        return self.check_on is not None and self.check_on < self.on

    @property
    def shown(self) -> str:
        """The word it is shown by. What nobody looked at again does not count as held."""
        return "unconfirmed" if self.is_unconfirmed else self.word or "not_yet"

    @property
    def days_held(self) -> int:
        """Days it held up to this day, all times together."""
        return sum(((to or self.on) - begin).days for begin, to in self.held)


@dataclass(frozen=True)
class PublicOutcome:
    """What a donor may read of a released outcome: all of it, and nothing else."""

    id: UUID
    title: str
    language: str
    level: str
    direction: str
    is_intended: bool
    standing: Standing
    events: tuple[tuple[date, str], ...]
    is_seconded: bool


@dataclass(frozen=True)
class OutcomeRow:
    """One outcome in a list of those who work here."""

    id: UUID
    organisation_id: UUID
    workspace_id: UUID
    title: str
    language: str
    level: str
    direction: str
    is_intended: bool
    reach: str
    created_at: datetime
    standing: Standing


@dataclass(frozen=True)
class EventRow:
    """One event with what was said of it."""

    id: UUID
    kind: str
    on: date
    until_on: date | None
    organisation: str
    text: str
    source: str
    is_taken_back: bool
    recorded_at: datetime


@dataclass(frozen=True)
class SaidRow:
    """What one organisation says: of what it did, or of having looked. id: its latest words."""

    id: UUID
    organisation_id: UUID
    organisation: str
    text: str
    source: str = ""
    is_hidden: bool = False
    on: date | None = None


@dataclass(frozen=True)
class WordingRow:
    """The latest wording. id: what a change of it is based on."""

    id: UUID
    title: str
    language: str
    level: str
    direction: str
    is_intended: bool
    significance: str
    others: str
