"""What a file is made of: the rows of the page, and no others."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from advocacy.donors.rows import PublicAsk, PublicFigures
from advocacy.outcomes.rows import PublicOutcome


@dataclass(frozen=True)
class Shown:
    """What stands on the page. ours: asked of the reader's own organisation; figures: of all."""

    ours: tuple[PublicAsk, ...]
    asks: tuple[PublicAsk, ...]
    came: tuple[PublicOutcome, ...]
    figures: PublicFigures
    on: date


@dataclass(frozen=True)
class Cover:
    """What a file says of itself. source: which workspace, as of when, in one sentence."""

    title: str
    language: str
    source: str


class Line(NamedTuple):
    """One line of a table; `None` where a column does not speak of its part."""

    part: str
    title: str
    language: str | None = None
    number: int | None = None
    addressed_to: str | None = None
    published_on: date | None = None
    response: str | None = None
    progress: str | None = None
    progress_on: date | None = None
    first_date: date | None = None
    first_precision: str | None = None
    due_on: date | None = None
    due_precision: str | None = None
    moved: int | None = None
    late_days: int | None = None
    held_from: date | None = None
    held_to: date | None = None
    reversal_confirmed: str | None = None
    what_you_can_do: str | None = None
    in_words: str | None = None
    do_by: date | None = None
    holds: str | None = None
    confirmed_by_a_second: str | None = None

    def cells(self, *more: Any) -> list[Any]:
        """Its cells, and what stands in every line."""
        return [*self, *more]
