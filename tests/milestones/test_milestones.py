"""Milestones of an ask: who sets and reads them, and when one is late."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.home import queries as home
from advocacy.milestones import actions, queries, rules
from advocacy.milestones.rows import MilestoneRow
from advocacy.milestones.rules import Said
from advocacy.recommendations import actions as recommendations
from tests.asks.test_actions import TODAY, Case

DRAFT = Said("The decree is drafted", date(2027, 2, 1), "quarter")


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def put(case: Case, by: str = "relief", said: Said = DRAFT) -> Any:
    actor = case.world.actor(by)
    with case.database.writing(actor) as session:
        return actions.put(session, actor, ask_id=case.id, said=said)


def move(case: Case, of: Any, to: str, by: str = "relief", **more: Any) -> Any:
    actor = case.world.actor(by)
    with case.database.writing(actor) as session:
        return actions.move(
            session, actor, milestone_id=of.milestone_id, to=to, after=of.id, **more
        )


def seen(case: Case, by: str) -> list[MilestoneRow]:
    actor = case.world.actor(by)
    with case.database.reading(actor) as session:
        return queries.of_asks(session, actor, [case.id]).get(case.id, [])


def test_it_is_set_by_who_has_a_part_in_the_ask_and_read_by_members(case: Any) -> None:
    one = case(reach="public", member="women")
    put(one)
    put(one, by="women", said=replace(DRAFT, text="It is signed"))
    for by in ("legal", "donor", "observer"):
        with pytest.raises((Denied, NotFound)):
            put(one, by=by)
    assert {row.text for row in seen(one, "legal")} == {"It is signed", DRAFT.text}
    assert seen(one, "donor") == seen(one, "observer") == []


def test_it_is_late_only_after_the_last_day_of_what_its_date_means(case: Any) -> None:
    one = case()
    put(one)
    (row,) = seen(one, "relief")
    assert not rules.is_late(row, on=date(2027, 3, 31))
    assert rules.is_late(row, on=date(2027, 4, 1))
    move(one, put(one, said=replace(DRAFT, text="Next")), "reached")
    reached = next(row for row in seen(one, "relief") if row.text == "Next")
    assert not rules.is_late(reached, on=date(2027, 4, 1))


def test_it_is_reached_opened_again_and_dropped_one_after_the_other(case: Any) -> None:
    one = case()
    first = put(one)
    done = move(one, first, "reached", on=TODAY - timedelta(days=2))
    assert seen(one, "legal")[0].reached_on == TODAY - timedelta(days=2)
    with pytest.raises(Conflict):
        move(one, first, "dropped")
    with pytest.raises(Invalid):
        move(one, done, "dropped")
    again = move(one, done, "open")
    assert seen(one, "legal")[0].reached_on is None
    with pytest.raises(Invalid):
        move(one, again, "reached", on=TODAY + timedelta(days=1))
    with pytest.raises(Denied):
        move(one, again, "reached", by="legal")
    move(one, again, "dropped")
    assert seen(one, "legal") == []
    assert one.see().progress == "not_started"


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ({"text": " "}, "form.required"),
        ({"due_on": None}, "asks.say-when"),
        ({"due_on": date(9999, 12, 31)}, "windows.too-far"),
        ({"due_precision": "decade"}, "form.choice"),
        ({"text": "x" * 4_001}, "form.too-long"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(case: Any, bad: Any, code: str) -> None:
    one = case()
    with pytest.raises(Invalid) as refused:
        put(one, said=replace(DRAFT, **bad))
    assert [reason.code for reason in refused.value.reasons] == [code]
    assert seen(one, "relief") == []


def test_it_is_read_by_those_who_read_the_ask(case: Any) -> None:
    one = case()
    put(one)
    relief, of = one.world.actor("relief"), one.recommendation_id
    for reach, number in (("own", 0), ("members", 1)):
        with one.database.writing(relief) as session:
            recommendations.share(session, relief, recommendation_id=of, reach=reach)
            actions.follow(session, relief, recommendation_id=of)
        assert len(seen(one, "legal")) == number
        assert len(seen(one, "relief")) == 1


def test_the_pages_set_and_reach_it(case: Any, client: Any) -> None:
    one = case(reach="public")
    relief, path = client("relief"), f"/milestones/{one.id}"
    sent = {"text": "Typed <b>", "due_on": "2027-02-01", "due_precision": "quarter"}
    assert "Typed &lt;b&gt;" in relief.post(path, {**sent, "due_on": "20260"}, status=422).text
    relief.get(path)
    relief.post(path, sent)
    (row,) = seen(one, "relief")
    relief.get(path)
    go = f"/milestones/{row.id}/move"
    relief.post(go, {"to": "reached", "based_on": "nonsense"}, status=409)
    relief.post(go, {"to": "reached", "based_on": str(row.act_id)})
    assert seen(one, "relief")[0].state == "reached"
    assert "Typed &lt;b&gt;" in client("legal").get(f"/recommendations/{one.recommendation_id}")
    assert "Typed &lt;b&gt;" in client("legal").get(path)
    observer = client("observer")
    observer.get(path)
    # Who may not set one hears that, and nothing of what is wrong with the form.
    observer.post(path, {**sent, "due_on": "3"}, status=403)
    observer.post(go, {"to": "x", "based_on": str(row.act_id)}, status=404)
    client("donor").get(path, status=404)


def due(case: Case, by: str, days: int = 0) -> list[tuple[str, date]]:
    actor = case.world.actor(by)
    actor = replace(actor, now=actor.now + timedelta(days=days))
    with case.database.reading(actor) as session:
        return [
            (task.reason.code, task.due_on)
            for task in home.tasks(session, actor)
            if task.endpoint == "milestones.milestones"
        ]


def test_a_milestone_is_a_task_from_two_weeks_before_until_it_is_reached(case: Any) -> None:
    one, on = case(member="women"), TODAY + timedelta(days=14)
    first = put(one, said=Said("Drafted", on, "day"))
    put(one, said=Said("Some day of the year", TODAY, "year"))
    dropped = put(one, said=Said("Dropped", TODAY, "day"))
    move(one, dropped, "dropped")
    for by in ("relief", "women"):
        assert due(one, by) == [("milestones.task-soon", on)], by
        assert due(one, by, 15) == [("milestones.task-late", on)], by
    assert due(one, "legal") == due(one, "observer") == due(one, "donor") == []
    move(one, first, "reached")
    assert due(one, "relief") == []


def test_a_milestone_of_what_is_over_is_no_task(case: Any) -> None:
    one = case()
    put(one, said=Said("Drafted", TODAY, "day"))
    assert len(due(one, "relief")) == 1
    one.confirmed()
    assert due(one, "relief") == []


def test_what_is_due_lists_milestones_too(case: Any, client: Any) -> None:
    one = case()
    put(one, said=Said("The <b> decree", TODAY - timedelta(days=2), "day"))
    page = client("relief").get("/dues/in/testland")
    assert "The &lt;b&gt; decree" in page
    assert f"/milestones/{one.id}" in page
    assert "decree" not in client("legal").get("/dues/in/testland")
