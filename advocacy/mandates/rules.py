"""What a record must hold before a network may sign for its members.

Source: practice B19 ("on behalf of members" only with a recorded mandate; no double count).
"""

from dataclasses import dataclass
from datetime import date

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.organisations.schema import NETWORKS

LONGEST = 2_000


@dataclass(frozen=True)
class Recorded(Event):
    NAME = "mandates.recorded"
    round: str
    for_members: bool


def is_network(kind: str) -> bool:
    """True for what has members that it could sign for."""
    return kind in NETWORKS


def faults(
    *, for_members: bool, mandate: str, decided_on: date | None, today: date
) -> list[Reason]:
    """What is missing. mandate: without blanks around it."""
    found = []
    if len(mandate) > LONGEST:
        found.append(Reason("form.too-long", "mandate", {"most": LONGEST}))
    if for_members and not mandate:
        found.append(Reason("mandates.who-decided", "mandate"))
    if for_members and decided_on is None:
        found.append(Reason("mandates.when", "decided_on"))
    if decided_on is not None and decided_on > today:
        found.append(Reason("mandates.later", "decided_on"))
    return found
