"""What leaves the room."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class FieldRow:
    """One field of a proposal. mark: of `rules.Mark`. Values are plain, as in history."""

    name: str
    before: Any
    after: Any
    mark: str
    is_taken: bool = False


@dataclass(frozen=True)
class ProposalRow:
    """A proposal as those two organisations see it. name: of who proposes; empty = not shown."""

    id: UUID
    threat_id: UUID
    name: str
    is_ours: bool
    fields: tuple[FieldRow, ...]
    reason: str
    at: datetime
    state: str
    answer: str = ""
