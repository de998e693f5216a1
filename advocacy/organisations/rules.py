"""Standings and their groups; what an invitation and a workspace need; the room's events."""

from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from advocacy.access.actor import Standing
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


@dataclass(frozen=True)
class Invited(Event):
    NAME = "organisations.invited"
    seat: str


def invite_faults(*, email: str, name: str) -> list[Reason]:
    """What is wrong with an invitation."""
    faults = [] if name.strip() else [Reason("form.required", "name")]
    try:
        validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError:
        faults.append(Reason("form.email", "email"))
    return faults


def workspace_faults(*, name: str, slug: str, zone: str) -> list[Reason]:
    """What is wrong with a workspace's name, address or zone."""
    faults = [] if name.strip() else [Reason("form.required", "name")]
    if not slug or not all(c.islower() or c.isdigit() or c == "-" for c in slug):
        faults.append(Reason("organisations.slug-shape", "slug"))
    if clock.zone(zone) is None:
        faults.append(Reason("form.zone", "zone"))
    return faults
