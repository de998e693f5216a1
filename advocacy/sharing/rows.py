"""What leaves the room."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from advocacy.threats.rows import Sharing


@dataclass(frozen=True)
class Waiting:
    """A widening that waits for its second person."""

    id: UUID
    sharing: Sharing
    on_audience: UUID
    asked_by: UUID | None
    asked_at: datetime
    until: datetime
    alone_from: datetime | None
    may_confirm: bool


@dataclass(frozen=True)
class Word:
    """What is between an owner and the coordinator of an area about one record."""

    id: UUID
    threat_id: UUID
    owner_id: UUID
    lead_id: UUID
    what: str
    sharing: Sharing
    told: dict[str, Any]
    at: datetime
    workspace_id: UUID
    reason: str


@dataclass(frozen=True)
class Panel:
    """For the record's page. word: what its area's coordinator last said; "" = nothing."""

    waiting: Waiting | None
    needs_word: bool
    word: str
