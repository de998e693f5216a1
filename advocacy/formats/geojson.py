"""Boundaries from GeoJSON files: read with caps, simplified, drawn as paths for a small map.

Measures: Web Mercator in thousandths of a degree of longitude, y growing to the south as in SVG.
A file whose area crosses the 180th meridian goes on beyond it, so that no line runs across a map.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from advocacy.ground.errors import Invalid, TooLarge
from advocacy.ground.reasons import Reason

MAX_BYTES = 80_000_000
MAX_SHAPES = 10_000
MAX_POINTS = 4_000_000
_UNITS = 1_000
_FINENESS = 1_600  # a map is some hundred pixels wide: finer than this is not seen
_FARTHEST_NORTH = 85.0
_CODE = re.compile(r"(?:adm(?:in)?(\d)_?)?p_?-?code|adm(?:in)?(\d)_?code", re.IGNORECASE)

Point = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    """One feature. level: None where the name of its property has no number.

    box: left, top, right, bottom. middle: a point inside, where a number can stand.
    """

    code: str
    level: int | None
    path: str
    box: tuple[int, int, int, int]
    middle: tuple[int, int]


def read(source: Path | bytes, *, code_property: str = "") -> list[Shape]:
    """The shapes of a FeatureCollection of polygons, by their P-codes.

    code_property: name of the property that holds the code; empty = the deepest that is named
    like one, for example ADM2_PCODE.

    Raises:
        Invalid: no GeoJSON, no polygons, not in longitude and latitude, no codes, a code twice.
        TooLarge: more bytes, shapes or points than this house takes.
    """
    features = _features(_document(source))
    name, level = _code_of(features, code_property)
    drawn: dict[str, list[list[Point]]] = {}
    for feature in features:
        code = str(feature["properties"].get(name) or "").strip()
        if not code:
            raise Invalid(Reason("geojson.no-code", name, {"name": name}))
        if code in drawn:
            raise Invalid(Reason("geojson.code-twice", code, {"code": code}))
        drawn[code] = _rings(feature.get("geometry"))
    if sum(len(ring) for rings in drawn.values() for ring in rings) > MAX_POINTS:
        raise TooLarge(Reason("geojson.too-many", "", {"most": MAX_POINTS}))
    grain = _grain(ring for rings in drawn.values() for ring in rings)
    return [_shape(code, level, rings, grain) for code, rings in drawn.items()]


def _document(source: Path | bytes) -> Any:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > MAX_BYTES:
        raise TooLarge(Reason("geojson.too-large", "", {"most": MAX_BYTES // 1_000_000}))
    data = source if isinstance(source, bytes) else source.read_bytes()
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Invalid(Reason("geojson.damaged")) from error


def _features(found: Any) -> list[Mapping[str, Any]]:
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not features:
        raise Invalid(Reason("geojson.none"))
    if len(features) > MAX_SHAPES:
        raise TooLarge(Reason("geojson.too-many", "", {"most": MAX_SHAPES}))
    for feature in features:
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            raise Invalid(Reason("geojson.none"))
    return features


def _code_of(features: list[Mapping[str, Any]], asked: str) -> tuple[str, int | None]:
    """The property that holds the codes, and the level in its name."""
    names = list(features[0]["properties"])
    fits = [(name, match) for name in names if (match := _CODE.fullmatch(name))]
    fits = [(name, match) for name, match in fits if asked in {"", name}]
    if asked and asked in names and not fits:
        return asked, None
    if not fits:
        raise Invalid(Reason("geojson.no-property", asked, {"names": ", ".join(names[:12])}))
    name, match = max(fits, key=lambda fit: int(fit[1].group(1) or fit[1].group(2) or 0))
    digit = match.group(1) or match.group(2)
    return name, int(digit) if digit else None


def _rings(geometry: Any) -> list[list[Point]]:
    """Outer and inner rings, drawn. Raises Invalid."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    parts = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"} or not isinstance(parts, list):
        raise Invalid(Reason("geojson.no-polygon"))
    polygons = [parts] if kind == "Polygon" else parts
    try:
        rings = [[_degrees(p) for p in ring] for polygon in polygons for ring in polygon]
    except (TypeError, ValueError, IndexError) as error:
        raise Invalid(Reason("geojson.no-degrees")) from error
    rings = [ring for ring in rings if len(ring) > 3]
    if not rings:
        raise Invalid(Reason("geojson.no-polygon"))
    east = [lon for ring in rings for lon, _lat in ring]
    crosses = max(east) - min(east) > 180
    return [[drawn(lon + 360 * (crosses and lon < 0), lat) for lon, lat in r] for r in rings]


def _degrees(given: Any) -> Point:
    lon, lat = float(given[0]), float(given[1])
    if not (abs(lon) <= 180 and abs(lat) <= 90):  # also when it is no number at all
        raise ValueError("degrees")
    return lon, lat


def drawn(lon: float, lat: float) -> Point:
    """Where a point in degrees lies on the map."""
    north = math.radians(max(-_FARTHEST_NORTH, min(_FARTHEST_NORTH, lat)))
    return lon * _UNITS, -math.degrees(math.log(math.tan(math.pi / 4 + north / 2))) * _UNITS


def placed(x: float, y: float) -> Point:
    """Latitude and longitude of a point of the map, to a thousandth of a degree."""
    north = math.degrees(2 * math.atan(math.exp(math.radians(-y / _UNITS))) - math.pi / 2)
    return round(north, 3), round(x / _UNITS, 3)


def _grain(rings: Iterable[list[Point]]) -> float:
    """The smallest thing that is seen on a map of all of them."""
    boxes = [_box(ring) for ring in rings]
    wide = max(b[2] for b in boxes) - min(b[0] for b in boxes)
    high = max(b[3] for b in boxes) - min(b[1] for b in boxes)
    return max(wide, high) / _FINENESS


def _box(points: Iterable[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _shape(code: str, level: int | None, rings: list[list[Point]], grain: float) -> Shape:
    largest = max(rings, key=lambda ring: abs(_area(ring)))
    kept = [r for r in rings if r is largest or abs(_area(r)) > grain * grain]
    simple = [s if len(s) > 3 else r for r in kept for s in [_simple(r, grain / 2)]]
    whole = [[(round(x), round(y)) for x, y in ring] for ring in simple]
    left, top, right, bottom = map(int, _box([point for ring in whole for point in ring]))
    middle = _inside(simple[kept.index(largest)])
    return Shape(code, level, "".join(map(_path, whole)), (left, top, right, bottom), middle)


def _path(ring: list[tuple[int, int]]) -> str:
    """A closed ring, from its first point; the same point twice in a row is drawn once."""
    kept = [ring[0], *(b for a, b in pairwise(ring) if a != b)]
    kept = kept[:-1] if len(kept) > 1 and kept[-1] == kept[0] else kept
    return "M" + "L".join(f"{x} {y}" for x, y in kept) + "Z"


def _area(ring: list[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])) / 2


def _simple(ring: list[Point], tolerance: float) -> list[Point]:
    """Without the points that lie within the tolerance of the line without them."""
    # A ring ends where it begins: its farthest point gives the first line something to lie on.
    start = ring[0]
    far = max(range(len(ring)), key=lambda n: math.dist(start, ring[n]))
    keep, waiting = {0, far, len(ring) - 1}, [(0, far), (far, len(ring) - 1)]
    while waiting:
        first, last = waiting.pop()
        most, at = tolerance, -1
        for n in range(first + 1, last):
            away = _distance(ring[n], ring[first], ring[last])
            if away > most:
                most, at = away, n
        if at >= 0:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [ring[n] for n in sorted(keep)]


def _distance(point: Point, a: Point, b: Point) -> float:
    """From a point to a line between two others."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    if not length:
        return math.dist(point, a)
    along = max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length))
    return math.dist(point, (a[0] + along * dx, a[1] + along * dy))


def _inside(ring: list[Point]) -> tuple[int, int]:
    """A point inside: the middle of the widest stretch at half the height."""
    _left, top, _right, bottom = _box(ring)
    y = (top + bottom) / 2 + 0.01  # not through a corner that lies just there
    crossings = sorted(_crossings(ring, y))
    spans = [(b - a, (a + b) / 2) for a, b in zip(crossings[::2], crossings[1::2], strict=False)]
    x = max(spans)[1] if spans else ring[0][0]
    return round(x), round(y)


def _crossings(ring: list[Point], y: float) -> Iterator[float]:
    for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
        if (ay > y) != (by > y):
            yield ax + (y - ay) * (bx - ax) / (by - ay)
