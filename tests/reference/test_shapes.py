"""Boundaries for the map: simplified, in one measure, refused in clear words."""

import json
import math
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from advocacy.formats import geojson
from advocacy.ground.errors import Invalid, TooLarge
from advocacy.reference import queries, rules
from advocacy.reference.actions import load_areas, load_shapes
from advocacy.reference.mapper import read_shapes
from advocacy.reference.rows import Loaded


def square(left: float, bottom: float, size: float = 1.0) -> list[list[list[float]]]:
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    return [[[left + size * x, bottom + size * y] for x, y in corners]]


def file(*features: tuple[str, Any], name: str = "ADM1_PCODE", kind: str = "Polygon") -> bytes:
    made = [
        {
            "type": "Feature",
            "properties": {name: code},
            "geometry": {"type": kind, "coordinates": at},
        }
        for code, at in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": made}).encode()


def test_a_boundary_is_drawn_with_north_above_and_east_to_the_right() -> None:
    south, north = geojson.read(file(("S", square(10, 0)), ("N", square(10, 1))))

    assert south.level == 1
    assert south.path == "M10000 0L11000 0L11000 -1000L10000 -1000Z"
    assert south.box == (10_000, -1_000, 11_000, 0)
    assert north.box[3] == south.box[1]
    left, top, right, bottom = north.box
    assert left < north.middle[0] < right
    assert top < north.middle[1] < bottom


def test_what_is_not_seen_on_a_map_is_left_out_and_the_number_stays_inside() -> None:
    ring = [[10 + math.cos(n / 500), math.sin(n / 500)] for n in range(3_142)]
    (round_one,) = geojson.read(file(("R", [[*ring, ring[0]]])))
    assert 20 < round_one.path.count("L") < 200

    horseshoe = [[0, 0], [9, 0], [9, 9], [0, 9], [0, 8], [8, 8], [8, 1], [0, 1], [0, 0]]
    (bent,) = geojson.read(file(("H", [horseshoe])))
    assert 8_000 < bent.middle[0] < 9_000


def test_an_area_across_the_180th_meridian_stays_in_one_piece() -> None:
    islands = [square(179, -18), square(-180, -18)]
    (fiji,) = geojson.read(file(("F", islands), kind="MultiPolygon"))

    assert fiji.box[0] == 179_000
    assert fiji.box[2] == 181_000


def test_the_deepest_code_is_taken_unless_another_is_asked_for() -> None:
    found = json.loads(file(("X1", square(0, 0))))
    found["features"][0]["properties"] = {"ADM1_PCODE": "X1", "ADM2_PCODE": "X101", "id": "9"}
    data = json.dumps(found).encode()

    assert [(s.code, s.level) for s in geojson.read(data)] == [("X101", 2)]
    assert [(s.code, s.level) for s in geojson.read(data, code_property="id")] == [("9", None)]
    assert [s.level for s in geojson.read(data, code_property="ADM1_PCODE")] == [1]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x89PNG", "geojson.damaged"),
        (b"[" * 100_000, "geojson.damaged"),
        (b"{}", "geojson.none"),
        (b'{"features": [7]}', "geojson.none"),
        (file(("A", square(0, 0)), name="shape"), "geojson.no-property"),
        (file(("", square(0, 0))), "geojson.no-code"),
        (file(("A", square(0, 0)), ("A", square(2, 0))), "geojson.code-twice"),
        (file(("A", [1, 2]), kind="Point"), "geojson.no-polygon"),
        (file(("A", [[[0, 0], [1, 1]]])), "geojson.no-polygon"),
        (file(("A", square(500_000, 4_000_000))), "geojson.no-degrees"),
        (file(("A", [[["x", 0]]])), "geojson.no-degrees"),
        (file(("A", square(float("nan"), 0))), "geojson.no-degrees"),
        (file(("A", [7])), "geojson.no-degrees"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_its_own_words(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as raised:
        geojson.read(data)
    assert [reason.code for reason in raised.value.reasons] == [code]


def test_a_file_with_more_than_a_map_shows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("MAX_BYTES", 10), ("MAX_SHAPES", 1), ("MAX_POINTS", 6)):
        with monkeypatch.context() as less:
            less.setattr(geojson, name, most)
            with pytest.raises(TooLarge):
                geojson.read(file(("A", square(0, 0)), ("B", square(1, 0))))


def test_shapes_are_kept_by_area_and_a_second_time_nothing_is_new(session: Session) -> None:
    load_areas(session, rules.testland())
    data = file(("TST01", square(0, 0)), ("TST02", square(1, 0)), ("TST99", square(2, 0)))
    said = {"source": "Survey Office", "note": "Not agreed by all."}

    first = load_shapes(session, "TST", read_shapes(data), **said)
    again = load_shapes(session, "TST", read_shapes(data), **said)
    moved = load_shapes(session, "TST", read_shapes(file(("TST01", square(5, 5)))), **said)

    assert first == (Loaded(new=2, changed=0, same=0), ["TST99"])
    assert again == (Loaded(new=0, changed=0, same=2), ["TST99"])
    assert moved == (Loaded(new=0, changed=1, same=0), [])
    area = queries.resolve(session, "TST", "TST01")
    found = queries.shapes(session, [area.id, UUID(int=7)])
    assert list(found) == [area.id]
    assert found[area.id].box[:1] == (5_000,)
    assert (found[area.id].source, found[area.id].note) == ("Survey Office", "Not agreed by all.")


def test_shapes_that_fit_nothing_here_are_refused(session: Session) -> None:
    load_areas(session, rules.testland())
    for country, name, code in (
        ("XYZ", "ADM1_PCODE", "reference.no-country"),
        ("TST", "ADM2_PCODE", "reference.no-shape-fits"),  # the code is one of level 1
    ):
        lines = read_shapes(file(("TST01", square(0, 0)), name=name))
        with pytest.raises(Invalid) as raised:
            load_shapes(session, country, lines, source="x", note="")
        assert [reason.code for reason in raised.value.reasons] == [code]
