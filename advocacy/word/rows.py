"""What may leave the room."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class What(StrEnum):
    """What was found."""

    REPLACEMENT = "replacement"
    INSERTION = "insertion"
    DELETION = "deletion"
    MOVE = "move"
    COMMENT = "comment"
    WORDS = "words"
    MISSING = "missing"
    CLAUSE = "clause"


class Fate(StrEnum):
    """What becomes of it."""

    READY = "ready"
    PERSON = "person"
    NOTHING = "nothing"
    SENT = "sent"
    PLACED = "placed"
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class Found:
    """One thing in a file. cid: the clause it is about; after: the clause it stands after.

    why: code of the reason why a person is needed, or why there is nothing to do. author: as the
    file says. is_untracked: the words differ from the text without a tracked change. count: of
    tracked changes.
    """

    what: What
    state: Fate = Fate.READY
    why: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    cid: UUID | None = None
    after: UUID | None = None
    clause_kind: str = ""
    heading: str = ""
    wording: str = ""
    base_hash: str = ""
    base_heading: str = ""
    base_text: str = ""
    quote: str = ""
    author: str = ""
    is_untracked: bool = False
    count: int = 0


@dataclass(frozen=True)
class Reading:
    """All that was found. facts: what the file holds, counted before anything was sorted."""

    title: str
    found: tuple[Found, ...]
    facts: dict[str, int]
    version_id: UUID | None = None
    version_number: int = 0


@dataclass(frozen=True, kw_only=True)
class ItemRow(Found):
    """An item as kept, with what became of it."""

    id: UUID
    file_id: UUID
    number: int
    result_id: UUID | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True)
class FileRow:
    """A file that came in."""

    id: UUID
    workspace_id: UUID
    position_id: UUID | None
    version_id: UUID | None
    version_number: int
    at: datetime
    title: str
    facts: dict[str, int]
    sent_at: datetime | None
    waiting: int
    items: tuple[ItemRow, ...] = ()
