"""Hiding small numbers of a table, with as many others as keep them hidden. Pure.

Source: threat register section 5, "Suppression"; the field's guidance on statistical disclosure
names no threshold for all, so each workspace has its own.
"""

from collections import deque
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from advocacy.access.actor import Actor, Standing
from advocacy.audit.rules import Event
from advocacy.ground.reasons import Reason

USUAL, LEAST, MOST = 5, 3, 100
Cell = tuple[int, int]
Counts = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Limit:
    """smallest_cell: what is below it is hidden. tells_zero: nothing is said as 0, else hidden."""

    smallest_cell: int = USUAL
    tells_zero: bool = False

    def hides(self, value: int) -> bool:
        """Whether a number is too small to be told by itself."""
        return value < self.smallest_cell and not (value == 0 and self.tells_zero)


@dataclass(frozen=True)
class LimitChanged(Event):
    NAME = "disclosure.limit-changed"
    smallest_cell: int
    tells_zero: bool


@dataclass(frozen=True)
class Released:
    """A table as it may leave: None = hidden. Views take their numbers here and count nothing."""

    rows: tuple[Hashable, ...]
    columns: tuple[Hashable, ...]
    told: tuple[tuple[int | None, ...], ...]

    def cell(self, row: Hashable, column: Hashable) -> int | None:
        """One number; hidden too where there is no such row or column."""
        return self._at(self._row(row), self._column(column))

    def of_row(self, row: Hashable) -> int | None:
        """The total of a row."""
        return self._at(self._row(row), len(self.columns))

    def of_column(self, column: Hashable) -> int | None:
        """The total of a column."""
        return self._at(len(self.rows), self._column(column))

    @property
    def total(self) -> int | None:
        """Of all."""
        return self._at(len(self.rows), len(self.columns))

    def _row(self, row: Hashable) -> int:
        return self.rows.index(row) if row in self.rows else -1

    def _column(self, column: Hashable) -> int:
        return self.columns.index(column) if column in self.columns else -1

    def _at(self, row: int, column: int) -> int | None:
        return self.told[row][column] if min(row, column) >= 0 else None


def is_outside(actor: Actor, workspace_id: object) -> bool:
    """Whether counts go to this reader as they may leave: all but the workspace's members."""
    inside = (Standing.COORDINATOR, Standing.CO_COORDINATOR, Standing.MEMBER)
    return not any(space == workspace_id and held in inside for space, held in actor.memberships)


def release(
    counts: Mapping[Any, int],
    rows: Iterable[Hashable],
    columns: Iterable[Hashable],
    limit: Limit,
) -> Released:
    """A table of counts, (row, column) -> number, with its totals, as it may be told outside."""
    names, heads = tuple(rows), tuple(columns)
    grid = tuple(tuple(counts.get((r, c), 0) for c in heads) for r in names)
    hidden = _hidden(grid, len(heads), limit)
    full = _with_totals(grid, len(heads))
    told = tuple(
        tuple(None if (r, c) in hidden else value for c, value in enumerate(line))
        for r, line in enumerate(full)
    )
    return Released(names, heads, told)


def limit_faults(smallest_cell: int) -> list[Reason]:
    """What is wrong with a smallest cell."""
    if LEAST <= smallest_cell <= MOST:
        return []
    return [Reason("disclosure.smallest", "smallest_cell", {"least": LEAST, "most": MOST})]


def _with_totals(grid: Counts, width: int) -> list[list[int]]:
    lines = [[*line, sum(line)] for line in grid]
    return [*lines, [sum(line[c] for line in lines) for c in range(width + 1)]]


@lru_cache(maxsize=64)
def _hidden(grid: Counts, width: int, limit: Limit) -> frozenset[Cell]:
    full = _with_totals(grid, width)
    every = [(r, c) for r, line in enumerate(full) for c in range(len(line))]
    if not grid or not width:  # nothing to tell apart: only totals of nothing
        return frozenset(every)
    hidden = {at for at in every if limit.hides(full[at[0]][at[1]])}
    while exposed := [at for at in sorted(hidden) if _is_fixed(full, hidden, at)]:
        for at in exposed:
            if len(hidden) == len(every):  # nothing is told at all: nothing is left to cover with
                return frozenset(hidden)
            if _is_fixed(full, hidden, at):
                hidden.add(_cover(full, hidden, at))
    return frozenset(hidden)


def _cover(full: list[list[int]], hidden: set[Cell], at: Cell) -> Cell:
    """What is hidden beside an exposed cell: the smallest of its row or column, totals last."""
    last = len(full) - 1, len(full[0]) - 1
    shown = [(r, c) for r in range(last[0] + 1) for c in range(last[1] + 1)]
    shown = [one for one in shown if one not in hidden]
    near = [one for one in shown if one[0] == at[0] or one[1] == at[1]] or shown
    return min(near, key=lambda one: ((one[0] == last[0]) + (one[1] == last[1]), _of(full, one)))


def _of(full: list[list[int]], at: Cell) -> tuple[int, Cell]:
    return full[at[0]][at[1]], at


def _is_fixed(full: list[list[int]], hidden: set[Cell], at: Cell) -> bool:
    """Whether only one value of a hidden cell fits what is shown.

    With totals taken as negative, every line adds up to 0. A cell can be another one if it can be
    one more, or one less, and others make up for it round a ring of hidden cells.
    """
    row, column = ("row", at[0]), ("column", at[1])
    up = _leads(full, hidden, column, row)
    return not (up or (_may(full, at, less=True) and _leads(full, hidden, row, column)))


def _leads(
    full: list[list[int]], hidden: set[Cell], start: tuple[str, int], goal: tuple[str, int]
) -> bool:
    """Whether a road leads from a line to another one, not straight: more in a row, then less in
    that column, and so on."""
    seen, waiting = {start}, deque([start])
    while waiting:
        here = waiting.popleft()
        for following in _steps(full, hidden, here):
            if (here, following) == (start, goal) or following in seen:
                continue
            if following == goal:
                return True
            seen.add(following)
            waiting.append(following)
    return False


def _steps(
    full: list[list[int]], hidden: set[Cell], line: tuple[str, int]
) -> Iterable[tuple[str, int]]:
    kind, number = line
    if kind == "row":
        for column in range(len(full[0])):
            if (number, column) in hidden and _may(full, (number, column), less=False):
                yield "column", column
        return
    for row in range(len(full)):
        if (row, number) in hidden and _may(full, (row, number), less=True):
            yield "row", row


def _may(full: list[list[int]], at: Cell, *, less: bool) -> bool:
    """Whether a cell, taken with its sign, may be one less, or one more: no count is below 0."""
    is_negative = (at[0] == len(full) - 1) != (at[1] == len(full[0]) - 1)
    return full[at[0]][at[1]] > 0 if less != is_negative else True
