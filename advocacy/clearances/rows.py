"""What may leave the room: to the organisation itself, but for the day the lead is told."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class LadderRow:
    """The steps of one's own organisation. id: the act that the next one follows."""

    id: UUID | None
    steps: tuple[str, ...]


@dataclass(frozen=True)
class StepRow:
    """Where one step stands. said: yes, change, or empty while nothing was said."""

    name: str
    said: str = ""
    by_name: str = ""
    note: str = ""
    said_on: date | None = None
    recorded_at: datetime | None = None
    person_id: UUID | None = None


@dataclass(frozen=True)
class Standing:
    """Where the text of a round stands inside one's own organisation.

    last_id, line_id: the acts that the next ones follow. expected_on: what the lead is told.
    """

    steps: tuple[StepRow, ...]
    last_id: UUID | None
    line_id: UUID | None
    expected_on: date | None

    @property
    def is_clear(self) -> bool:
        """True when every step said yes."""
        return bool(self.steps) and all(step.said == "yes" for step in self.steps)
