"""How many records become one cell of the matrix."""

from collections.abc import Iterable
from uuid import UUID

from advocacy.picture.rows import Cell
from advocacy.threats.schema import Trend


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
