"""What may leave the room."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from advocacy.proofs.rules import Head
from advocacy.signoff.rows import AnswerRow


@dataclass(frozen=True)
class Log:
    """The log of a round as far as it is out. roots: of its batches, all that are out."""

    round_id: UUID
    position_id: UUID
    heads: tuple[Head, ...]
    next_at: datetime
    batch: int
    roots: tuple[bytes, ...]


@dataclass(frozen=True)
class Proof:
    """What one's own organisation can show for an act of answering.

    statement: None where it was erased, or where the round was opened before there were logs.
    payload: what a receipt signs; empty without a statement. by: until when it is in the log.
    """

    answer: AnswerRow
    has_log: bool
    statement: dict[str, Any] | None
    conditions: dict[str, Any] = field(default_factory=dict)
    payload: dict[str, Any] = field(default_factory=dict)
    by: datetime | None = None
    is_logged: bool = False
    signed_at: datetime | None = None
    text: bytes = b""

    @property
    def is_erased(self) -> bool:
        """True when the organisation took its statement back."""
        return self.has_log and self.statement is None


@dataclass(frozen=True)
class KeyRow:
    """A public key of the server and what became of it."""

    kid: str
    x: str
    used_from: datetime | None
    retired_at: datetime | None
    compromised_at: datetime | None
