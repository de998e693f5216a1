"""What an invitation needs, and when its seats give power."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email

from advocacy.access.actor import Seat
from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason

# Practice A5: this seat is an organisation's voice; nobody takes it over in a night.
VOICE = frozenset({Seat.SIGNATORY})
VOICE_WAITS = timedelta(hours=48)
CONFIRM, CONFIRM_LASTS = "confirm-invitation", timedelta(hours=72)
# What the first person of a new organisation gets: to invite the others, and to answer.
FIRST_SEATS = (Seat.ADMIN, Seat.FOCAL_POINT)


def needs_second_word(seats: Iterable[str]) -> bool:
    """True when another signatory, or the registered contact, must agree to the invitation."""
    return any(seat in VOICE for seat in seats)


def begins_at(seats: Iterable[str], *, confirmed_at: datetime, now: datetime) -> datetime:
    """When an accepted seat gives power: now; the organisation's voice not before 48 hours have
    passed since all of its holders were told."""
    return max(now, confirmed_at + VOICE_WAITS) if needs_second_word(seats) else now


@dataclass(frozen=True)
class Invited(Event):
    NAME = "invitations.invited"
    seats: list[str]


@dataclass(frozen=True)
class Confirmed(Event):
    NAME = "invitations.confirmed"
    by: str


@dataclass(frozen=True)
class Accepted(Event):
    NAME = "invitations.accepted"


@dataclass(frozen=True)
class Withdrawn(Event):
    NAME = "invitations.withdrawn"


def faults(*, email: str, name: str) -> list[Reason]:
    """What is wrong with an invitation."""
    found = [] if name.strip() else [Reason("form.required", "name")]
    try:
        validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError:
        found.append(Reason("form.email", "email"))
    return found
