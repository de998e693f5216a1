"""What must be said when somebody follows up what comes."""

from dataclasses import dataclass

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason

MOST_NOTE = 2_000


@dataclass(frozen=True)
class Minded(Event):
    NAME = "minders.minded"
    ended: bool


def faults(note: str) -> list[Reason]:
    """What is wrong with the note."""
    found = [] if note.strip() else [Reason("asks.say-why", "note")]
    if len(note) > MOST_NOTE:
        found.append(Reason("form.too-long", "note", {"most": MOST_NOTE}))
    return found
