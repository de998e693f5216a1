"""What may leave the room."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from advocacy.text.hashes import Clause


class State(StrEnum):
    """How a clause stands in another language. LATER: checked after its version was frozen."""

    MISSING = "missing"
    DRAFT = "draft"
    CHECKED = "checked"
    OUTDATED = "outdated"
    LATER = "later"


@dataclass(frozen=True)
class RenderingRow:
    """A clause in another language. head_id: its last act, what an edit is based on."""

    state: State
    heading: str = ""
    text: str = ""
    html: str = ""
    head_id: UUID | None = None
    written_by: UUID | None = None
    written_for: UUID | None = None
    written_at: datetime | None = None
    checked_for: UUID | None = None
    checked_at: datetime | None = None


@dataclass(frozen=True)
class Side:
    """A clause and what it is in another language."""

    number: int
    clause: Clause
    html: str
    rendering: RenderingRow


@dataclass(frozen=True)
class Progress:
    """How far a text has come in a language: clauses by state, out of all that hold words."""

    language: str
    clauses: int
    checked: int
    drafts: int
    outdated: int
