"""What leaves the room: frozen, and field by field."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from advocacy.asks.rows import AskRow


@dataclass(frozen=True)
class TieRow:
    """A tie as one of its ends tells it. is_out: it was made from this end to the other.

    asks: those of the other end that this reader sees, the lead's first.
    """

    id: UUID
    kind: str
    is_out: bool
    other_id: UUID
    title: str
    text: str
    asks: tuple[AskRow, ...]

    @property
    def group(self) -> str:
        """What is told under one heading."""
        return f"{self.kind}-{'there' if self.is_out else 'back'}"

    @property
    def href(self) -> str:
        """Where the other end is read."""
        return f"/recommendations/{self.other_id}"


class Other(NamedTuple):
    """A recommendation that others wait for."""

    id: UUID
    title: str
