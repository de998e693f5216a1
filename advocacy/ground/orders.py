"""Orders of long lists, part by part, each going on after a row that was shown."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_


class Stretch(NamedTuple):
    """A part of an order that one index serves: which rows, by which columns, falling or not.

    The last column is the row's key: no two rows are alike. floor: what stands in the place of a
    row for a first column without a value; such rows are a stretch of their own, the last.
    """

    where: tuple[Any, ...]
    by: tuple[tuple[Any, bool], ...]
    floor: int | None = None
    is_last: bool = False

    def after(self, place: tuple[Any, ...] | None) -> list[ColumnElement[bool]] | None:
        """What narrows it to rows later than a place; None where all of it lies before."""
        is_low = place is not None and self.floor is not None and place[0] == self.floor
        if place is None or (self.is_last and not is_low):
            return []
        if self.is_last:
            return [beyond(self.by, place[1:])]
        column, falls = self.by[0]
        # The first column alone tells where in the index to begin.
        begin = column <= place[0] if falls else column >= place[0]
        return None if is_low else [begin, beyond(self.by, place)]


def beyond(order: tuple[tuple[Any, bool], ...], after: tuple[Any, ...]) -> ColumnElement[bool]:
    """Rows that come later in an order than the row of these values."""
    found: list[ColumnElement[bool]] = []
    for n, ((column, falls), value) in enumerate(zip(order, after, strict=True)):
        same = [c == v for (c, _), v in zip(order[:n], after[:n], strict=True)]
        found.append(and_(*same, column < value if falls else column > value))
    return or_(*found)
