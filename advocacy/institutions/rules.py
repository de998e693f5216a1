"""What an institution is called, and what may be wrong with one."""

from dataclasses import dataclass

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.ground.search import fold
from advocacy.institutions.schema import InstitutionKind

MOST_NAME = 200
DUTY_BEARERS = frozenset({InstitutionKind.STATE, InstitutionKind.AUTHORITY, InstitutionKind.PARTY})
# Parties to a conflict that are no state: the careful answer is the first one.
SENSITIVE_BY_NATURE = frozenset({InstitutionKind.PARTY})


@dataclass(frozen=True)
class Added(Event):
    NAME = "institutions.added"
    kind: str


def is_duty_bearer(kind: str) -> bool:
    """A state, or a party to a conflict; everyone else is an addressee (practice D36)."""
    return kind in DUTY_BEARERS


def compared(name: str) -> str:
    """A name as it is compared: Türkiye and Turkiye are one."""
    return " ".join(fold(name))


def faults(*, name: str, kind: str) -> list[Reason]:
    """What is wrong with an institution."""
    found = []
    if not compared(name):
        found.append(Reason("form.required", "name"))
    if len(name) > MOST_NAME:
        found.append(Reason("form.too-long", "name", {"most": MOST_NAME}))
    if kind not in set(InstitutionKind):
        found.append(Reason("form.choice", "kind"))
    return found
