"""What may leave the room."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from advocacy.access.actor import Actor
from advocacy.ground.reasons import Reason


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

    kind: answer, reply, late, check or confirm. reason: says in words what is needed.
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
