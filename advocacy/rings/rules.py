"""What a circle needs; the room's events, which name neither circle nor member."""

from dataclasses import dataclass

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason

LONGEST_NAME = 120


def name_faults(name: str) -> list[Reason]:
    """What is wrong with the name of a circle."""
    if not name:
        return [Reason("form.required", "name")]
    if len(name) > LONGEST_NAME:
        return [Reason("form.too-long", "name", {"most": LONGEST_NAME})]
    return []


@dataclass(frozen=True)
class Made(Event):
    NAME = "rings.made"


@dataclass(frozen=True)
class Changed(Event):
    NAME = "rings.changed"
    is_in: bool
