"""The UPR file lands as recommendations: looked at first, then all of it, twice the same."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from advocacy.access import guard
from advocacy.asks import actions as steps
from advocacy.asks.rules import Given, Kind
from advocacy.asks.schema import Ask, AskAct
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.search import SearchEntry
from advocacy.importing.schema import ImportRow, ImportRun
from advocacy.institutions import actions
from advocacy.institutions.schema import Institution
from advocacy.recommendations.schema import Recommendation, RecommendationTag
from advocacy.runs.cli import importer

HEADER = "To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session"
REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "upr"
KEYS = ["rows", "records", "new", "changed", "same", "missing", "refused", "conflicts", "encoding"]
Run = Callable[..., Result]


def row(
    text: str = "Open the courts",
    *,
    to: str = "Blue State",
    by: str = "Harbour Republic",
    response: str = "Accepted",
    action: str = "4",
    issue: str = "Justice",
    session: str = "5",
) -> str:
    return f'{to},Asia,OIC,"{text}",{by},WEOG,EU,{response},{action},"{issue}",{session}'


def test_the_figures_have_exactly_the_promised_names(run: Run) -> None:
    rows = (row(), row(by="Other"), row("Ratify at Genève’s table"))
    figures = json.loads(run(*rows, "--dry-run", "--json").output)

    assert list(figures) == KEYS
    assert figures == {
        "rows": 3, "records": 2, "new": 2, "changed": 0, "same": 0, "missing": 0, "refused": 0,
        "conflicts": 0, "encoding": "mac-roman",
    }  # fmt: skip


def test_a_dry_run_writes_nothing(run: Run, rows: Any) -> None:
    before = rows()
    out = run(row(), "--dry-run").output

    assert "Nothing was written." in out
    assert "would be added as institutions (1): Blue State" in out
    assert rows() == before


def test_a_file_lands_with_all_that_it_says_and_never_as_done(
    run: Run, reading: Any, world: Any
) -> None:
    run(
        row("Open the courts", by="Harbour Republic", issue="Justice"),
        row("Open the courts", by="Árbol", issue="Labour", response="Accepted"),
        row("Say nothing", response="Rejected", action="1", session="4"),
        row("Wait", response="Pending"),
    )
    actor = world.actor("relief")
    with reading(actor) as session:
        found = {r.text: r for r in session.scalars(select(Recommendation))}
        asks = {a.recommendation_id: a for a in session.scalars(select(Ask))}
        acts = {a.ask_id: a for a in session.scalars(select(AskAct))}
        states = session.scalars(select(Institution)).all()

        courts = found["Open the courts"]
        assert sorted(courts.issuers) == ["Harbour Republic", "Árbol"]
        assert (courts.session, courts.specificity) == (5, 4)
        assert courts.tags == ["Justice", "Labour"]
        assert [(s.name, s.kind) for s in states] == [("Blue State", "state")]
        ask = asks[courts.id]
        assert (ask.addressee, ask.role, ask.response) == ("Blue State", "lead", "accepted")
        assert {a.progress for a in asks.values()} == {"not_started"}
        assert asks[found["Say nothing"].id].response == "rejected"
        assert acts[ask.id].value == "accepted"
        assert acts[ask.id].import_id == courts.import_id
        assert asks[found["Wait"].id].id not in acts


def test_only_members_read_what_was_imported(run: Run, reading: Any, world: Any) -> None:
    run(row())
    for name, seen in (("relief", 1), ("cluster", 1), ("observer", 0), ("donor", 0)):
        with reading(world.actor(name)) as session:
            assert len(session.scalars(select(Recommendation)).all()) == seen, name
            assert len(session.scalars(select(Institution)).all()) == seen, name


def test_the_same_file_again_is_nothing_new(run: Run, rows: Any) -> None:
    run(row(), row("Ratify"))
    before = rows()
    figures = json.loads(run(row(), row("Ratify"), "--json").output)

    assert (figures["new"], figures["changed"], figures["same"]) == (0, 0, 2)
    after = rows()
    assert after.pop("import_run") == before.pop("import_run") + 1
    assert after == before


def test_a_later_answer_follows_the_earlier_one(run: Run, reading: Any, world: Any) -> None:
    run(row(response="Noted", issue="Justice"))
    figures = json.loads(run(row(issue="Labour"), "--json").output)

    assert (figures["new"], figures["changed"], figures["same"]) == (0, 1, 0)
    with reading(world.actor("relief")) as session:
        found = session.scalars(select(Recommendation)).one()
        ask = session.scalars(select(Ask)).one()
        acts = session.scalars(select(AskAct).order_by(AskAct.previous_id.is_not(None))).all()
        assert found.tags == ["Labour"]
        assert ask.response == "accepted"
        assert [act.value for act in acts] == ["noted", "accepted"]
        assert acts[1].previous_id == acts[0].id
        before = session.scalars(
            select(ImportRow.before).where(ImportRow.verdict == "changed")
        ).one()
        assert [one["response"] for one in before["answers"]] == ["noted"]


def test_records_of_other_sessions_are_not_missing(run: Run) -> None:
    run(row(session="5"))
    figures = json.loads(run(row("Other", session="14"), "--json").output)
    assert (figures["new"], figures["missing"]) == (1, 0)
    figures = json.loads(run(row("Third", session="5"), "--json").output)
    assert (figures["new"], figures["missing"]) == (1, 1)


def test_a_state_that_is_known_by_another_name_is_not_made_again(
    run: Run, rows: Any, writing: Any, world: Any
) -> None:
    actor = world.actor("cluster")
    with writing(actor) as session:
        actions.add(
            session, actor, workspace_id=world.workspace_id, name="Türkiye", kind="state",
            aliases=["Turkey"],
        )  # fmt: skip
    run(row(to="Turkey"), row("Other", to="Turkiye"))
    assert rows()["institution"] == 1


def test_refused_lines_are_told_with_their_reason(run: Run) -> None:
    out = run(row(response="Perhaps"), row(action="9"), row("Good")).output
    assert "3 rows are 1 recommendations" in out
    assert "refused: 2" in out
    assert "“Perhaps” is not known" in out


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"Name,Age\r\nx,1\r\n"])
def test_a_file_that_is_no_list_says_so_and_writes_nothing(
    app: Flask, rows: Any, tmp_path: Path, content: bytes
) -> None:
    before = rows()
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with app.app_context():
        result = CliRunner().invoke(importer, [str(path)])
    assert isinstance(result.exception, Invalid)
    assert rows() == before


def everything(database: Any, actor: Any) -> dict[str, list[Any]]:
    """Each row of the tables that an import writes, but its journal and the audit."""
    tables = (Recommendation, RecommendationTag, Ask, AskAct, Institution, SearchEntry)
    with database.reading(actor) as session, guard.system(session, guard.System.COMMAND):
        return {
            kind.__tablename__: sorted(
                str(row)
                for row in session.execute(
                    select(*(one for one in kind.__table__.c if one.name != "number"))
                )
            )
            for kind in tables
        }


def run_of(result: Result) -> str:
    return result.output.rsplit("--undo ", 1)[1].strip()


def test_taking_a_run_back_leaves_every_row_as_it_was(run: Run, database: Any, world: Any) -> None:
    cluster = world.actor("cluster")
    run(row(response="Noted"), row("Ratify", to="Red State"))
    before = everything(database, cluster)
    second = run(row(response="Accepted", issue="Labour"), row("New", to="Green State"))
    assert everything(database, cluster) != before
    run("--undo", run_of(second))
    assert everything(database, cluster) == before


def test_a_run_stays_once_somebody_acted_on_its_records(
    run: Run, app: Flask, rows: Any, writing: Any, world: Any
) -> None:
    first = run(row(response="Noted"))
    cluster = world.actor("cluster")
    with writing(cluster) as session:
        ask = session.scalars(select(Ask)).one()
        given = Given(text="They meet weekly.", effective_on=cluster.now.date())
        steps.act(
            session, cluster, ask_id=ask.id, kind=Kind.UPDATE, to="in_progress", given=given,
            after=None,
        )  # fmt: skip
    before = rows()
    with app.app_context():
        result = CliRunner().invoke(importer, ["--undo", run_of(first)])
    assert isinstance(result.exception, Conflict)
    assert rows() == before


def test_an_earlier_run_is_not_undone_under_a_later_one(run: Run, app: Flask) -> None:
    first = run(row(response="Noted"))
    later = run(row(response="Accepted"))
    with app.app_context():
        result = CliRunner().invoke(importer, ["--undo", run_of(first)])
    assert isinstance(result.exception, Conflict)
    run("--undo", run_of(later))
    run("--undo", run_of(first))


@pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real UPR files is not here")
def test_the_real_files_come_in_and_the_second_one_is_taken_back(
    run: Run, rows: Any, database: Any, world: Any
) -> None:
    real = REAL / "1-5.csv"
    first = json.loads(run("--json", path=real).output)

    assert (first["rows"], first["records"], first["new"]) == (6094, 5643, 5643)
    assert (first["refused"], first["encoding"]) == (0, "mac-roman")
    kept = rows()
    assert (kept["recommendation"], kept["ask"], kept["search_entry"]) == (5643, 5643, 5643)
    second = json.loads(run("--json", path=real).output)
    assert (second["new"], second["changed"], second["same"]) == (0, 0, 5643)
    assert rows()["ask_act"] == kept["ask_act"]
    before = everything(database, world.actor("cluster"))
    other = run(path=REAL / "14-17.csv")
    assert "9598 rows are 9385 recommendations" in other.output
    assert "new: 9385" in other.output
    run("--undo", run_of(other))
    assert everything(database, world.actor("cluster")) == before


@pytest.fixture
def run(app: Flask, world: Any, tmp_path: Path) -> Run:
    """Imports a file of these rows, written as the publisher does; words with -- are options."""

    def invoke(*words: str, path: Path | None = None) -> Result:
        if words[:1] == ("--undo",):
            with app.app_context():
                result = CliRunner().invoke(importer, [*words], catch_exceptions=False)
            assert result.exit_code == 0, result.output
            return result
        options = [word for word in words if word.startswith("--")]
        lines = [HEADER, *(word for word in words if not word.startswith("--"))]
        if path is None:
            path = tmp_path / "upr.csv"
            path.write_bytes("\r".join(lines).encode("mac-roman"))
        with app.app_context():
            result = CliRunner().invoke(importer, [str(path), *options], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result

    return invoke


@pytest.fixture
def rows(database: Any, world: Any) -> Callable[[], dict[str, int]]:
    """How many rows each table of ours holds."""
    tables = (Recommendation, Ask, AskAct, Institution, ImportRun, ImportRow, SearchEntry)

    def counted() -> dict[str, int]:
        actor = world.actor("cluster")
        with database.reading(actor) as session, guard.system(session, guard.System.COMMAND):
            return {
                str(table.__tablename__): session.scalar(select(func.count()).select_from(table))
                or 0
                for table in tables
            }

    return counted
