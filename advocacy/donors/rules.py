"""Where things stand on the drawing, and which words a state has."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar
from uuid import UUID

from advocacy.asks.rules import CLOSED, DONE
from advocacy.asks.schema import Progress
from advocacy.donors.rows import Dated, PublicAsk, PublicFigures

# What the page counts as one, under the first of them.
TOGETHER: tuple[tuple[Progress, ...], ...] = (
    (Progress.IMPLEMENTED,),
    (Progress.CLAIMED,),
    (Progress.IN_PROGRESS, Progress.PARTIAL),
    (Progress.NOT_STARTED,),
    (Progress.REGRESSED,),
    (Progress.CLOSED_UNMET, Progress.SUPERSEDED, Progress.OVERTAKEN),
)
# The filters of the page: permitted values, or None for free text.
FILTERS: dict[str, Collection[str] | None] = {
    "standing": {of[0].value for of in TOGETHER},
    "addressee": None,
    "late": {"1"},
}
# How many asks stand on one page; of those put to the reader's own, and of outcomes.
PAGE, FEW = 30, 10
Mark = tuple[str, float, float | None, str]
MOST_DRAWN = 12


class _Listed(Protocol):
    @property
    def id(self) -> UUID: ...


T = TypeVar("T", bound=_Listed)


def states(standing: str) -> list[str]:
    """The states that a filter stands for; all of them where it is empty or unknown."""
    found = next((of for of in TOGETHER if of[0] == standing), tuple(Progress))
    return [one.value for one in found]


def late_days(one: Dated, on: date) -> int:
    """Days past the first date, whatever date was set since; 0 when it is not late."""
    is_open = one.progress not in DONE | CLOSED
    if not is_open or one.original_end_on is None:
        return 0
    return max(0, (on - one.original_end_on).days)


def counted(listed: Iterable[PublicAsk], on: date) -> PublicFigures:
    """The figures of asks that are all at hand."""
    rows = [(one.progress, one.addressee, 1, late_days(one, on) > 0) for one in listed]
    return summed(rows, len(rows))


def summed(rows: Iterable[Any], most: int) -> PublicFigures:
    """Figures of (progress, addressee, number, how many are late). most: of addressees."""
    states, names, late = Counter[str](), Counter[str](), 0
    for progress, addressee, number, number_late in rows:
        states[progress] += number
        names[addressee] += number
        late += number_late
    named = tuple(sorted(name for name, _number in names.most_common(most)))
    return PublicFigures(dict(states), int(late), named)


def part(rows: Sequence[T], after: UUID | None, most: int) -> tuple[list[T], UUID | None]:
    """Some of a list from behind a row on, and the last of them where more follow."""
    begin = next((n for n, row in enumerate(rows, start=1) if row.id == after), 0)
    some = list(rows[begin : begin + most])
    return some, some[-1].id if begin + most < len(rows) else None


def span(listed: Iterable[Dated], on: date) -> tuple[date, date]:
    """The first and the last day on the drawing: whole months."""
    days = [on]
    for one in listed:
        days += [day for day in (one.published_on, one.original_due_on, one.due_on) if day]
        days += [day for day in (one.held_from, one.held_to) if day]
    first, last = min(days).replace(day=1), max(days)
    return first, (last.replace(day=1) + timedelta(days=32)).replace(day=1)


def months(first: date, last: date, *, most: int = 10) -> list[date]:
    """Beginnings of months from first to last, thinned out to at most `most`."""
    found, day = [], first
    while day < last:
        found.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    step = -(-len(found) // most)
    return found[::step]


def place(day: date, first: date, last: date) -> float:
    """Where a day stands, from 0 to 100."""
    return round(100 * (day - first).days / max(1, (last - first).days), 1)


def marks(one: Dated, on: date, first: date, last: date) -> list[Mark]:
    """The drawing of one ask: from its publication on, with its dates and what held."""

    def at(day: date) -> float:
        return place(day, first, last)

    begin = one.published_on or on
    found: list[Mark] = [("open", at(begin), at(on), ""), ("dot", at(begin), None, "")]
    if late_days(one, on) and one.original_end_on:
        found.append(("late", at(one.original_end_on), at(on), ""))
    if one.progress in {Progress.IMPLEMENTED, Progress.REGRESSED} and one.held_from:
        found.append(("held", at(one.held_from), at(one.held_to or on), ""))
    if one.progress == Progress.CLAIMED and one.held_from:
        found.append(("ring", at(one.held_from), None, ""))
    if one.progress == Progress.REGRESSED and one.held_to:
        found.append(("cross", at(one.held_to), None, ""))
    if one.original_due_on:
        found.append(("due", at(one.original_due_on), None, ""))
    if one.moves and one.due_on:
        found.append(("moved", at(one.due_on), None, ""))
    ahead = max((day for day in (one.original_due_on, one.due_on) if day), default=on)
    return [("ahead", at(on), at(ahead), ""), *found] if ahead > on else found
