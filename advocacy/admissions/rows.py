"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class AdmissionRow:
    """An open admission, as the coordinator and the one who was asked may see it."""

    id: UUID
    workspace_id: UUID
    workspace_name: str
    standing: str
    email: str
    language: str
    asked_for: UUID
    asked_by: UUID | None
    at: datetime
