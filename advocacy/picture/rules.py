"""How many records become one cell of the matrix, and several rows one entry of history."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from advocacy.picture.rows import Cell, VersionRow
from advocacy.threats.schema import What


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


def worst(cells: Iterable[Cell]) -> dict[tuple[str, UUID | None], tuple[int, str]]:
    """(risk, area) -> the worst severity (0 = not assessed) and where it is going, if it moves."""
    # At equal severity the one that gets worse must be seen; "worsening" is last by the alphabet.
    found: dict[tuple[str, UUID | None], tuple[int, str]] = {}
    for cell in cells:
        moves = cell.trend in {Trend.WORSENING, Trend.IMPROVING}
        mark = (cell.severity or 0, cell.trend if moves else "")
        at = (cell.risk_code, cell.area_id)
        found[at] = max(mark, found.get(at, (0, "")))
    return found


def told_once(rows: Iterable[VersionRow]) -> list[VersionRow]:
    """History without "still true" where the reader is told of the change of that very act."""
    listed = list(rows)
    said = {row.number for row in listed if row.what != What.STILL_TRUE}
    return [row for row in listed if row.what != What.STILL_TRUE or row.number not in said]
