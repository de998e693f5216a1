"""What must be said of a milestone, which step may follow which, and when one is late."""

from dataclasses import dataclass
from datetime import date

from advocacy.asks.rules import Role, too_long
from advocacy.audit.rules import Event
from advocacy.deadlines.rules import Precision, last_day
from advocacy.ground.reasons import Reason
from advocacy.milestones.rows import MilestoneRow
from advocacy.milestones.schema import State as State  # the closed words, which doors may use

MOST_YEARS = 30
WHO = frozenset({Role.ADDRESSEE, Role.MINDER, Role.LEAD})
NEXT = {
    State.OPEN: (State.REACHED, State.DROPPED),
    State.REACHED: (State.OPEN,),
    State.DROPPED: (State.OPEN,),
}


@dataclass(frozen=True)
class Said:
    """A milestone as it was written."""

    text: str = ""
    due_on: date | None = None
    due_precision: str = "day"


def faults(of: Said, *, today: date) -> list[Reason]:
    """What is wrong with it."""
    found = too_long(text=of.text)
    if not of.text.strip():
        found.append(Reason("form.required", "text"))
    if of.due_precision not in set(Precision):
        found.append(Reason("form.choice", "due_precision"))
    if of.due_on is None:
        found.append(Reason("asks.say-when", "due_on"))
    elif abs(of.due_on.year - today.year) > MOST_YEARS:
        found.append(Reason("windows.too-far", "due_on"))
    return found


def is_late(of: MilestoneRow, *, on: date) -> bool:
    """Open after the last day of what its date means."""
    return of.state == State.OPEN and last_day(of.due_on, of.due_precision) < on


@dataclass(frozen=True)
class Told(Event):
    NAME = "milestones.told"
    state: str
