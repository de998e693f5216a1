"""A record lies in many places: it is counted in each of its areas, and in a total once."""

import re

import pytest

from advocacy.analysis import actions as analysis
from advocacy.analysis.rows import NewPlace
from advocacy.disclosure.rules import Limit
from advocacy.organisations import queries as organisations
from advocacy.picture import queries, rules
from advocacy.picture.rows import Cell, Filters
from advocacy.threats import queries as threats

REGISTER = "/threats/in/testland"


@pytest.fixture
def put(world, database):
    """`put(threat_id, "TST0301", …)`: further places of a threat of Relief Network."""

    def made(threat_id, *codes):
        relief = world.actor("relief")
        with database.writing(relief) as session:
            for code in codes:
                edition = threats.current(session, relief, threat_id).edition
                analysis.add_place(
                    session, relief, threat_id, NewPlace(area=code), based_on=edition
                )

    return made


def heads_and_cells(page):
    """The heads of the matrix, and for each row what stands in its cells."""
    inside = page.split('class="matrix"')[1].split("</table>")[0]
    rows = inside.split("<tbody>")[1].split("<tr>")[1:]
    cells = [re.findall(r'<td class="v\d">(.*?)</td>', row, re.S) for row in rows]
    plain = [[re.sub(r"\s*<[^>]*>\s*", " ", cell).split() for cell in row] for row in cells]
    return re.findall(r'<th scope="col">([^<]*)', inside), plain


def test_a_record_counts_in_each_of_its_areas_and_once_in_all(client, report, put):
    put(report("members"), "TST0301", "TST0302", "TST01")
    report("members")
    legal = client("legal")
    page = legal.get(REGISTER)
    heads, (cells,) = heads_and_cells(page)
    numbers = dict(zip(heads, [cell[-1] for cell in cells], strict=True))
    assert numbers == {"Blue Valley": "2", "Harbour": "1", "North Plain": "1"}
    assert "2 protection risks" in page
    harbour = legal.get(f"{REGISTER}/table?area=TST03")
    assert "1 protection risk<" in harbour
    assert harbour.count("Checkpoints turn back") == 1
    assert len(re.findall(r'<path class="v4"', legal.get(f"{REGISTER}/map"))) == 3


def test_a_donor_s_page_counts_the_areas_too_and_hides_small_numbers(client, report, put):
    put(report("donors", sensitivity=2), "TST0301")
    donor = client("donor")
    assert len(re.findall(r'<path class="v4"', donor.get(f"{REGISTER}/map"))) == 2
    page = donor.get(REGISTER)
    assert "Checkpoints turn back" in donor.get(f"{REGISTER}/table?area=TST03")
    assert "1 protection risk<" not in page
    assert "TST0301" not in page


def test_below_the_first_level_each_part_of_an_area_has_its_records(client, report, put, areas):
    put(report("members", area_id=areas["East Hills"]), "TST0202", "TST0202", "TST03")
    report("members")  # in Blue Valley, not more exactly
    legal = client("legal")
    heads, (cells,) = heads_and_cells(legal.get(f"{REGISTER}?area=TST02&level=2"))
    told = dict(zip(heads, [cell[-1] if len(cell) > 2 else "" for cell in cells], strict=True))
    assert told.pop("East Hills") == told.pop("Not known as exactly") == "1"
    assert sorted(told.values()) in (["1"], ["", "1"])
    listed = legal.get(f"{REGISTER}/table?area=TST0202")
    assert "1 protection risk<" in listed
    part = legal.get(f"{REGISTER}/map?area=TST02&level=2")
    assert "East Hills" in part
    assert "Not known as exactly" in part
    (together,) = heads_and_cells(legal.get(f"{REGISTER}?level=0"))[1]
    assert [cell[-1] for cell in together] == ["2"]


def test_nobody_outside_finds_a_record_by_its_exact_place(client, report, put, areas):
    put(report("donors", sensitivity=2, area_id=areas["East Hills"]), "TST0202")
    donor = client("donor")
    for query in ("area=TST0201", "area=TST0202", "area=TST02&level=2", "level=0"):
        for view in ("", "/map"):
            page = donor.get(f"{REGISTER}{view}?{query}")
            assert "East Hills" not in page
            assert "Not known as exactly" not in page
    # As an address that says nothing: the list is what it is without it.
    assert "Checkpoints turn back" in donor.get(f"{REGISTER}/table?area=TST0202")


def test_a_further_place_of_a_class_not_shared_counts_nowhere(world, reading, report, put):
    put(report("own"), "TST0301")
    legal = world.actor("legal")
    with reading(legal) as session:
        space = organisations.workspace(session, legal, world.slug)
        assert queries.cells(session, legal, space, Filters()) == []


def test_the_total_outside_takes_each_record_once_and_no_view_subtracts_it():
    cells = [
        Cell("PR01", 1, 4, "stable", 9),
        Cell("PR01", 2, 4, "stable", 7, is_more=True),
        Cell("PR15", 1, 4, "stable", 12),
        Cell("PR15", 2, 4, "stable", 20),
    ]
    told = rules.outside(cells, Filters(), Limit(5), ("PR01", "PR15"), (1, 2))
    assert told.total == 41
    assert told.by["area"] == {1: 21, 2: 27}
    assert told.by["risk"] == {"PR01": 9, "PR15": 32}


def test_a_risk_too_small_without_its_copies_is_not_told_nor_left_over():
    cells = [
        Cell("PR01", 1, 4, "stable", 3),
        Cell("PR01", 2, 4, "stable", 3, is_more=True),
        Cell("PR15", 1, 4, "stable", 12),
        Cell("PR15", 2, 4, "stable", 20),
    ]
    told = rules.outside(cells, Filters(), Limit(5), ("PR01", "PR15"), (1, 2))
    assert told.by["risk"]["PR01"] is None
    assert told.total is None or told.by["risk"]["PR15"] is None
