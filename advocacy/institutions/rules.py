"""What an institution is called, and what may be wrong with one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.ground.search import fold
from advocacy.institutions.schema import InstitutionKind

MOST_NAME = 200
MOST_COUNTRY = 3
MOST_NOTE = 2_000
MOST_STEPS = 50  # of one institution becoming another, and that one a third
MOST_ALIASES = 1_000  # characters of all other names together
DUTY_BEARERS = frozenset({InstitutionKind.STATE, InstitutionKind.AUTHORITY, InstitutionKind.PARTY})
# Parties to a conflict that are no state: the careful answer is the first one.
SENSITIVE_BY_NATURE = frozenset({InstitutionKind.PARTY})


@dataclass(frozen=True)
class Added(Event):
    NAME = "institutions.added"
    kind: str


@dataclass(frozen=True)
class Succeeded(Event):
    NAME = "institutions.succeeded"
    undone: bool


def is_duty_bearer(kind: str) -> bool:
    """A state, or a party to a conflict; everyone else is an addressee (practice D36)."""
    return kind in DUTY_BEARERS


def compared(name: str) -> str:
    """A name as it is compared: Türkiye and Turkiye are one."""
    return " ".join(fold(name))


def faults(
    *, name: str, kind: str, country: str = "", aliases: Collection[str] = ()
) -> list[Reason]:
    """What is wrong with an institution."""
    found = []
    if not compared(name):
        found.append(Reason("form.required", "name"))
    lengths = {
        "name": (len(name), MOST_NAME),
        "country": (len(country), MOST_COUNTRY),
        "aliases": (sum(map(len, aliases)), MOST_ALIASES),
    }
    for field, (length, most) in lengths.items():
        if length > most:
            found.append(Reason("form.too-long", field, {"most": most}))
    if kind not in set(InstitutionKind):
        found.append(Reason("form.choice", "kind"))
    return found


def final(one: UUID, became: Mapping[UUID, UUID]) -> UUID:
    """What an institution is in the end. became: each and its next one, without a circle."""
    for _step in range(MOST_STEPS):
        if one not in became:
            break
        one = became[one]
    return one


def before(one: UUID, became: Mapping[UUID, UUID]) -> frozenset[UUID]:
    """All that became this one, by however many steps. became: each and its next one."""
    found: set[UUID] = set()
    for _step in range(MOST_STEPS):
        more = {of for of, into in became.items() if into in {one, *found}} - found - {one}
        if not more:
            break
        found |= more
    return frozenset(found)


def succession_faults(
    one: UUID, into: UUID | None, note: str, became: Mapping[UUID, UUID]
) -> list[Reason]:
    """What is wrong with saying that one became another. became: what is known so far."""
    found = [] if note.strip() else [Reason("asks.say-why", "note")]
    if len(note) > MOST_NOTE:
        found.append(Reason("form.too-long", "note", {"most": MOST_NOTE}))
    if into is None and one not in became:
        found.append(Reason("institutions.no-successor", "into"))
    if into is not None and one in {into, final(into, became)}:
        found.append(Reason("institutions.circle", "into"))
    return found
