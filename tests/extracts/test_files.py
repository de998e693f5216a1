"""The register as a file: exactly as filtered, and as its reader may see it."""

import csv
import hashlib
import io
import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from advocacy.extracts import actions, queries
from advocacy.extracts.rows import Full, Words
from advocacy.extracts.rules import COLUMNS, OUTSIDE, label, line
from advocacy.extracts.schema import Extract
from advocacy.formats import docx_read, xlsx_read
from advocacy.reference import actions as reference
from advocacy.reference import rules as lists_of
from advocacy.threats import actions as threats
from advocacy.threats.rows import Entry, Sharing
from tests.world import NOW, founder

FILES = "/threats/in/testland/files"
SECRET = "quarry behind the mosque"
ENTRY = Entry(
    risk_code="PR15", title="=Soldiers close the road", summary="Traders are turned back.",
    severity=4, sensitivity=1, people_low=120, people_high=130, narrative=SECRET, place="Old gate",
)  # fmt: skip


@pytest.fixture(autouse=True)
def lists(database):
    with database.writing(founder(NOW)) as session:
        reference.load_taxonomies(session)
        reference.load_areas(session, lists_of.testland())


@pytest.fixture
def report(database, world):
    def made(by="relief", level="own", **changes):
        actor = world.actor(by)
        with database.writing(actor) as session:
            return threats.report(
                session, actor, workspace_id=world.workspace_id,
                entry=replace(ENTRY, **changes), sharing=Sharing(level),
            ).id  # fmt: skip

    return made


def take(browser, status=200, query="", **form):
    sent = {"kind": "csv", "reach": "ours", **form}
    answer = browser.post(FILES + query, sent, status=None)
    assert answer.status_code == status
    return answer


def table(answer):
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_a_file_holds_what_its_reader_may_see_class_by_class(client, report):
    report(level="members")
    report(by="rights", title="Hidden from all")
    (ours,) = table(take(client("relief")))
    assert (ours["narrative"], ours["people_min"], ours["place_name"]) == (
        SECRET,
        "120",
        "Old gate",
    )
    assert ours["title"] == "'=Soldiers close the road", "no cell is a formula"
    (theirs,) = table(take(client("legal")))
    assert (theirs["narrative"], theirs["people_min"]) == ("", "120")
    assert theirs["not_shown"] == "restricted"
    assert table(take(client("observer"))) == []


def test_donors_get_the_safe_columns_alone_whatever_they_ask_for(client, report):
    report(level="donors")
    (row,) = table(take(client("donor"), reach="ours"))
    assert set(row) == OUTSIDE
    assert row["people_band"] == "100-999"
    assert row["handling"] == "TLP:GREEN"
    assert SECRET not in str(row)


def test_a_member_takes_out_for_outside_only_what_outside_may_read(client, report):
    report(level="donors", title="Floods")
    report(level="members", title="Raids")
    rows = table(take(client("relief"), reach="outside"))
    assert [row["title"] for row in rows] == ["Floods"]
    assert set(rows[0]) == OUTSIDE


def test_the_file_is_as_filtered(client, report):
    report(title="Floods", severity=2)
    report(title="Raids", severity=5)
    rows = table(take(client("relief"), query="?severity=4"))
    assert [row["title"] for row in rows] == ["Raids"]


def test_nothing_goes_outside_that_looks_like_a_persons_data_until_its_author_speaks(
    client, database, report, world
):
    threat_id = report(level="donors", summary="Call +962 79 123 4567.")
    donor, relief = client("donor"), world.actor("relief")
    assert "+962 79 123 4567" in take(donor, status=422).get_data(as_text=True)
    with database.writing(relief) as session:
        assert actions.say_nobodys(session, relief, threat_id) is not None
        assert actions.say_nobodys(session, relief, threat_id) is None, "said once"
    assert len(table(take(donor))) == 1


def test_a_fault_of_the_check_stops_the_file(client, report, monkeypatch):
    report(level="donors")

    def broken(_text):
        raise ValueError("broken")

    monkeypatch.setattr("advocacy.extracts.rules.personal.marks", broken)
    with pytest.raises(ValueError, match="broken"):
        take(client("donor"))


def test_each_file_is_logged_with_its_hash_for_its_own_organisation_alone(
    client, database, report, world
):
    report(level="members")
    relief = client("relief")
    body = take(relief).get_data()
    digest = hashlib.sha256(body).hexdigest()
    actor = world.actor("relief")
    with database.reading(actor) as session:
        (row,) = queries.log(session, actor, world.workspace_id)
    assert (row.rows, row.digest, row.kind) == (1, digest, "csv")
    assert digest[:16] in relief.get(FILES)
    assert digest[:16] not in client("legal").get(FILES)
    other = world.actor("cluster")
    with database.reading(other) as session:
        assert session.scalars(select(Extract)).all() == []


@pytest.mark.parametrize("kind", ["hxl", "xlsx", "geojson", "docx"])
def test_every_kind_says_the_same(client, report, kind):
    report(level="members", title="Floods")
    answer = take(client("legal"), kind=kind)
    body = answer.get_data()
    assert "attachment" in answer.headers["Content-Disposition"]
    if kind == "hxl":
        head, tags, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig")))
        assert (head[0], tags[0], rows[0][1]) == ("reference", "#event+id", "Floods")
    elif kind == "geojson":
        made = json.loads(body)
        (feature,) = made["features"]
        assert (feature["geometry"], feature["properties"]["title"]) == (None, "Floods")
        assert made["handling"] == "TLP:GREEN"
        assert SECRET not in body.decode()
    elif kind == "docx":
        words = "\n".join(block.words for block in docx_read.paper(body).blocks)
        assert "Floods" in words
        assert "TLP:GREEN" in words
        assert SECRET not in words
    else:
        note, head, row = xlsx_read.table(body)
        assert (head[0], row[1]) == ("reference", "Floods")
        assert "TLP:GREEN" in note[0]
        assert SECRET not in "".join(row)


def test_an_excel_file_says_first_how_its_most_careful_record_is_handled(client, report):
    for title in ("Seen", "Kept"):
        report(level="members" if title == "Seen" else "own", title=title)
    for who, expected, titles in (
        ("relief", "TLP:AMBER+STRICT", {"Seen", "Kept"}),
        ("legal", "TLP:GREEN", {"Seen"}),
    ):
        note, _head, *rows = xlsx_read.table(take(client(who), kind="xlsx").get_data())
        assert expected in note[0]
        assert {row[1] for row in rows} == titles


def test_an_empty_list_is_a_file_too(client):
    for kind in ("csv", "xlsx", "geojson", "docx"):
        assert take(client("legal"), kind=kind).status_code == 200


def test_a_file_is_handled_as_its_most_careful_record():
    assert label(["public", "members"]) == "TLP:GREEN"
    assert label(["public", "own"]) == "TLP:AMBER+STRICT"
    assert label(["public"]) == "TLP:CLEAR"


def test_a_column_of_a_class_that_is_not_read_is_empty_and_not_nought():
    row = Full(*[None] * len(Full._fields))
    row = row._replace(
        people_low=3, narrative=None, members_id=None, checked_at=NOW, status="active"
    )
    cells = dict(
        zip([c.name for c in COLUMNS], line(row, Words("TST", {}, {}, {}), COLUMNS), strict=True)
    )
    assert cells["people_min"] is None
    assert cells["people_band"] == ""
