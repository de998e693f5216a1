"""What may leave the room."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from advocacy.adoptions.rules import State


@dataclass(frozen=True)
class OutcomeRow:
    """What a body decided. roster: ids of the organisations in it then."""

    id: UUID
    kind: str
    met_on: date
    chair: str
    minutes: str
    link: str
    words: str
    roster: tuple[UUID, ...]


@dataclass(frozen=True)
class StepRow:
    """A step of a version, where it stands, and what was decided if anything was."""

    id: UUID
    position_id: UUID
    version_id: UUID
    number: int
    body_id: UUID
    body: str
    deed: str
    state: State
    outcome: OutcomeRow | None


@dataclass(frozen=True)
class BodyRow:
    """A body with those in it. chair_id: the act that last named its chair."""

    id: UUID
    workspace_id: UUID
    name: str
    purpose: str
    chair: str
    chair_id: UUID | None
    roster: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True)
class Adoption:
    """A body that stands behind the text in its own name. deed: adopts or clears."""

    body: str
    deed: str
    met_on: str

    @property
    def day(self) -> date:
        """The day of its meeting."""
        return date.fromisoformat(self.met_on)
