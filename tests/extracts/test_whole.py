"""A file holds the record whole: what is known beyond its short fields, as its reader may know."""

import csv
import io
import json

import pytest

from advocacy.analysis import actions as analysis
from advocacy.analysis.rows import Blocks, NewFigure, NewParty, NewPlace
from advocacy.assessments import actions as assessments
from advocacy.assessments.rows import Said
from advocacy.exhibits import actions as exhibits
from advocacy.exhibits.rows import Piece
from advocacy.extracts.rules import OUTSIDE
from advocacy.formats import docx_read
from advocacy.formats.lists import pack, unpack
from advocacy.reference import actions as reference
from advocacy.reference import queries as places
from advocacy.reference.mapper import read_shapes
from advocacy.reference.rules import TESTLAND_SHAPES
from advocacy.threats import queries as threats
from tests.conftest import NOW
from tests.world import founder

FILES = "/threats/in/testland/files"
ADDED = (
    (analysis.describe, Blocks(("violence",), context="Harvest; then | tolls", effect="Widows")),
    (analysis.add_place, NewPlace("TST0301", "Mill Quay", "", 11.5, 42.25)),
    (analysis.add_party, NewParty("perpetrator", "militia", name="Halloran Brigade")),
    (analysis.add_figure, NewFigure("affected", sex="f", low=0, high=7)),
    (analysis.add_figure, NewFigure("affected", sex="m", is_unknown=True)),
)


@pytest.fixture
def known(world, database, report):
    relief, legal = world.actor("relief"), world.actor("legal")
    threat_id = report("donors", sensitivity=2)
    with database.writing(relief) as session:
        for act, what in ADDED:
            edition = threats.current(session, relief, threat_id).edition
            act(session, relief, threat_id, what, based_on=edition)
    with database.writing(legal) as session:
        said = Said("disputes", severity=2, rationale="Seen by us", attribution="named")
        assessments.give(session, legal, threat_id, said, after=None)
        piece = Piece("visit", "Halloran's gate", NOW.date(), "weakens", ask="Our field office")
        exhibits.add(session, legal, threat_id, piece, to="view")
    return threat_id


def take(browser, **form):
    return browser.post(FILES, {"kind": "csv", "reach": "ours", **form}, status=None).get_data()


def row(browser, **form):
    (found,) = csv.DictReader(io.StringIO(take(browser, **form).decode("utf-8-sig")))
    return found


@pytest.mark.parametrize(
    "rows",
    [[["a", "b; c", ""], ["d|e", "f\\", "g\nh"]], [["", ""]], [["\r\n;|\\n"]], []],
)
def test_a_list_in_one_cell_comes_back_as_it_was(rows):
    assert unpack(pack(rows)) == [[part.strip(" ") for part in row] for row in rows]


def test_each_reader_gets_what_is_known_class_by_class(client, known):
    ours, theirs = row(client("relief")), row(client("legal"))
    assert theirs["context"] == "Harvest; then | tolls"
    assert theirs["threat_kinds"] == "violence"
    assert theirs["places"] == ours["places"] == "TST0301; Mill Quay; exact"
    assert theirs["parties"] == "perpetrator; militia; reported"
    assert unpack(theirs["figures"])[0][5:7] == ["0", "7"]
    assert unpack(theirs["figures"])[1][5:7] == ["unknown", "unknown"]
    assert theirs["admin1_all_codes"] == "TST02 TST03"
    assert unpack(theirs["views"])[0][1:4] == ["Harbour Legal Aid", "disputes", "2"]
    (piece,) = unpack(theirs["evidence"])
    assert piece == ["visit", "2026-11-22", "weakens", "Nobody was asked", "-", "held"]
    assert ours["evidence"] == theirs["evidence"]
    assert "gate" not in str(ours)
    assert (ours["points"], ours["party_names"]) == ("1; 11.5; 42.25", "1; Halloran Brigade")
    assert theirs["points"] == theirs["party_names"] == ""


def test_outside_reads_first_level_areas_and_nothing_of_parties_or_places(client, known):
    for found in (row(client("donor")), row(client("relief"), reach="outside")):
        assert set(found) == OUTSIDE
        assert found["admin1_all_codes"] == "TST02 TST03"
        for word in ("Mill", "militia", "Harvest", "Halloran", "11.5", "Seen by us", "asked"):
            assert word not in str(found)


def test_a_point_is_on_the_map_of_those_who_may_know_it_alone(client, known, database):
    (bare,) = json.loads(take(client("legal"), kind="geojson"))["features"]
    assert bare["geometry"] is None  # nobody has loaded boundaries
    with database.writing(founder(NOW)) as session:
        for file in TESTLAND_SHAPES:
            reference.load_shapes(session, "TST", read_shapes(file), source="Office", note="")
    (ours,) = json.loads(take(client("relief"), kind="geojson"))["features"]
    assert ours["geometry"] == {"type": "Point", "coordinates": [42.25, 11.5]}
    for reader in ("legal", "donor"):
        (theirs,) = json.loads(take(client(reader), kind="geojson"))["features"]
        assert theirs["properties"]["geometry"] == "inside the area"
        assert theirs["geometry"]["coordinates"] != [42.25, 11.5]
        assert "42.25" not in json.dumps(theirs)


def test_an_annex_says_it_in_words(client, known):
    words = "\n".join(b.words for b in docx_read.paper(take(client("legal"), kind="docx")).blocks)
    for said in (
        "Mill Quay (",
        "militia",
        "0–7",
        "Harbour Legal Aid",
        "We see something else",
        "Widows",
        "Evidence against it: A visit of our own · 2026-11-22 · Held by its organisation",
    ):
        assert said in words, said
    assert "Halloran" not in words
    outside = take(client("donor"), kind="docx", reach="outside")
    assert "Evidence" not in "\n".join(b.words for b in docx_read.paper(outside).blocks)


def test_a_workspace_s_own_name_of_an_area_stands_in_its_files(client, known, database, world):
    with database.writing(founder(NOW)) as session:
        of = next(a for a in places.areas(session, "TST") if a.code == "TST02")
        reference.call(
            session, workspace_id=world.workspace_id, area_id=of.id, names={"all": "Our Valley"}
        )
    assert row(client("legal"))["admin1_name"] == "Our Valley"
