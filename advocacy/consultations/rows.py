"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MatrixRow:
    """A comment and what became of it. place: number of the clause today, 0 = none."""

    number: int
    organisation: str
    place: int
    clause: str
    kind: str
    comment: str
    wording: str
    outcome: str
    reason: str
    at: datetime
