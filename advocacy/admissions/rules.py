"""What an admission needs; the room's events."""

from dataclasses import dataclass
from datetime import timedelta

from advocacy.access.actor import Seat
from advocacy.audit.rules import Event

JOIN, JOIN_LASTS = "join-workspace", timedelta(hours=72)
SPEAKERS = (Seat.FOCAL_POINT, Seat.ADMIN)


@dataclass(frozen=True)
class Asked(Event):
    NAME = "admissions.asked"
    standing: str


@dataclass(frozen=True)
class Joined(Event):
    NAME = "admissions.joined"


@dataclass(frozen=True)
class TakenBack(Event):
    NAME = "admissions.taken-back"
