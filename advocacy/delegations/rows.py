"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """Where a delegation stands at an instant. BASELESS: its principal may not sign any more."""

    COMING = "coming"
    STANDING = "standing"
    OVER = "over"
    BASELESS = "baseless"


@dataclass(frozen=True)
class DelegationRow:
    """A delegation as its organisation sees it. head_id: its last act."""

    id: UUID
    head_id: UUID
    holding_id: UUID
    scope: str
    principal_id: UUID
    principal: str
    delegate_id: UUID
    delegate: str
    from_at: datetime
    until_at: datetime
    state: State
