"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class ShareRow:
    """A link as those who answer for it see it. state: open, over or ended."""

    id: UUID
    label: str
    width: str
    view: dict[str, Any]
    has_password: bool
    organisation: str
    created_at: datetime
    until_at: datetime
    state: str
    openings: int
    opened_at: datetime | None


@dataclass(frozen=True)
class Opened:
    """What a link that was opened shows: one view of one workspace, and nothing else of it."""

    share_id: UUID
    workspace_id: UUID
    workspace: str
    zone: str
    group_id: UUID
    width: str
    view: dict[str, str]
    until_at: datetime
