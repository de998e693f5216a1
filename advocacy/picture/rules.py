"""How many records become one cell of the matrix, and several rows one entry of history."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from advocacy.disclosure.rules import Limit, release
from advocacy.picture.rows import Cell, Filters, Line, VersionRow
from advocacy.threats.schema import GOING_ON, What


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
CHOICES = ("area", "risk", "severity", "trend")


def _left_out_by(filters: Filters) -> Callable[[Cell], tuple[str, ...]]:
    """Which filters leave a cell out. Thousands of cells are asked, so each as little as can be.

    "once" comes last: within one area a record stands once; over all areas it would be counted
    in each of them.
    """
    areas, is_country, risk = filters.area_ids, filters.is_country_wide, filters.risk_code
    least, trend = filters.severity or 0, filters.trend
    has_area = areas is not None or is_country

    def left_out(cell: Cell) -> tuple[str, ...]:
        found: tuple[str, ...] = ()
        if has_area:
            is_in = cell.area_id is None if is_country else cell.area_id in (areas or ())
            found += () if is_in else ("area",)
        if risk and cell.risk_code != risk:
            found += ("risk",)
        if least and (cell.severity or 0) < least:
            found += ("severity",)
        if trend and cell.trend != trend:
            found += ("trend",)
        return (*found, "once") if cell.is_more and not has_area else found

    return left_out


def within(cells: Iterable[Cell], filters: Filters, *, but: Collection[str] = ()) -> list[Cell]:
    """Those cells that a reader narrowed the list to, each record once.

    but: filters that do not count; without "once" a record stands in every one of its areas.
    """
    left_out = _left_out_by(filters)
    return [cell for cell in cells if all(name in but for name in left_out(cell))]


def counts(cells: Iterable[Cell], filters: Filters) -> dict[str, Counter[Any]]:
    """How many records each value of a filter would list, with the other filters as they are.

    Severity counts "this and above", as its filter does.
    """
    found: dict[str, Counter[Any]] = {name: Counter() for name in CHOICES}
    left_out = _left_out_by(filters)
    for cell in cells:
        names = left_out(cell)
        again = names[-1:] == ("once",)
        chosen = names[:-1] if again else names
        if len(chosen) > 1:
            continue
        risk, area, severity, trend, number, _more = cell
        values = {"area": area, "risk": risk, "severity": severity or 0, "trend": trend}
        # A filter does not narrow its own values: what it alone leaves out is counted for it.
        for name in chosen or CHOICES:
            if name == "area" or not again:
                found[name][values[name]] += number
    steps = found["severity"].items()
    at_least = {least: sum(n for at, n in steps if at >= least) for least in SEVERITIES}
    found["severity"] = Counter({least: number for least, number in at_least.items() if number})
    return found


@dataclass(frozen=True)
class Told:
    """How many records a page may say: in all, and for each value of a filter. None = not said."""

    total: int | None
    by: Mapping[str, Mapping[Any, int | None]]


def inside(cells: Iterable[Cell], filters: Filters, part_of: int | None = None) -> Told:
    """For members: every number as it is. part_of: how many there are, where cells are some."""
    listed = list(cells)
    total = sum(cell.number for cell in within(listed, filters)) if part_of is None else part_of
    return Told(total, {name: dict(found) for name, found in counts(listed, filters).items()})


def outside(
    cells: Iterable[Cell],
    filters: Filters,
    limit: Limit,
    risks: Sequence[str],
    areas: Sequence[UUID | None],
) -> Told:
    """For observers and donors: numbers of one table of risks by areas, small ones hidden.

    A record stands in the table in each of its areas. A total that takes it once is told only
    where the table's own total is, and where it is not too small itself.
    Narrowed by anything else a list has no number, so that no two of them can be subtracted.
    """
    cells = list(cells)
    table = release(numbers(cells), risks, areas, limit)
    once = release(_once(cells), risks, ["all"], limit)
    by_row = {r: _both(table.of_row(r), once.cell(r, "all"), once.of_row(r)) for r in risks}
    risk, area = filters.risk_code, next(iter(filters.area_ids or ()), None)
    has_area = filters.is_country_wide or filters.area_ids is not None
    if filters != _of_table(filters):
        return Told(None, {name: {} for name in CHOICES})
    whole = _both(table.total, once.of_column("all"), once.total)
    if risk:
        whole = table.cell(risk, area) if has_area else by_row.get(risk)
    elif has_area and not risk:
        whole = table.of_column(area)
    by_area = {i: table.cell(risk, i) if risk else table.of_column(i) for i in areas}
    by_risk = {r: table.cell(r, area) if has_area else by_row[r] for r in risks}
    return Told(whole, {"area": by_area, "risk": by_risk, "severity": {}, "trend": {}})


def _of_table(filters: Filters) -> Filters:
    """The same, of what stands in the table alone: areas of the first level, and risks."""
    return Filters(
        filters.area_ids,
        is_country_wide=filters.is_country_wide,
        risk_code=filters.risk_code,
        status=filters.status,
    )


def _once(cells: Iterable[Cell]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for cell in cells:
        found[cell.risk_code, "all"] += 0 if cell.is_more else cell.number
    return found


def _both(told: int | None, *also: int | None) -> int | None:
    """The number that each record is counted once in, where all that goes with it is told."""
    return None if None in (told, *also) else also[-1]


def numbers(cells: Iterable[Cell]) -> Counter[tuple[str, UUID | None]]:
    """(risk, area) -> how many records."""
    found: Counter[tuple[str, UUID | None]] = Counter()
    for cell in cells:
        found[cell.risk_code, cell.area_id] += cell.number
    return found


def by_area(cells: Iterable[Cell]) -> Counter[UUID | None]:
    """Area -> how many records."""
    found: Counter[UUID | None] = Counter()
    for cell in cells:
        found[cell.area_id] += cell.number
    return found


def goes_on(line: Line) -> bool:
    """True for a record that is still to be checked."""
    return line.status in GOING_ON


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
