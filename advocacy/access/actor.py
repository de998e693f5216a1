"""Who asks. A detached snapshot: safe to keep, and good for one request only."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Seat(StrEnum):
    """A function held for an organisation; powers belong to it, not to the person."""

    FOCAL_POINT = "focal_point"
    ALTERNATE = "alternate"
    SIGNATORY = "signatory"
    DRAFTER = "drafter"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


class Delegated(StrEnum):
    """What is lent for a time by who may sign (room `delegations`); never passed on."""

    COMMENT = "delegate_comment"
    PRIVATE = "delegate_private"
    PUBLIC = "delegate_public"


MANDATED = (Seat.FOCAL_POINT, Seat.ALTERNATE, Seat.SIGNATORY)
"""Who signs by their own seat, and may lend that for a time."""


class Standing(StrEnum):
    """What an organisation is in a workspace."""

    COORDINATOR = "coordinator"
    CO_COORDINATOR = "co_coordinator"
    MEMBER = "member"
    OBSERVER = "observer"
    DONOR = "donor"


@dataclass(frozen=True)
class Actor:
    """A person acting for one organisation at one instant.

    seats: kind of seat -> seat id, of this organisation only. holding_id stands for "acting as"
    and travels in every form. memberships: (workspace id, standing) of the organisation, now.
    auth: how the person showed who they are: password, password and passkey; empty = not kept.
    """

    now: datetime
    person_id: UUID | None = None
    person_name: str = ""
    organisation_id: UUID | None = None
    organisation_name: str = ""
    holding_id: UUID | None = None
    seat_id: UUID | None = None
    seats: tuple[tuple[str, UUID], ...] = ()
    memberships: frozenset[tuple[UUID, str]] = field(default_factory=frozenset)
    auth: str = ""

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    def holds(self, *kinds: str) -> bool:
        """True when one of these seats is held for the organisation acted for."""
        return any(kind in kinds for kind, _ in self.seats)

    def stands_as(self, workspace_id: UUID | None, *standings: str) -> bool:
        """True when the organisation has one of these standings in the workspace, now."""
        return any(w == workspace_id and s in standings for w, s in self.memberships)

    def must_organisation(self) -> UUID:
        """The organisation acted for. Raises ValueError for nobody: ask the policy first."""
        if self.organisation_id is None:
            raise ValueError("nobody acts for no organisation")
        return self.organisation_id


def anonymous(now: datetime) -> Actor:
    """A reader without an account: in the group of everyone, and no other."""
    return Actor(now=now)
