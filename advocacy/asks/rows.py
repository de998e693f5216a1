"""What may leave the room: frozen, and field by field."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from advocacy.evidence.rows import EvidenceRow


@dataclass(frozen=True)
class AskRow:
    """An ask as those who may see it see it."""

    id: UUID
    recommendation_id: UUID
    institution_id: UUID
    addressee: str
    role: str
    is_duty_bearer: bool
    is_sensitive: bool
    addressed_id: UUID | None
    minder_id: UUID | None
    delivered_on: date | None
    response: str
    response_on: date | None
    progress: str
    progress_on: date | None
    original_due_on: date | None
    original_end_on: date | None
    original_precision: str | None
    due_on: date | None
    due_precision: str
    late_after: date | None
    moves: int
    held_from: date | None
    held_to: date | None
    claimed_by: UUID | None
    alleged_by: UUID | None
    closing_to: str | None
    closing_by: UUID | None
    closing_on: date | None
    touched_on: date
    do_how: str
    do_words: str
    do_by: date | None


@dataclass(frozen=True)
class ActRow:
    """One step, as it was recorded. evidence: what was given with it."""

    id: UUID
    ask_id: UUID
    axis: str
    kind: str
    value: str
    text: str
    organisation: str
    on_behalf_of: bool
    effective_on: date | None
    recorded_at: datetime
    facts: dict[str, Any] = field(hash=False)
    evidence: tuple[EvidenceRow, ...] = ()


@dataclass(frozen=True)
class State:
    """What an ask says. The kept columns of `Ask` have the same names."""

    touched_on: date
    response: str = "none"
    response_on: date | None = None
    progress: str = "not_started"
    progress_on: date | None = None
    held_from: date | None = None
    held_to: date | None = None
    claimed_by: UUID | None = None
    verified_by: UUID | None = None
    original_due_on: date | None = None
    original_end_on: date | None = None
    original_precision: str | None = None
    due_on: date | None = None
    due_precision: str = "day"
    late_after: date | None = None
    moves: int = 0
    alleged_by: UUID | None = None
    closing_to: str | None = None
    closing_by: UUID | None = None
    closing_on: date | None = None
