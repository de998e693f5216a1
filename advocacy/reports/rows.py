"""What a file holds of an ask, field by field, and the words that its papers are made of."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from advocacy.commitments.rows import Tally


class Line(NamedTuple):
    """One ask with its recommendation. Without an ask the fields from `ask_id` on are empty."""

    recommendation_id: UUID
    created_at: datetime
    ref: str
    title: str
    text: str
    language: str
    issuers: list[str]
    issued_on: date | None
    source: str
    session: int | None
    specificity: int | None
    tags: list[str]
    subjects: dict[str, list[str]] | None
    judged: dict[str, list[str]] | None
    ask_id: UUID | None
    addressee: str | None
    role: str | None
    is_duty_bearer: bool | None
    response: str | None
    response_on: date | None
    progress: str | None
    progress_on: date | None
    original_due_on: date | None
    original_end_on: date | None
    original_precision: str | None
    due_on: date | None
    due_precision: str | None
    late_after: date | None
    moves: int | None
    held_from: date | None
    held_to: date | None
    alleged_by: UUID | None
    asked_on: date | None
    institution_id: UUID | None
    tally: Tally | None = None


@dataclass(frozen=True)
class Item:
    """One line of a paper: a title in its language, and what is said of it."""

    title: str
    language: str = ""
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A section of a paper: what it says first, then its items under small headings."""

    title: str
    lines: tuple[str, ...] = ()
    groups: tuple[tuple[str, tuple[Item, ...]], ...] = ()


@dataclass(frozen=True)
class Account:
    """A whole paper. about: who made it, when, of which list."""

    title: str
    language: str
    about: tuple[str, ...]
    parts: tuple[Part, ...] = field(default=())
    foot: str = ""


@dataclass(frozen=True)
class Taken:
    """One file that somebody of the reader's organisation took out."""

    at: datetime
    person_id: UUID | None
    kind: str
    asked: dict[str, str] = field(hash=False)
    lines: int = 0
