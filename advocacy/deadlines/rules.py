"""The last day of a date, and the day after which something is late."""

from calendar import monthrange
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a date is meant; late only after the whole period."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def last_day(due_on: date, precision: str) -> date:
    """The last day of what a date means: "the third quarter" ends on 30 September."""
    if precision == Precision.DAY:
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
