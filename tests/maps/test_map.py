"""The map: shapes fitted on a sheet, squares without them, and nothing of what is hidden."""

import re
from uuid import UUID, uuid4

import pytest

from advocacy.maps import rules
from advocacy.reference import actions as reference
from advocacy.reference.mapper import read_shapes
from advocacy.reference.rows import ShapeRow
from advocacy.reference.rules import TESTLAND_SHAPES
from tests.conftest import NOW
from tests.world import founder

MAP = "/threats/in/testland/map"


def shape(area, left, top, right, bottom, note=""):
    path = f"M{left} {top}H{right}V{bottom}H{left}Z"
    middle = ((left + right) // 2, (top + bottom) // 2)
    return ShapeRow(area, path, (left, top, right, bottom), middle, "Survey Office.", note)


@pytest.fixture
def shapes(areas, database):
    with database.writing(founder(NOW)) as session:
        for file in TESTLAND_SHAPES:
            reference.load_shapes(session, "TST", read_shapes(file), source="Office", note="")


def drawn(page):
    """Of each area on the map: its class, and the number in it."""
    inside = page.split('<svg class="map"')[1].split("</svg>")[0]
    number = r'(?:<text x="[^>]*>([^<]*)</text>)?'
    return re.findall(rf'<path class="(v\d)"[^>]*>{number}(?:<text class[^<]*</text>)?</', inside)


@pytest.mark.parametrize("box", [(0, 0, 10, 10), (-900, 5, 90_000, 60), (7, 7, 7, 7)])
def test_whatever_the_country_its_map_stands_on_the_sheet(box):
    left, top, right, bottom = box
    one, two = uuid4(), uuid4()
    made = {one: shape(one, left, top, right, bottom), two: shape(two, left, top, right, top)}
    sheet = rules.sheet([one, two], made)
    assert (sheet.width, sheet.is_tiles) == (rules.WIDTH, False)
    assert 0 < sheet.height <= rules.HIGHEST
    for area in sheet.areas:
        assert 0 <= area.x <= sheet.width
        assert 0 <= area.y <= sheet.height
    assert sheet.sources == ("Survey Office.",)


def test_where_one_shape_is_missing_all_areas_are_squares():
    ids = [uuid4() for _ in range(8)]
    sheet = rules.sheet(ids, {ids[0]: shape(ids[0], 0, 0, 10, 10)})
    assert sheet.is_tiles
    assert [area.area_id for area in sheet.areas] == ids
    assert len({(area.x, area.y) for area in sheet.areas}) == 8
    assert all(area.y < sheet.height and area.x < sheet.width for area in sheet.areas)
    assert rules.sheet([], {UUID(int=1): shape(ids[0], 0, 0, 1, 1)}).areas == ()


def test_each_area_has_the_worst_severity_of_what_this_reader_sees(client, report, areas, shapes):
    report("members", severity=2)
    report("members", severity=4, trend="stable")
    report("own", severity=5, area_id=areas["Harbour"])
    page = client("legal").get(MAP)
    assert drawn(page) == [("v0", ""), ("v4", "4"), ("v0", "")]
    assert drawn(client("relief").get(MAP)) == [("v0", ""), ("v4", "4"), ("v5", "5")]
    assert "Boundaries and names on this map say nothing" in page
    assert "Office" in page
    assert "2 protection risks" in page


def test_the_list_beside_the_map_says_all_that_it_shows(client, report, areas, shapes):
    report("members", severity=4)
    report("members", severity=None, area_id=None)
    page = client("legal").get(MAP)
    listed = page.split("The map as a list")[1]
    for words in ("North Plain", "Blue Valley", "Whole country", "No record that you see"):
        assert words in listed
    assert "Not assessed" in listed
    assert f"{MAP.removesuffix('/map')}/table?area=TST02" in listed
    assert "area=country" in listed


def test_filters_narrow_the_map_and_without_boundaries_it_says_so(client, report):
    report("members", severity=4)
    page = client("legal").get(f"{MAP}?risk=PR12")
    assert drawn(page) == [("v0", "")] * 3
    assert '<text class="m" x="87.0" y="143.0">TST01</text>' in page
    assert "nobody has loaded the boundaries" in page
    assert "Boundaries and names on this map" not in page


def test_points_and_exact_areas_are_on_no_map(client, report, areas, shapes):
    report("donors", sensitivity=2, area_id=areas["East Hills"], place="Mill Lane")
    page = client("donor").get(MAP)
    assert drawn(page)[1] == ("v4", "4")
    for hidden in ("East Hills", "Mill Lane", "TST0201"):
        assert hidden not in page


def test_the_map_in_part_and_in_arabic(client, report, shapes):
    report("members")
    legal = client("legal")
    legal.client.set_cookie("language", "ar")
    assert "الوادي الأزرق" in legal.get(MAP)
    part = legal.get(MAP, headers={"HX-Request": "true"})
    assert part.lstrip().startswith('<div id="maps-map">')
