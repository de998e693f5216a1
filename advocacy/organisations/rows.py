"""What may leave the room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from advocacy.access.actor import Actor, Seat
from advocacy.accounts.rules import IDLE
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason

# Which seat stands for a person's "acting as" when several are held: the weightiest first.
_WEIGHT = [Seat.COORDINATOR, Seat.FOCAL_POINT, Seat.SIGNATORY, Seat.ALTERNATE, Seat.DRAFTER]
ORDER = {kind.value: n for n, kind in enumerate(_WEIGHT)}


@dataclass(frozen=True)
class Acting:
    """One way a person can act: for which organisation, through which holding."""

    holding_id: UUID
    organisation_id: UUID
    organisation_name: str


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation as others in the workspace see it."""

    id: UUID
    name: str
    short_name: str
    kind: str
    standing: str
    membership_id: UUID | None = None


@dataclass(frozen=True)
class WorkspaceRow:
    """A workspace and how the actor's organisation stands in it."""

    id: UUID
    name: str
    slug: str
    zone: str
    country: str
    smallest_cell: int
    weekend: str
    is_sample: bool
    standing: str


@dataclass(frozen=True)
class SeatHolder:
    """A seat of one's own organisation and who holds it."""

    holding_id: UUID
    seat: str
    person_id: UUID
    person_name: str
    email: str
    from_at: datetime
    until_at: datetime | None


@dataclass(frozen=True)
class Task:
    """One thing that needs somebody today. Each room offers its own; home puts them together.

    kind: answer, reply, late, check, confirm, or list: several behind one line, without a title.
    reason: says in words what is needed.
    workspace_id: whose working days are counted to `due_at`; None = plain days.
    """

    kind: str
    reason: Reason
    title: str
    endpoint: str
    arguments: dict[str, Any]
    organisation_id: UUID
    due_at: datetime | None = None
    due_on: date | None = None
    workspace_id: UUID | None = None


@dataclass(frozen=True)
class SignedIn:
    """Where a session leads. spaces: (slug, name, standing, zone, is a sample), by name."""

    actor: Actor
    bearer_id: UUID
    seen_at: datetime
    language: str
    zone: str
    ways: tuple[tuple[UUID, str], ...]
    spaces: tuple[tuple[str, str, str, str, bool], ...]


def has_ended(rows: Sequence[Any], now: datetime) -> bool:
    """Whether a session is over: by its end, or because it was not used for too long."""
    return bool(rows[0].ends_at <= now or rows[0].seen_at <= now - IDLE)


def reader(rows: Sequence[Any], now: datetime) -> SignedIn:
    """A reader from the lines of their session, one for each seat and workspace, at an instant.

    Raises NotFound when it has ended, or there is none.
    """
    if not rows or has_ended(rows, now):
        raise NotFound
    first, standing = rows[0], [r for r in rows if _is_now(r.held_from, r.held_until, now)]
    once = {r.holding_id: r for r in standing}
    held = sorted(once.values(), key=lambda r: (r.organisation, ORDER.get(r.kind, 9)))
    wanted = [r for r in held if str(r.holding_id) == first.about.get("holding")]
    chosen = next(iter([*wanted, *held]), None)
    organisation_id = chosen.organisation_id if chosen else None
    mine = [r for r in held if r.organisation_id == organisation_id]
    spaces = {
        r.space_id: (r.slug, r.space, r.standing, r.space_zone, r.is_sample)
        for r in standing
        if r.organisation_id == organisation_id and _is_now(r.in_from, r.in_until, now)
    }
    actor = Actor(
        now=now,
        person_id=first.person_id,
        person_name=first.person,
        organisation_id=organisation_id,
        organisation_name=chosen.organisation if chosen else "",
        holding_id=mine[0].holding_id if mine else None,
        seat_id=mine[0].seat_id if mine else None,
        seats=tuple((r.kind, r.seat_id) for r in mine),
        memberships=frozenset((space, words[2]) for space, words in spaces.items()),
        auth=str(first.about.get("auth", "")),
    )
    # The weightiest holding of each organisation comes first, and stands for it.
    ways = {r.organisation_id: (r.holding_id, r.organisation) for r in reversed(held)}
    return SignedIn(
        actor=actor,
        bearer_id=first.bearer_id,
        seen_at=first.seen_at,
        language=first.language,
        zone=first.zone,
        ways=tuple(reversed(ways.values())),
        spaces=tuple(spaces.values()),
    )


def _is_now(begins: datetime | None, ends: datetime | None, now: datetime) -> bool:
    return begins is not None and begins <= now and (ends is None or ends > now)
