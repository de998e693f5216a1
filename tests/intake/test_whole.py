"""What is known beyond the short record comes in too, and a round trip loses nothing of it."""

import csv
import io

import pytest
from sqlalchemy import select

from advocacy.analysis import actions as analysis
from advocacy.analysis import queries as parts
from advocacy.analysis.rows import Blocks, NewFigure, NewParty, NewPlace
from advocacy.analysis.rules import CELLS
from advocacy.intake import actions, rules
from advocacy.threats import queries as threats
from advocacy.threats.schema import Threat
from tests.intake.test_intake import bring, taken  # noqa: F401 - a fixture
from tests.threats.conftest import areas, entry, report  # noqa: F401 - fixtures

ADDED = (
    (
        analysis.describe,
        Blocks(
            ("coercion", "violence"), True, "Tolls; at | gates", "=One\nTwo", "Widows", "Elders"
        ),
    ),
    (analysis.add_place, NewPlace("TST0301", "Mill; Quay", "", 11.5, 42.25)),
    (analysis.add_place, NewPlace("TST01")),
    (analysis.add_place, NewPlace("", "Everywhere")),
    (analysis.add_party, NewParty("perpetrator", "militia", "reported", "Halloran | Brigade")),
    (analysis.add_figure, NewFigure("affected", "all", "f", low=0, high=7)),
    (analysis.add_figure, NewFigure("displaced", "all", "m", is_unknown=True)),
)
# What belongs to a workspace, an organisation or a moment, and not to what is known.
APART = {"reference", "reported_by", "shared_with", "updated", "handling", "not_shown", "views"}
HEAD = (
    "title,summary,risk_code,admin1_code,survey/threat_kinds/violence,survey/threat_kinds/coercion"
)


@pytest.fixture
def known(world, database, report):  # noqa: F811 - a fixture
    relief, threat_id = world.actor("relief"), report("own")
    with database.writing(relief) as session:
        for act, what in ADDED:
            edition = threats.current(session, relief, threat_id).edition
            act(session, relief, threat_id, what, based_on=edition)
    return threat_id


def rows(data):
    listed = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    return [{name: cell for name, cell in row.items() if name not in APART} for row in listed]


def cells(database, actor, title):
    """Of the one record of this title: its parts as cells, and how many areas it counts in."""
    with database.reading(actor) as session:
        one = session.scalars(select(Threat).where(Threat.title == title)).one()
        found = parts.whole(session, one.id)
        return {name: CELLS[name](found) for name in CELLS}, len(found.regions)


def test_what_was_taken_out_comes_in_whole_and_goes_out_the_same(
    bring, known, database, world  # noqa: F811
):  # fmt: skip
    relief, legal = world.actor("relief"), world.actor("legal")
    data = taken(database, relief, world.slug)
    same, _run = bring(data)
    assert (same.counts()["same"], same.counts()["new"], same.counts()["refused"]) == (1, 0, 0)
    plan, _run = bring(data, by="legal")
    assert (plan.counts()["new"], plan.counts()["refused"]) == (1, 0)
    again = taken(database, legal, world.slug)
    assert rows(again) == rows(data)
    assert "Halloran" in str(rows(again))
    title = "Checkpoints turn back clinic teams"
    assert cells(database, legal, title) == cells(database, relief, title)


def test_a_change_of_parts_comes_in_and_is_taken_back(bring, known, database, world):  # noqa: F811
    relief, title = world.actor("relief"), "Checkpoints turn back clinic teams"
    before = cells(database, relief, title)
    data = taken(database, relief, world.slug).decode("utf-8-sig")
    plan, run = bring(data.replace("Elders", "Youth").replace("; 0; 7;", "; 3; 9;"))
    assert plan.counts()["changed"] == 1
    changed = cells(database, relief, title)[0]
    assert (changed["capacity"], changed["points"]) == ("Youth", before[0]["points"])
    with database.writing(relief) as session:
        actions.take_back(session, relief, run)
    assert cells(database, relief, title) == before


def test_one_question_in_many_columns_and_faults_of_parts_are_told(bring, database, world, areas):  # noqa: F811
    good = "Roads,Closed,PR15,TST02,1,0\nRaids,At night,PR15,TST02,1,1\n"
    plan, _run = bring(f"{HEAD}\n{good}")
    assert plan.counts()["refused"] == 0
    relief = world.actor("relief")
    assert cells(database, relief, "Roads")[0]["kinds"] == "violence"
    assert cells(database, relief, "Raids")[0]["kinds"] == "coercion violence"
    bad = (
        'A,b,PR15,TST02,"violence, nonsense",TST09,,',
        "C,d,PR15,TST02,violence,TST0301; Quay; exact,1; north; 3,",
        "E,f,PR15,TST02,violence,TST0301; Quay; exact,1; 91; 200,",
        "G,h,PR15,TST02,violence,,,affected; all; f; all; all; 9; 3",
    )
    head = "title,summary,risk_code,admin1_code,threat_kinds,places,points,figures"
    plan, _run = bring("\n".join([head, *bad]) + "\n")
    assert plan.counts()["new"] == 0
    assert {row.line for row in plan.refused} == {2, 3, 4, 5}
    codes = {row.reason.code for row in plan.refused}
    assert {
        "intake.unknown",
        "intake.list",
        "analysis.point-range",
        "threats.people-order",
    } <= codes


def test_the_columns_of_a_file_are_known_by_their_names():
    names = ("threat_kinds", "watched", "places", "points", "party_names", "figures")
    wanted = ("kinds", "is_watched", "places", "points", "party_names", "figures")
    assert rules.guess(names) == dict(zip(names, wanted, strict=True))
