"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class InvitationRow:
    """An open invitation, as its organisation and the person invited may see it."""

    id: UUID
    organisation_id: UUID
    organisation_name: str
    seats: tuple[str, ...]
    email: str
    name: str
    note: str
    invited_by: UUID | None
    at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True)
class Voice:
    """Somebody whose word counts about who signs. person_id is empty for the contact."""

    email: str
    language: str
    person_id: UUID | None
