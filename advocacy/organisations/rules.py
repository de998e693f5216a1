"""Standings and their groups; what an invitation and a workspace need; the room's events."""

from collections.abc import Sequence
from dataclasses import dataclass

from advocacy.access.actor import Seat, Standing
from advocacy.access.schema import GroupKind
from advocacy.audit.rules import Event
from advocacy.ground import clock
from advocacy.ground.reasons import Reason

GROUP_OF = {
    Standing.COORDINATOR: GroupKind.MEMBERS,
    Standing.CO_COORDINATOR: GroupKind.MEMBERS,
    Standing.MEMBER: GroupKind.MEMBERS,
    Standing.OBSERVER: GroupKind.OBSERVERS,
    Standing.DONOR: GroupKind.DONORS,
}

NEVER_EMPTY = frozenset({Seat.SIGNATORY, Seat.ADMIN})


def warnings(held: Sequence[tuple[str, object]]) -> list[Reason]:
    """What an organisation should mend. held: (seat, person) of every holding of today."""
    holders = {seat: {who for kind, who in held if kind == seat} for seat in Seat}
    found = []
    if len(holders[Seat.SIGNATORY]) < 2:
        code = "one-signatory" if holders[Seat.SIGNATORY] else "no-signatory"
        found.append(Reason(f"organisations.{code}"))
    if not holders[Seat.FOCAL_POINT]:
        found.append(Reason("organisations.no-focal-point"))
    if len(holders[Seat.ADMIN]) == 1:
        found.append(Reason("organisations.one-admin"))
    return found


@dataclass(frozen=True)
class Admitted(Event):
    NAME = "organisations.admitted"
    organisation: str
    standing: str


@dataclass(frozen=True)
class Removed(Event):
    NAME = "organisations.removed"
    organisation: str


@dataclass(frozen=True)
class SeatTaken(Event):
    NAME = "organisations.seat-taken"
    seat: str
    person: str


@dataclass(frozen=True)
class SeatLeft(Event):
    NAME = "organisations.seat-left"
    seat: str
    person: str


def workspace_faults(*, name: str, slug: str, zone: str) -> list[Reason]:
    """What is wrong with a workspace's name, address or zone."""
    faults = [] if name.strip() else [Reason("form.required", "name")]
    if not slug or not all(c.islower() or c.isdigit() or c == "-" for c in slug):
        faults.append(Reason("organisations.slug-shape", "slug"))
    if clock.zone(zone) is None:
        faults.append(Reason("form.zone", "zone"))
    return faults
