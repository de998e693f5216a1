"""What was added to a record since it came in stops its undo, in a sentence that names it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from advocacy.asks import actions as steps
from advocacy.asks.rules import Given, Kind
from advocacy.asks.schema import Ask
from advocacy.assignments import actions as assignments
from advocacy.bodies import actions as bodies
from advocacy.commitments import actions as commitments
from advocacy.commitments.rules import Said as Committed
from advocacy.dues import actions as dues
from advocacy.ground.errors import Conflict, Invalid
from advocacy.institutions import actions as institutions
from advocacy.institutions.schema import Institution
from advocacy.milestones import actions as milestones
from advocacy.milestones.rules import Said as Milestone
from advocacy.minders import actions as minders
from advocacy.raisings import actions as raisings
from advocacy.raisings.rules import Raised
from advocacy.recommendations import actions as recommendations
from advocacy.recommendations.actions import NewAsk, NewText
from advocacy.recommendations.rows import Filters
from advocacy.recommendations.schema import Recommendation
from advocacy.runs.queries import _a, _pointing, _r
from advocacy.runs.rules import SINCE
from advocacy.subjects import actions as subjects
from advocacy.subjects.rules import Said as About
from advocacy.taxonomies.rules import Axis
from advocacy.ties import actions as ties
from advocacy.together import actions as doing
from advocacy.together import queries as together
from advocacy.together.rules import Deed
from advocacy.together.rules import Said as Deeds
from advocacy.windows import actions as windows
from advocacy.windows.rules import Said as Window
from advocacy.wordings import actions as wordings
from advocacy.wordings.rules import Said as Wording
from tests.asks.test_actions import TODAY
from tests.batches.test_pages import PLACE
from tests.runs.test_formats import TABLE, given, run_of, state, tied, undo
from tests.runs.test_import import everything

__all__ = ["given", "state"]
LATER = TODAY + timedelta(days=40)
Do = Callable[[Any, Any, Ask, Any], object]


def commitment(session: Any, actor: Any, ask: Ask, world: Any) -> None:
    made = institutions.add(
        session, actor, workspace_id=world.workspace_id, name="Member", kind="un"
    )
    bodies.say(
        session, actor, body_id=ask.institution_id, part_id=made.id, from_on=TODAY,
        until_on=None, note="", after=None,
    )  # fmt: skip
    said = Committed("committed", "Two offices", source_text="Minutes")
    commitments.pledge(session, actor, ask_id=ask.id, part_id=made.id, said=said, after=None)


def milestone(session: Any, actor: Any, ask: Ask, world: Any) -> None:
    milestones.put(session, actor, ask_id=ask.id, said=Milestone("A draft law", LATER))


def subject(session: Any, actor: Any, ask: Ask, world: Any) -> None:
    said = About({Axis.THEMES: ["Courts"]})
    subjects.say(session, actor, recommendation_id=ask.recommendation_id, said=said, seen={})


def raising(session: Any, actor: Any, ask: Ask, world: Any) -> None:
    raisings.note(
        session, actor, ask_id=ask.id, of=Raised(on=TODAY, forum="Country team", whom="Minister"),
        after=None,
    )  # fmt: skip


def date_of_it(session: Any, actor: Any, ask: Ask, world: Any) -> None:
    given = Given(text="By then", due_on=LATER)
    steps.act(
        session, actor, ask_id=ask.id, kind=Kind.DATE_CHANGE, to=Kind.DATE_CHANGE, given=given,
        after=None,
    )  # fmt: skip


def window(session: Any, actor: Any, ask: Ask, world: Any) -> None:
    made = windows.add(
        session, actor, workspace_id=world.workspace_id, said=Window("Session", "", LATER),
        reach="members",
    )  # fmt: skip
    windows.use(session, actor, window_id=made.window_id, recommendation_id=ask.recommendation_id)


def wording(session: Any, actor: Any, ask: Ask, world: Any) -> None:
    wordings.word(
        session, actor, recommendation_id=ask.recommendation_id, said=Wording("fr", "Ouvrir"),
        after=None,
    )  # fmt: skip


def snooze(session: Any, actor: Any, ask: Ask, world: Any) -> None:
    dues.snooze(session, actor, ask_id=ask.id, until_on=LATER, reason="On leave", after=None)


def hand_over(session: Any, actor: Any, ask: Ask, world: Any) -> None:
    assignments.hand_over(
        session, actor, chosen={ask.id: None}, to_id=world.organisations["legal"], note="Yours"
    )


def focal(session: Any, actor: Any, ask: Ask, world: Any) -> None:
    assignments.give(session, actor, chosen={ask.id: None}, to_id=actor.person_id, note="Mine")


def tie(session: Any, actor: Any, ask: Ask, world: Any) -> None:
    own = recommendations.add(
        session, actor, workspace_id=world.workspace_id, reach="members",
        new=NewText(title="Ours", text="Ours"), to=NewAsk(ask.institution_id),
    )  # fmt: skip
    ties.tie(session, actor, source_id=own.id, target_id=ask.recommendation_id, kind="repeats")


def further(session: Any, actor: Any, ask: Ask, world: Any) -> None:
    made = institutions.add(
        session, actor, workspace_id=world.workspace_id, name="Somebody else", kind="authority"
    )
    recommendations.add_ask(
        session, actor, recommendation_id=ask.recommendation_id, to=NewAsk(made.id)
    )


TEAM = ("--owner", "Country team=country_team")
ALL: dict[Do, str] = {
    commitment: "runs.commitments",
    milestone: "runs.milestones",
    subject: "runs.subjects",
    raising: "runs.raised",
    date_of_it: "runs.steps",
    window: "runs.windows",
    wording: "runs.wordings",
    snooze: "runs.snoozed",
    hand_over: "runs.handed-over",
    focal: "runs.people",
    tie: "runs.ties",
    further: "runs.asks",
}


def test_what_was_added_since_stops_an_undo_and_each_kind_is_named(
    app: Flask, given: Any, database: Any, world: Any
) -> None:
    lines = "".join(f"{n};Open {n};Country team;Noted\n" for n in range(len(ALL)))
    first = given(f"{TABLE}{lines}", "l.csv", *TEAM)
    actor = world.actor("cluster")
    with database.writing(actor) as session:
        query = select(Recommendation.ref, Ask).join(
            Ask, Ask.recommendation_id == Recommendation.id
        )
        asks = {row.ref: row.Ask for row in session.execute(query)}
        for n, do in enumerate(ALL):
            do(session, actor, asks[str(n)], world)
    before = everything(database, actor)
    result = undo(app, first)
    assert isinstance(result.exception, Conflict)
    said = {reason.code: reason.facts.get("refs") for reason in result.exception.reasons}
    named = {code: str(n) for n, code in enumerate(ALL.values())}
    steps = {"runs.steps": "3, 4"}  # raising is a step too
    assert said == {"batches.acted": None, **named, **steps}
    assert everything(database, actor) == before


def test_every_table_that_may_stand_beneath_a_record_has_its_words() -> None:
    found = {column.table.name for of in (_r, _a) for column in _pointing(of)}
    assert found <= set(SINCE)


def test_an_ask_new_to_a_later_file_stays_with_what_was_set_for_it(
    app: Flask, given: Any, database: Any, world: Any
) -> None:
    given(f"{TABLE}1;Open;Testland;Noted\n", "l.csv")
    both = f'{TABLE}1;Open;"Testland; Country team";Noted\n'
    second = given(both, "m.csv", *TEAM)
    actor = world.actor("cluster")
    with database.writing(actor) as session:
        ask = session.scalars(select(Ask).where(Ask.role == "contributing")).one()
        milestone(session, actor, ask, world)
    before = everything(database, actor)
    result = undo(app, second)
    assert isinstance(result.exception, Conflict)
    assert [reason.code for reason in result.exception.reasons] == [
        "batches.acted", "runs.milestones",
    ]  # fmt: skip
    assert everything(database, actor) == before


def test_an_institution_with_a_default_follow_up_outlives_the_run_that_made_it(
    app: Flask, given: Any, database: Any, reading: Any, world: Any
) -> None:
    first = given(f"{TABLE}1;Open;Country team;Noted\n", "l.csv", *TEAM)
    actor = world.actor("cluster")
    with database.writing(actor) as session:
        of = session.scalars(select(Institution).where(Institution.name == "Country team")).one()
        legal = world.organisations["legal"]
        minders.mind(
            session, actor, institution_id=of.id, minder_id=legal, note="Theirs", after=None
        )
    assert undo(app, first).exit_code == 0
    with reading(actor) as session:
        assert session.scalars(select(Ask)).all() == []
        assert "Country team" in session.scalars(select(Institution.name)).all()


def test_the_page_says_what_was_added_since(
    given: Any, database: Any, world: Any, client: Any
) -> None:
    run = run_of(given(f"{TABLE}A-7;Open;Testland;Noted\n", "l.csv"))
    actor = world.actor("cluster")
    with database.writing(actor) as session:
        further(session, actor, session.scalars(select(Ask)).one(), world)
    answer = client("cluster").post(f"{PLACE}/{run}/back", page=PLACE, status=409)
    assert "Somebody else was asked of these since: A-7" in answer.text


def themed(database: Any, world: Any, by: str, theme: str) -> int:
    """How many asks somebody gave one more theme, of all that are offered."""
    actor = world.actor(by)
    with database.writing(actor) as session:
        place: Any = {"workspace_id": world.workspace_id, "deed": Deed.THEME}
        lines, _all = together.lines(session, actor, **place, filters=Filters(), on=TODAY)
        chosen = {line.ask_id: line.base for line in lines}
        return doing.do(session, actor, **place, chosen=chosen, said=Deeds(theme=theme))


def test_themes_that_many_were_given_at_once_stop_an_undo_and_are_named(
    app: Flask, given: Any, database: Any, world: Any
) -> None:
    first = given(f"{TABLE}1;Open;Testland;Noted\n2;Stay;Testland;Noted\n", "l.csv")
    assert themed(database, world, "cluster", "Courts") == 2
    result = undo(app, first)
    assert isinstance(result.exception, Conflict)
    assert ("runs.subjects", "1, 2") in [
        (reason.code, reason.facts.get("refs")) for reason in result.exception.reasons
    ]


def test_who_keeps_what_was_taken_back_goes_on_with_it_and_its_importer_is_offered_nothing(
    app: Flask, given: Any, database: Any, world: Any
) -> None:
    first = given(f"{TABLE}1;Open;Red State;Noted\n", "l.csv", "--owner", "Red State=state")
    tied(database, world, "own")
    assert undo(app, first).exit_code == 0
    assert themed(database, world, "legal", "Courts") == 2
    with pytest.raises(Invalid):
        themed(database, world, "cluster", "Curfew")
    with database.reading(world.actor("legal")) as session:
        found = session.scalars(select(Recommendation.tags)).all()
        assert found == [["Courts"], ["Courts"]]
