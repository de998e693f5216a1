"""The events of a roster."""

from dataclasses import dataclass

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.signoff.rules import LONGEST_NOTE


@dataclass(frozen=True)
class RosterChanged(Event):
    NAME = "rounds.roster-changed"
    round: str
    organisation: str
    is_on: bool


def reason_faults(reason: str) -> list[Reason]:
    """What is wrong with the reason that something is done to a round for."""
    if not reason:
        return [Reason("signoff.reason-needed", "reason")]
    if len(reason) > LONGEST_NOTE:
        return [Reason("form.too-long", "reason", {"most": LONGEST_NOTE})]
    return []
