"""What is wrong with what a file holds; the room's events."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason
from advocacy.text.bounded import Budget, joined
from advocacy.text.hashes import Clause
from advocacy.text.rebase import Collision
from advocacy.word.rows import Found, ItemRow, What

MOST_BYTES = 10_000_000
MOST_ITEMS = 400
"""In one file; as many as an organisation may have waiting for one text."""


@dataclass(frozen=True)
class Received(Event):
    NAME = "word.received"
    position: str
    items: int
    changes: int
    comments: int


@dataclass(frozen=True)
class Sent(Event):
    NAME = "word.sent"
    proposals: int
    comments: int
    waiting: int


@dataclass(frozen=True)
class Placed(Event):
    NAME = "word.placed"
    item: str
    how: str


@dataclass(frozen=True)
class Dismissed(Event):
    NAME = "word.dismissed"
    item: str


@dataclass(frozen=True)
class Made(Event):
    NAME = "word.made"
    position: str
    clauses: int


def paper_faults(found: Sequence[Found]) -> list[Reason]:
    """What is wrong with what a file holds, taken together."""
    if len(found) > MOST_ITEMS:
        return [Reason("word.too-many", "file", {"most": MOST_ITEMS, "number": len(found)})]
    return []


def on_today(item: ItemRow, now: dict[UUID, Clause], left: Budget) -> tuple[ItemRow, str]:
    """A proposal on the draft as it reads today, or why it needs a person."""
    today = now.get(item.cid) if item.cid else None
    if (item.after and item.after not in now) or (item.cid and today is None):
        return item, "word.clause-gone"
    if today is None or today.hash == item.base_hash:
        return item, ""
    if item.what is What.MOVE:
        return replace(item, base_hash=today.hash), ""
    heading = joined(item.base_heading, today.heading, item.heading, left)
    text = joined(item.base_text, today.text, item.wording, left)
    if item.what is What.DELETION or isinstance(heading, Collision):
        return item, "word.clause-changed"
    if isinstance(text, Collision):
        return item, "word.clause-changed"
    return _joined(item, today, heading.text, text.text)


def _joined(item: ItemRow, today: Clause, heading: str, text: str) -> tuple[ItemRow, str]:
    if (heading, text) == (today.heading, today.text):
        return item, "word.taken-meanwhile"
    return replace(item, heading=heading, wording=text, base_hash=today.hash), ""
