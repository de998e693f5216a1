"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class InstitutionRow:
    """An institution that this reader may know of. member_id: the organisation it is, if any."""

    id: UUID
    workspace_id: UUID
    name: str
    kind: str
    country: str
    aliases: tuple[str, ...]
    member_id: UUID | None
    is_sensitive: bool


@dataclass(frozen=True)
class SuccessionRow:
    """What an institution became, or that this was taken back (into is empty)."""

    id: UUID
    into: str
    note: str
    organisation: str
    recorded_at: datetime
