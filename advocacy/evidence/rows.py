"""What may leave the room: frozen, and field by field."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class EvidenceRow:
    """A piece of evidence. is_live: not withdrawn."""

    id: UUID
    ask_id: UUID
    act_id: UUID
    organisation_id: UUID
    url: str
    text: str
    direction: str
    dated_on: date
    is_live: bool
