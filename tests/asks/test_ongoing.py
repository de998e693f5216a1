"""Asks that go on: no day on which they are late, and a next review that each look moves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from advocacy.asks import actions, queries
from advocacy.asks.rules import Given, Kind
from advocacy.deadlines.rules import Every, last_day, next_review
from advocacy.dues import queries as dues
from advocacy.feeds import queries as feeds
from advocacy.ground.errors import Invalid
from advocacy.home import queries as home
from tests.asks.test_actions import TODAY, Case, recomputed

MARCH = date(2027, 3, 1)
DATED = {"due_on": MARCH, "due_precision": "day"}


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def going_on(
    case: Any, on: date = MARCH, every: str = Every.QUARTER, name: str = "Someone"
) -> Case:
    one = case(due_on=on, due_precision=every, name=name)
    assert isinstance(one, Case)
    return one


def dates(one: Case) -> tuple[Any, ...]:
    row = one.see()
    return row.due_on, row.due_precision, row.late_after, row.original_due_on, row.moves


def move(one: Case, on: date, every: str, why: str = "It never ends") -> None:
    given = Given(text=why, due_on=on, due_precision=every)
    one.do("relief", Kind.DATE_CHANGE, "date_change", given)


def due(one: Case, days: int = 0) -> list[str]:
    actor, on = one.world.actor("relief"), TODAY + timedelta(days=days)
    actor = replace(actor, now=actor.now + timedelta(days=days))
    with one.database.reading(actor) as session:
        listed = dues.dues(session, actor, workspace_id=one.world.workspace_id, on=on)
        return [str(row.why) for row in listed]


@pytest.mark.parametrize(
    ("every", "on", "expected"),
    [
        (Every.MONTH, date(2027, 1, 31), date(2027, 2, 28)),
        (Every.QUARTER, date(2026, 11, 30), date(2027, 2, 28)),
        (Every.HALF, date(2026, 12, 15), date(2027, 6, 15)),
        (Every.YEAR, date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_the_next_review_is_so_many_months_later(every: str, on: date, expected: date) -> None:
    assert next_review(every, on) == expected
    assert last_day(on, every) == on


def test_what_goes_on_is_never_late(case: Any) -> None:
    one = going_on(case)
    assert dates(one) == (MARCH, "every_3", None, MARCH, 0)
    assert due(one, 300) == ["review"]


@pytest.mark.parametrize("kind", [Kind.NO_CHANGE, Kind.UPDATE])
def test_each_look_moves_the_next_review_and_never_back(case: Any, kind: Kind) -> None:
    one = going_on(case, on=TODAY)
    to = "in_progress" if kind is Kind.UPDATE else kind.value
    one.do("relief", kind, to, Given(text="We looked"))
    assert dates(one)[0] == date(2027, 2, 22)
    far = going_on(case, on=date(2028, 1, 1), name="Other")
    far.do("relief", kind, to, Given(text="We looked"))
    assert dates(far)[0] == date(2028, 1, 1)


def test_to_raise_it_is_no_look(case: Any) -> None:
    one = going_on(case, on=TODAY)
    given = Given(text="Raised", effective_on=TODAY, forum="HCT")
    one.do("relief", Kind.RAISED, "raised", given)
    assert dates(one)[0] == TODAY


def test_the_first_promise_stays_and_a_reason_is_asked_for(case: Any) -> None:
    one = case(**DATED)
    with pytest.raises(Invalid):
        move(one, date(2027, 6, 1), Every.HALF, why=" ")
    move(one, date(2027, 6, 1), Every.HALF)
    assert dates(one) == (date(2027, 6, 1), "every_6", None, MARCH, 1)
    one.do("relief", Kind.NO_CHANGE, "no_change", Given(text="We looked"))
    assert dates(one)[3:] == (MARCH, 1)


def test_what_was_late_stays_late_when_it_is_said_to_go_on(case: Any) -> None:
    past = TODAY - timedelta(days=3)
    one = case(due_on=past)
    move(one, MARCH, Every.YEAR)
    assert dates(one) == (MARCH, "every_12", past, past, 1)
    assert due(one) == ["late"]


def test_a_date_after_it_went_on_is_the_first_that_was_promised(case: Any) -> None:
    one = going_on(case)
    move(one, date(2027, 5, 1), "day")
    assert dates(one) == (date(2027, 5, 1), "day", date(2027, 5, 1), date(2027, 5, 1), 0)


def test_the_folds_follow_from_the_acts(case: Any) -> None:
    one = going_on(case, on=TODAY)
    one.do("relief", Kind.NO_CHANGE, "no_change", Given(text="We looked"))
    actor = one.world.actor("relief")
    with one.database.reading(actor) as session:
        ask = queries.ask(session, actor, one.id)
        assert recomputed(session, ask, zone="UTC") == actions.kept(ask)


def test_a_review_is_due_from_two_weeks_before_and_is_a_task(case: Any) -> None:
    one = going_on(case, on=TODAY + timedelta(days=15))
    assert due(one) == []
    near = going_on(case, on=TODAY + timedelta(days=14), name="Other")
    assert due(near) == ["review"]
    actor = near.world.actor("relief")
    with near.database.reading(actor) as session:
        tasks = {task.reason.code: task for task in home.tasks(session, actor)}
        days = feeds.due_days(session, actor, workspace_id=near.world.workspace_id)
    assert tasks["dues.task-review"].due_on == TODAY + timedelta(days=14)
    assert [day.goes_on for day in days] == [True, True]


def test_a_year_between_looks_is_not_called_forgotten(case: Any) -> None:
    one = going_on(case, on=date(2027, 11, 1), every=Every.YEAR)
    said = Given(effective_on=TODAY, url="https://example.org/a", evidence_on=TODAY)
    one.do("relief", Kind.RESPONSE, "accepted", said)
    assert due(one, 200) == []


def test_the_page_says_it_in_words(case: Any, client: Any) -> None:
    one = going_on(case)
    page = client("relief").get(f"/recommendations/{one.recommendation_id}")
    assert "Ongoing, next review by 1 Mar 2027" in page
    path = f"/recommendations/asks/{one.id}/date-change"
    assert 'value="every_6"' in client("relief").get(path)
