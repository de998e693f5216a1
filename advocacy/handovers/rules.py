"""What becomes of an offer; the room's event."""

from dataclasses import dataclass

from advocacy.audit.rules import Event

OFFERED, TAKEN_BACK, ACCEPTED, DECLINED = "offered", "taken-back", "accepted", "declined"


@dataclass(frozen=True)
class Said(Event):
    NAME = "handovers.said"
    what: str
