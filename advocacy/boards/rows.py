"""What the pages show of an ask, and of many."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID


class Card(NamedTuple):
    """One ask with the title of its recommendation. published_on: put, or else recorded."""

    id: UUID
    recommendation_id: UUID
    ref: str
    title: str
    language: str
    institution_id: UUID
    addressee: str
    published_on: date
    response: str
    progress: str
    original_due_on: date | None
    original_end_on: date | None
    original_precision: str | None
    due_on: date | None
    due_precision: str
    late_after: date | None
    moves: int
    held_from: date | None
    held_to: date | None
    alleged_by: UUID | None
    asked_on: date


class Count(NamedTuple):
    """How many recommendations are about an item of an axis."""

    axis: str
    item: str
    number: int


@dataclass(frozen=True)
class Column:
    """One state of progress: its first cards, and how many there are in all.

    more: the place of the last card, where others follow it.
    """

    progress: str
    cards: tuple[Card, ...]
    count: int
    more: tuple[date, UUID] | None = None
