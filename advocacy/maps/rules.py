"""Fitting shapes on a sheet, and squares where there are none."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from advocacy.maps.rows import Drawn, Sheet
from advocacy.reference.rows import ShapeRow

# The paper, in its own units: 960 wide, never more than 720 high.
WIDTH, HIGHEST, EDGE = 960, 720, 12
TILE, GAP, ROW = 150, 10, 6


def sheet(areas: Sequence[UUID], shapes: Mapping[UUID, ShapeRow]) -> Sheet:
    """Where each of these areas lies; squares for all of them when a shape is missing.

    Half a map would say that the missing areas do not exist.
    """
    if areas and all(area in shapes for area in areas):
        return _fitted([shapes[area] for area in areas])
    return _tiles(areas)


def _fitted(shapes: Sequence[ShapeRow]) -> Sheet:
    left, top = min(s.box[0] for s in shapes), min(s.box[1] for s in shapes)
    right, bottom = max(s.box[2] for s in shapes), max(s.box[3] for s in shapes)
    wide, high = max(right - left, 1), max(bottom - top, 1)
    scale = min((WIDTH - 2 * EDGE) / wide, (HIGHEST - 2 * EDGE) / high)
    aside = (WIDTH - wide * scale) / 2
    drawn = [
        Drawn(
            shape.area_id,
            shape.path,
            round(aside + (shape.middle[0] - left) * scale, 1),
            round(EDGE + (shape.middle[1] - top) * scale, 1),
        )
        for shape in shapes
    ]
    moved = f"translate({aside - left * scale:.2f} {EDGE - top * scale:.2f}) scale({scale:.6f})"
    said = tuple(dict.fromkeys(" ".join(filter(None, (s.source, s.note))) for s in shapes))
    return Sheet(WIDTH, round(high * scale + 2 * EDGE), moved, tuple(drawn), said)


def _tiles(areas: Sequence[UUID]) -> Sheet:
    drawn = []
    for n, area in enumerate(areas):
        x, y = EDGE + n % ROW * (TILE + GAP), EDGE + n // ROW * (TILE + GAP)
        path = f"M{x} {y}h{TILE}v{TILE}h-{TILE}z"
        drawn.append(Drawn(area, path, x + TILE / 2, y + TILE / 2))
    rows = -(-len(areas) // ROW) or 1
    height = rows * (TILE + GAP) - GAP + 2 * EDGE
    return Sheet(WIDTH, height, "", tuple(drawn), is_tiles=True)
