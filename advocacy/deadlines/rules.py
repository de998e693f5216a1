"""The last day of a date, the day after which something is late, and the next review."""

from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import Any, Protocol


class Precision(StrEnum):
    """How exactly a date is meant; late only after the whole period."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Every(StrEnum):
    """Something that goes on: no day on which it is late, looked at again every so many months.

    The date beside it is that of the next review. Source: recommendations.md, features 21 and 22.
    """

    MONTH = "every_1"
    QUARTER = "every_3"
    HALF = "every_6"
    YEAR = "every_12"


ONGOING = frozenset(one.value for one in Every)


class First(Protocol):
    """What is kept of a first date. original_end_on: empty while no day was promised."""

    @property
    def original_due_on(self) -> date | None: ...
    @property
    def original_end_on(self) -> date | None: ...
    @property
    def original_precision(self) -> str | None: ...
    @property
    def due_precision(self) -> str | None: ...
    @property
    def moves(self) -> int | None: ...


class Dates(First, Protocol):
    """What is kept of the dates of an ask."""

    @property
    def due_on(self) -> date | None: ...
    @property
    def due_precision(self) -> str: ...
    @property
    def late_after(self) -> date | None: ...
    @property
    def moves(self) -> int: ...


def first_precision(of: First) -> str:
    """How exactly the first date was meant.

    Where that was not kept with it: a date that never moved is meant as it stands today, and one
    that moved by the day on which its period ended.
    """
    first, end = of.original_due_on, of.original_end_on
    if of.original_precision or not of.moves:
        return of.original_precision or of.due_precision or Precision.DAY
    if first is None or end is None or first == end:
        return Precision.DAY
    periods = (Precision.MONTH, Precision.QUARTER, Precision.YEAR)
    return next((one for one in periods if last_day(first, one) == end), Precision.DAY)


def in_words(precision: str | None) -> str:
    """A precision as a table says it: "every 6 months" is no code to be looked up."""
    if precision not in ONGOING:
        return precision or ""
    months = int(precision.removeprefix("every_"))
    return f"every {months} months" if months > 1 else "every month"


def last_day(due_on: date, precision: str) -> date:
    """The last day of what a date means: "the third quarter" ends on 30 September."""
    if precision == Precision.DAY or precision in ONGOING:
        return due_on
    month = {
        Precision.MONTH: due_on.month,
        Precision.QUARTER: (due_on.month + 2) // 3 * 3,
        Precision.YEAR: 12,
    }[Precision(precision)]
    return date(due_on.year, month, monthrange(due_on.year, month)[1])


def late_after(before: date | None, new_end: date, *, today: date) -> date:
    """The day after which it is late. A move made when the date had passed still counts as late."""
    return before if before is not None and before < today else new_end


def next_review(precision: str, on: date) -> date:
    """So many months after a day; the last of a month where that month is shorter."""
    months = on.month - 1 + int(precision.removeprefix("every_"))
    year, month = on.year + months // 12, months % 12 + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def moved(before: Dates, due_on: date, precision: str, *, today: date) -> dict[str, Any]:
    """What changes when a date is set or moved. The first day that was promised stays for ever.

    What was late when it became ongoing stays late: nothing is hidden by it.
    """
    was_late = before.late_after is not None and before.late_after < today
    goes_on = precision in ONGOING
    end = None if goes_on else last_day(due_on, precision)
    late = late_after(before.late_after, end, today=today) if end else None
    changes = {
        "due_on": due_on,
        "due_precision": precision,
        "late_after": before.late_after if was_late else late,
    }
    if before.original_due_on is None or _was_never_promised(before):
        first = {"original_due_on": due_on, "original_end_on": end}
        return changes | first | {"original_precision": precision}
    kept = {"original_precision": first_precision(before)}
    return changes | kept | {"moves": before.moves + 1}


def reviewed(before: Dates, on: date) -> dict[str, Any]:
    """What changes when somebody looked at what goes on: the next review, never to a sooner day."""
    if before.due_precision not in ONGOING or before.due_on is None:
        return {}
    due_on = max(before.due_on, next_review(before.due_precision, on))
    first = {"original_due_on": due_on} if _was_never_promised(before) else {}
    return {"due_on": due_on, **first}


def _was_never_promised(before: Dates) -> bool:
    """It went on from the start: the first date is then that of the next review."""
    return before.due_precision in ONGOING and before.original_end_on is None
