"""What may leave the room."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from advocacy.access.actor import Actor


@dataclass(frozen=True)
class Due:
    """One ask that wants attention. why: one of the room’s words; since: from which day.

    level: who is told by now. focal_id: who of the reader's organisation has it in hand.
    is_ours: the reader's organisation follows it up; else it has come to the coordinator.
    """

    ask_id: UUID
    recommendation_id: UUID
    title: str
    language: str
    addressee: str
    why: str
    since: date
    days: int
    level: str
    is_ours: bool
    focal_id: UUID | None


@dataclass(frozen=True)
class Off:
    """An ask that was put off: by whom, until when, and why."""

    id: UUID
    ask_id: UUID
    recommendation_id: UUID
    title: str
    language: str
    organisation_id: UUID
    organisation: str
    until_on: date
    reason: str


@dataclass(frozen=True)
class Digest:
    """A person's look at a week's dues that was not worked out yet. reader: as whom they read."""

    person_id: UUID
    organisation_id: UUID
    workspace_id: UUID
    step: str
    reader: Actor
