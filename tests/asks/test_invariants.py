"""The fifteen invariants of "Recommendations", section 2, and the tests that hold them.

I1 done is a report and a confirmation by another: test_reported_by_one_and_confirmed_by_another,
   test_the_database_itself_refuses_done_without_another; tests/machines/test_ask.py
I2 without its evidence it falls: test_without_its_only_evidence_a_confirmation_falls; the machine
I3 acts are for ever: test_acts_and_evidence_are_for_ever; the machine (the acts say it all)
I4 a refusal stays open: test_an_answer_never_closes; the machine
I5 the first date stays, a late move is late: test_the_first_date_stays_whatever_comes,
   test_a_move_after_the_date_had_passed_is_still_late; the machine
I6 late and stale come from the clock there: here; test_a_date_is_over_when_its_whole_period_is,
   test_stale_is_counted_from_the_last_look; the machine
I7 never the best one alone: here
I8 a text stays what it was: here
I9 one lead, no account needed: test_there_is_one_lead; the machine (nobody's account)
I10 nobody confirms what they reported elsewhere: here;
   test_a_person_who_moved_does_not_confirm_their_own_report; the machine
I11 nothing is read more widely than what it hangs on: test_narrowing_takes_asks_steps_and_
   evidence_along, test_steps_and_evidence_are_for_those_who_work_here; tests/shares
I12 donors read listed fields alone: here; tests/donors
I13 an end has its reason and stays counted: test_an_end_needs_its_reason; tests/donors
I14 a reversal keeps how long it held: test_what_was_done_can_be_reversed_and_keeps_how_long_it_
   held; the machine
I15 an import brings nothing that is done: here;
   test_a_file_lands_with_all_that_it_says_and_never_as_done
"""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from advocacy.asks import forms, queries
from advocacy.asks.rows import AskRow
from advocacy.asks.rules import Given, Kind, is_late
from advocacy.asks.schema import AskAct, Progress
from advocacy.donors.rows import PublicAsk
from advocacy.ground.errors import Denied
from advocacy.recommendations import actions as recommendations
from advocacy.recommendations.schema import Recommendation
from tests.asks.test_actions import AGAINST, LOOKED, Case


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def test_late_begins_with_the_day_of_the_workspace(world: Any, database: Any) -> None:
    end = date(2026, 11, 22)
    for hour, is_over in ((20, False), (22, True)):  # Amman is three hours ahead
        actor = world.actor("relief", now=datetime(2026, 11, 22, hour, tzinfo=UTC))
        with database.reading(actor) as session:
            today = queries.today(session, actor, world.workspace_id)
        assert is_late(end, "in_progress", on=today) is is_over


@pytest.mark.parametrize("other", [one for one in Progress if one != Progress.IMPLEMENTED])
def test_one_that_is_done_never_stands_for_all(app: Any, other: Progress) -> None:
    of = dict.fromkeys((one.name for one in fields(AskRow)), None) | {"response": "none"}
    done, open_ = (
        SimpleNamespace(**{**of, "progress": progress, "role": "lead", "moves": 0})
        for progress in (Progress.IMPLEMENTED, other)
    )
    with app.test_request_context():
        for lead in (done, open_):
            shown: Any = forms.stands(lead, (done, open_), date(2026, 11, 22))
            assert shown["progress"] == forms.PROGRESS["mixed"]


def test_no_action_changes_the_words_of_a_recommendation(
    case: Any, world: Any, database: Any
) -> None:
    one, actor = case(), world.actor("relief")
    one.do("relief", Kind.UPDATE, "partial", Given(text="Half of it"))
    with database.writing(actor) as session:
        recommendations.share(session, actor, recommendation_id=one.recommendation_id, reach="own")
    with database.reading(actor) as session:
        assert session.get_one(Recommendation, one.recommendation_id).text == "Open it"


def test_who_moved_does_not_confirm_their_report_whatever_came_after_it(
    case: Any, world: Any
) -> None:
    one = case().confirmed()
    one.do("women", Kind.REVERSE, "regressed", AGAINST)
    (piece,) = (p for p in one.evidence() if p.direction == "contradicts")
    given = Given(text="Another place", evidence_id=piece.id)
    one.do("women", Kind.WITHDRAW_EVIDENCE, "withdraw_evidence", given)
    moved = replace(world.actor("legal"), person_id=world.actor("relief").person_id)
    with pytest.raises(Denied) as refused:
        one.do("legal", Kind.VERIFY, "implemented", LOOKED, actor=moved)
    assert refused.value.reasons[0].code == "asks.own-report"


def test_donors_read_no_field_but_these() -> None:
    assert set(PublicAsk._fields) == {
        "id", "title", "language", "addressee", "published_on", "response", "response_on",
        "progress", "progress_on", "original_due_on", "original_end_on",
        "original_precision", "due_on", "due_precision",
        "moves", "held_from", "held_to", "delivered_on", "do_how", "do_words", "do_by",
        "is_alleged",
    }  # fmt: skip


def test_the_database_itself_takes_nothing_done_from_an_import(
    case: Any, world: Any, database: Any
) -> None:
    one = case().claimed()
    actor = world.actor("relief")
    with database.reading(actor) as session:
        act = queries.acts(session, actor, [one.id])[0]
        values = {c.key: getattr(session.get_one(AskAct, act.id), c.key) for c in _COLUMNS}
    brought = {"id": uuid4(), "previous_id": act.id, "import_id": uuid4(), "kind": "verify"}
    with (
        pytest.raises(IntegrityError, match="import_never_done"),
        database.writing(actor) as session,
    ):
        session.add(AskAct(**{**values, **brought, "value": "implemented"}))


_COLUMNS = list(AskAct.__table__.columns)
