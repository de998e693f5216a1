"""How many records become one cell of the matrix, and several rows one entry of history."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from advocacy.disclosure.rules import Limit, release
from advocacy.picture.rows import Cell, Filters, Line, VersionRow
from advocacy.threats.schema import Status, What


class Trend(StrEnum):
    """Where it is going; the codes of the scale `trend`."""

    WORSENING = "worsening"
    STABLE = "stable"
    IMPROVING = "improving"
    UNCLEAR = "unclear"


TRENDS: dict[str, str] = {
    Trend.WORSENING: "up",
    Trend.IMPROVING: "down",
    Trend.STABLE: "steady",
}


class Sort(StrEnum):
    """Orders of the table."""

    CHECKED = "checked"
    OLDEST = "oldest"
    SEVERITY = "severity"
    TITLE = "title"
    PEOPLE = "people"


# Counts above this are said as "1,000+": nobody reads them, and they cost.
COUNTED_TO = 1_000
SEVERITIES = (2, 3, 4, 5)
# What can be chosen from counts: each narrows the cells that a count is made of.
_NARROWS: dict[str, Callable[[Cell, Filters], bool]] = {
    "area": lambda cell, of: (
        cell.area_id is None
        if of.is_country_wide
        else of.area_ids is None or cell.area_id in of.area_ids
    ),
    "risk": lambda cell, of: of.risk_code in {"", cell.risk_code},
    "severity": lambda cell, of: (cell.severity or 0) >= (of.severity or 0),
    "trend": lambda cell, of: of.trend in {"", cell.trend},
}


def within(cells: Iterable[Cell], filters: Filters, *, but: str = "") -> list[Cell]:
    """Those cells that a reader narrowed the list to; `but` = one filter that does not count."""
    tests = [test for name, test in _NARROWS.items() if name != but]
    return [cell for cell in cells if all(test(cell, filters) for test in tests)]


def counts(cells: Iterable[Cell], filters: Filters) -> dict[str, Counter[Any]]:
    """How many records each value of a filter would list, with the other filters as they are.

    Severity counts "this and above", as its filter does.
    """
    listed = list(cells)
    found: dict[str, Counter[Any]] = {name: Counter() for name in _NARROWS}
    for cell in within(listed, filters, but="area"):
        found["area"][cell.area_id] += cell.number
    for cell in within(listed, filters, but="risk"):
        found["risk"][cell.risk_code] += cell.number
    for cell in within(listed, filters, but="trend"):
        found["trend"][cell.trend] += cell.number
    for cell in within(listed, filters, but="severity"):
        for least in SEVERITIES[: max((cell.severity or 0) - 1, 0)]:
            found["severity"][least] += cell.number
    return found


@dataclass(frozen=True)
class Told:
    """How many records a page may say: in all, and for each value of a filter. None = not said."""

    total: int | None
    by: Mapping[str, Mapping[Any, int | None]]


def inside(cells: Iterable[Cell], filters: Filters) -> Told:
    """For members: every number as it is."""
    listed = list(cells)
    total = sum(cell.number for cell in within(listed, filters))
    return Told(total, {name: dict(found) for name, found in counts(listed, filters).items()})


def outside(
    cells: Iterable[Cell],
    filters: Filters,
    limit: Limit,
    risks: Sequence[str],
    areas: Sequence[UUID | None],
) -> Told:
    """For observers and donors: numbers of one table of risks by areas, small ones hidden.

    Narrowed by anything else a list has no number, so that no two of them can be subtracted.
    """
    table = release(numbers(cells), risks, areas, limit)
    risk, area = filters.risk_code, next(iter(filters.area_ids or ()), None)
    has_area = filters.is_country_wide or filters.area_ids is not None
    if filters != Filters(filters.area_ids, filters.is_country_wide, risk).closed_as(filters):
        return Told(None, {name: {} for name in _NARROWS})
    whole = table.cell(risk, area) if risk and has_area else table.total
    if risk and not has_area:
        whole = table.of_row(risk)
    elif has_area and not risk:
        whole = table.of_column(area)
    by_area = {i: table.cell(risk, i) if risk else table.of_column(i) for i in areas}
    by_risk = {r: table.cell(r, area) if has_area else table.of_row(r) for r in risks}
    return Told(whole, {"area": by_area, "risk": by_risk, "severity": {}, "trend": {}})


def numbers(cells: Iterable[Cell]) -> Counter[tuple[str, UUID | None]]:
    """(risk, area) -> how many records."""
    found: Counter[tuple[str, UUID | None]] = Counter()
    for cell in cells:
        found[cell.risk_code, cell.area_id] += cell.number
    return found


def goes_on(line: Line) -> bool:
    """True for a record that is still to be checked."""
    return line.status == Status.ACTIVE


def worst(cells: Iterable[Cell]) -> dict[tuple[str, UUID | None], tuple[int, str]]:
    """(risk, area) -> the worst severity (0 = not assessed) and where it is going, if it moves."""
    # At equal severity the one that gets worse must be seen; "worsening" is last by the alphabet.
    found: dict[tuple[str, UUID | None], tuple[int, str]] = {}
    for cell in cells:
        at = (cell.risk_code, cell.area_id)
        found[at] = max(_mark(cell), found.get(at, (0, "")))
    return found


def worst_by_area(cells: Iterable[Cell]) -> dict[UUID | None, tuple[int, str]]:
    """The same by area, whatever the risk."""
    found: dict[UUID | None, tuple[int, str]] = {}
    for cell in cells:
        found[cell.area_id] = max(_mark(cell), found.get(cell.area_id, (0, "")))
    return found


def _mark(cell: Cell) -> tuple[int, str]:
    moves = cell.trend in {Trend.WORSENING, Trend.IMPROVING}
    return cell.severity or 0, cell.trend if moves else ""


def told_once(rows: Iterable[VersionRow]) -> list[VersionRow]:
    """History without "still true" where the reader is told of the change of that very act."""
    listed = list(rows)
    said = {row.number for row in listed if row.what != What.STILL_TRUE}
    return [row for row in listed if row.what != What.STILL_TRUE or row.number not in said]
