"""The command reads what the pages read, with the same figures; owners new to a file; undoing."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import select

from advocacy.access import audience
from advocacy.asks.schema import Ask, AskAct
from advocacy.assignments.schema import Focal
from advocacy.ground.acts import stamp
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.importing.schema import ImportRun
from advocacy.institutions import actions as institutions
from advocacy.institutions.schema import Institution
from advocacy.recommendations import actions as recommendations
from advocacy.recommendations.actions import NewText
from advocacy.recommendations.schema import Recommendation
from advocacy.runs import actions
from advocacy.runs.cli import importer
from advocacy.ties import actions as ties
from advocacy.ties.schema import Tie
from tests.batches.test_pages import docx
from tests.runs.test_import import everything, run_of

Given = Callable[..., Result]
TABLE = "List of the committee\n\nReference;Recommendation;Addressed to;Position\n"
UHRI = {
    "AnnotationId": "x", "AnnotationType": "- Recommendations", "Symbol": "A/HRC/1/2",
    "Body": "- UPR", "Countries": ["Testland"], "Themes": ["Justice", "Courts"],
    "Text": "<p>104.7 Open&nbsp;the courts</p>", "UprSession": ["17"],
    "UprPositions": ["Supported"], "UprRecommendingCountry": ["Austria", "Norway"],
    "PublicationDate": "2014-01-02",
}  # fmt: skip


@pytest.fixture
def state(writing: Any, world: Any) -> str:
    """An institution that the workspace knows."""
    actor = world.actor("cluster")
    with writing(actor) as session:
        made = institutions.add(
            session, actor, workspace_id=world.workspace_id, name="Testland", kind="state"
        )
    return str(made.id)


@pytest.fixture
def given(app: Flask, tmp_path: Path, state: str) -> Given:
    """Brings in a file of these bytes: `given(data, "list.csv", "--dry-run")`."""

    def invoke(data: bytes | str, name: str = "list.csv", *options: str) -> Result:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        with app.app_context():
            words = [str(path), *options]
            result = CliRunner().invoke(importer, words, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result

    return invoke


def undo(app: Flask, result: Result) -> Result:
    with app.app_context():
        return CliRunner().invoke(importer, ["--undo", run_of(result)])


def sheet() -> bytes:
    book, out = Workbook(), io.BytesIO()
    told = {
        "Symbol": "A/HRC/1/2", "Reccomending Body": "- UPR", "Countries": "- Testland",
        "Themes": "- Justice\n- Courts", "Text": "104.7 Open the courts", "UPR Session": "- 17",
        "UPR Positions": "- Supported", "UPR Reccomending States": "- Austria\n- Norway",
        "Publication Date": 41641,
    }  # fmt: skip
    book.active.append(list(told))
    book.active.append(list(told.values()))
    book.save(out)
    return out.getvalue()


def test_the_index_in_json_then_in_excel_is_one_recommendation(given: Given) -> None:
    concern = {**UHRI, "AnnotationType": "- Concerns/Observations"}
    dry = json.loads(given(json.dumps([UHRI, concern]), "e.json", "--json", "--dry-run").output)
    assert (dry["rows"], dry["new"], dry["refused"], dry["questions"]) == (2, 1, 1, [])
    first = json.loads(given(json.dumps([UHRI, concern]), "e.json", "--json").output)
    assert first == dry
    again = json.loads(given(sheet(), "e.xlsx", "--json").output)
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 1)


def test_a_word_table_is_read_with_its_forty_issuers(
    given: Given, reading: Any, world: Any
) -> None:
    states = ", ".join(f"State {chr(65 + n % 26)}{n}" for n in range(40))
    data = docx(
        ["Recommendation", "Position", "State"],
        [("Theme: Justice", 3, "")],
        [f"104.1 Open the courts ({states});", "Supported", "Testland"],
    )
    assert "new: 1" in given(data, "matrix.docx").output
    with reading(world.actor("relief")) as session:
        found = session.scalars(select(Recommendation)).one()
        assert (len(found.issuers), found.tags) == (40, ["Justice"])


def test_an_owner_that_is_not_known_is_a_question_and_never_made(
    given: Given, reading: Any, world: Any
) -> None:
    table = f"{TABLE}018/24;Open the courts;Testland;Noted\n007/24;Go home;Nowhere;\n"
    out = given(table).output
    assert "Who is “Nowhere”?" in out
    assert ("new: 1" in out, "refused: 1" in out) == (True, True)
    with reading(world.actor("cluster")) as session:
        assert [one.name for one in session.scalars(select(Institution))] == ["Testland"]
    out = given(table, "list.csv", "--owner", "Nowhere=state").output
    assert ("new: 1" in out, "same: 1" in out) == (True, True)
    out = given(f"{TABLE}9;Stay;Neverland;\n", "l.csv", "--owner", "Neverland=Testland").output
    assert "new: 1" in out
    with reading(world.actor("cluster")) as session:
        names = sorted(one.name for one in session.scalars(select(Institution)))
        assert names == ["Nowhere", "Testland"]


def test_rows_of_one_reference_that_disagree_are_told(given: Given) -> None:
    rows = "1;Open;Testland;Accepted\n1;Open it;Testland;Noted\n"
    out = given(f"{TABLE}{rows}", "list.csv", "--dry-run").output
    assert "conflict in text: Open (lines 4); Open it (lines 5). Taken: Open." in out
    assert "conflict in response: accepted (lines 4); noted (lines 5). Taken: noted." in out


def test_a_file_that_names_nobody_asks_for_somebody(app: Flask, given: Given) -> None:
    with pytest.raises(Invalid):
        given("Recommendation\nGo\n")
    assert "new: 1" in given("Recommendation\nGo\n", "l.csv", "--to", "Testland").output


def answers(reading: Any, world: Any) -> dict[str, tuple[str, str]]:
    with reading(world.actor("cluster")) as session:
        return {one.addressee: (one.role, one.response) for one in session.scalars(select(Ask))}


@pytest.mark.parametrize("ref", ["018/24", ""])
def test_an_owner_new_to_a_later_file_is_one_more_ask(
    app: Flask, given: Given, reading: Any, world: Any, database: Any, ref: str
) -> None:
    more = ("--owner", "Red State=state", "--source", "Report")
    given(f"{TABLE}{ref};Open;Testland;Noted\n", "one.csv", *more)
    before = everything(database, world.actor("cluster"))
    both = f'{TABLE}{ref};Open;"Testland\nRed State: accepted";Noted\n'
    later = given(both, "two.csv", *more)
    assert ("new: 0" in later.output, "changed: 1" in later.output) == (True, True)
    assert answers(reading, world) == {
        "Testland": ("lead", "noted"), "Red State": ("contributing", "accepted"),
    }  # fmt: skip
    assert "same: 1" in given(both, "two.csv", *more, "--dry-run").output
    assert undo(app, later).exit_code == 0
    assert everything(database, world.actor("cluster")) == before


def test_replies_of_several_owners_in_one_cell_are_told_apart(
    given: Given, reading: Any, world: Any
) -> None:
    rows = '1;Open;"Testland; Red State";"Red State: rejected; Testland: accepted"\n'
    given(f"{TABLE}{rows}", "l.csv", "--owner", "Red State=state")
    given(f'{TABLE}2;Stay;"Testland; Blue State";"Noted; Accepted"\n', "m.csv", "--owner",
          "Blue State=state")  # fmt: skip
    with reading(world.actor("cluster")) as session:
        found = sorted((one.addressee, one.response) for one in session.scalars(select(Ask)))
    assert found == [
        ("Blue State", "accepted"), ("Red State", "rejected"), ("Testland", "accepted"),
        ("Testland", "noted"),
    ]  # fmt: skip


# --- what hangs on it, seen or not ---------------------------------------------------------------


def tied(database: Any, world: Any, reach: str, name: str = "Red State") -> None:
    """Legal ties a record of its own, of this reach, to the imported one."""
    legal = world.actor("legal")
    with database.writing(legal) as session:
        to = session.scalars(select(Institution).where(Institution.name == name)).one()
        target = session.scalars(select(Recommendation)).one()
        own = recommendations.add(
            session, legal, workspace_id=world.workspace_id, reach=reach,
            new=NewText(title="Ours", text="Ours"), to=recommendations.NewAsk(to.id),
        )  # fmt: skip
        ties.tie(session, legal, source_id=own.id, target_id=target.id, kind="repeats")


def seen(reading: Any, world: Any, who: str) -> tuple[list[str], list[str], int]:
    with reading(world.actor(who)) as session:
        texts = sorted(one.text for one in session.scalars(select(Recommendation)))
        names = sorted(one.name for one in session.scalars(select(Institution)))
        return texts, names, len(session.scalars(select(Tie)).all())


def test_what_others_built_unseen_neither_stops_an_undo_nor_shows_in_it(
    app: Flask, given: Given, database: Any, reading: Any, world: Any
) -> None:
    row, more = f"{TABLE}1;Open;Red State;Noted\n", ("--owner", "Red State=state")
    first = given(row, "l.csv", *more)
    clean = undo(app, first)
    after = {who: seen(reading, world, who) for who in ("cluster", "relief")}
    second = given(row, "l.csv", *more)
    tied(database, world, "own")
    hidden = undo(app, second)
    assert (hidden.exit_code, hidden.output) == (clean.exit_code, clean.output)
    assert {who: seen(reading, world, who) for who in ("cluster", "relief")} == after
    assert seen(reading, world, "legal") == (["Open", "Ours"], ["Red State", "Testland"], 1)
    with reading(world.actor("legal")) as session:
        lead = session.scalars(
            select(Recommendation.organisation_id).where(Recommendation.text == "Open")
        ).one()
        assert lead == world.organisations["legal"]
        assert session.scalars(select(AskAct.value)).all() == ["noted"]
    again = given(row, "l.csv", *more)
    assert "new: 1" in again.output
    assert seen(reading, world, "cluster")[0] == ["Open"]


def test_an_undone_further_ask_that_others_kept_comes_back_with_its_file(
    app: Flask, given: Given, database: Any, reading: Any, world: Any, state: str
) -> None:
    cluster, legal = world.actor("cluster"), world.actor("legal")
    with database.writing(cluster) as session:
        institutions.add(
            session, cluster, workspace_id=world.workspace_id, name="Red State", kind="state"
        )
    given(f"{TABLE}1;Open;Testland;Noted\n", "l.csv")
    both = f'{TABLE}1;Open;"Testland; Red State";Noted\n'
    later = given(both, "m.csv")
    with database.writing(legal) as session:
        ask = session.scalars(select(Ask).where(Ask.role == "contributing")).one()
        own = audience.intern(session, {legal.must_organisation()})
        session.add(
            Focal(
                id=new_id(), **stamp(legal), audience_id=own, own_audience_id=own, ask_id=ask.id,
                focal_id=legal.person_id, note="",
            )
        )  # fmt: skip
    assert undo(app, later).exit_code == 0
    assert set(answers(reading, world)) == {"Testland"}
    assert "changed: 1" in given(both, "m.csv").output
    assert set(answers(reading, world)) == {"Testland", "Red State"}


def test_what_others_built_in_sight_stops_an_undo(
    app: Flask, given: Given, database: Any, reading: Any, world: Any
) -> None:
    first = given(f"{TABLE}1;Open;Red State;Noted\n", "l.csv", "--owner", "Red State=state")
    tied(database, world, "members")
    before = everything(database, world.actor("cluster"))
    assert isinstance(undo(app, first).exception, Conflict)
    assert everything(database, world.actor("cluster")) == before
    with reading(world.actor("cluster")) as session:
        assert session.scalars(select(ImportRun.state)).all() == ["applied"]


def test_an_undo_is_its_organisations_own(given: Given, writing: Any, world: Any) -> None:
    made = UUID(run_of(given(f"{TABLE}1;Open;Testland;Noted\n")))
    actor = world.actor("legal")
    with writing(actor) as session, pytest.raises(NotFound):
        actions.take_back(session, actor, made)
