"""What a remark needs; the room's events."""

from dataclasses import dataclass

from advocacy.access.actor import Seat
from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason

MOST_CHARACTERS = 4_000
TOLD = (Seat.FOCAL_POINT, Seat.ALTERNATE, Seat.DRAFTER)
"""Who of an organisation hears that its answer is asked for."""


def faults(text: str) -> list[Reason]:
    """What is wrong with the words of a remark."""
    if not text:
        return [Reason("form.required", "text")]
    if len(text) > MOST_CHARACTERS:
        return [Reason("form.too-long", "text", {"most": MOST_CHARACTERS})]
    return []


@dataclass(frozen=True)
class Said(Event):
    NAME = "talks.said"
    to: str


@dataclass(frozen=True)
class Done(Event):
    NAME = "talks.done"
    deed: str
