"""What leaves the room: frozen, and field by field."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class DueMilestone:
    """A milestone that is late or near. last_on: the last day of what its date means.

    title, language: of the recommendation that it is a step of.
    """

    id: UUID
    ask_id: UUID
    workspace_id: UUID
    text: str
    last_on: date
    addressee: str
    title: str
    language: str


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone as it stands. act_id: the last that was said of it. reached_on: if it was."""

    id: UUID
    act_id: UUID
    ask_id: UUID
    text: str
    due_on: date
    due_precision: str
    state: str
    reached_on: date | None
