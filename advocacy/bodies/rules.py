"""What must be said of a part of a body."""

from dataclasses import dataclass
from datetime import date

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason

MOST_NOTE = 2_000


@dataclass(frozen=True)
class Belongs(Event):
    NAME = "bodies.belongs"
    ended: bool


def faults(from_on: date | None, until_on: date | None, note: str, *, today: date) -> list[Reason]:
    """What is wrong with the days and the note."""
    found = [] if from_on else [Reason("asks.say-when", "from_on")]
    if from_on and from_on > today:
        found.append(Reason("asks.in-future", "from_on"))
    if from_on and until_on and until_on < from_on:
        found.append(Reason("bodies.ends-first", "until_on"))
    if len(note) > MOST_NOTE:
        found.append(Reason("form.too-long", "note", {"most": MOST_NOTE}))
    return found
