"""Windows of opportunity: who reads them, when they are work, and what two people at once get."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from advocacy.ground.errors import Conflict, Denied, Invalid
from advocacy.recommendations import actions as recommendations
from advocacy.windows import actions, queries
from advocacy.windows.rules import Said
from tests.asks.test_actions import TODAY, Case

FIRST = TODAY + timedelta(days=12)
VISIT = Said("Visit of the envoy", "Capital", FIRST, FIRST + timedelta(days=2))


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def tell(case: Case, by: str = "legal", said: Said = VISIT, reach: str = "members") -> Any:
    actor, space = case.world.actor(by), case.world.workspace_id
    with case.database.writing(actor) as session:
        return actions.add(session, actor, workspace_id=space, said=said, reach=reach)


def use(case: Case, window_id: Any, by: str = "relief") -> Any:
    actor, of = case.world.actor(by), case.recommendation_id
    with case.database.writing(actor) as session:
        return actions.use(session, actor, window_id=window_id, recommendation_id=of)


def seen(case: Case, by: str) -> list[str]:
    actor, space = case.world.actor(by), case.world.workspace_id
    with case.database.reading(actor) as session:
        return [row.name for row in queries.windows(session, actor, workspace_id=space)]


def raised(case: Case, window_id: Any, by: str) -> int:
    actor = case.world.actor(by)
    with case.database.reading(actor) as session:
        return len(queries.uses(session, actor, window_id))


def tasks(case: Case, by: str, days: int) -> list[tuple[str, Any, date | None]]:
    actor = case.world.actor(by)
    actor = replace(actor, now=actor.now + timedelta(days=days))
    with case.database.reading(actor) as session:
        found = queries.tasks(session, actor)
        return [(one.reason.code, one.reason.facts.get("days"), one.due_on) for one in found]


def test_members_read_it_and_neither_observers_nor_donors(case: Any) -> None:
    one = case(reach="public")
    tell(one)
    tell(one, said=replace(VISIT, name="Ours alone"), reach="own")
    assert seen(one, "legal") == ["Ours alone", "Visit of the envoy"]
    assert seen(one, "women") == ["Visit of the envoy"]
    assert seen(one, "donor") == seen(one, "observer") == []


def test_it_is_work_for_who_leads_what_is_raised_there_until_it_is_over(case: Any) -> None:
    one = case()
    window_id = tell(one).window_id
    assert tasks(one, "relief", 0) == []
    use(one, window_id)
    use(one, window_id)
    assert tasks(one, "relief", 0) == [("windows.task-opens", 12, FIRST)]
    assert tasks(one, "relief", 13) == [("windows.task-open", None, VISIT.ends_on)]
    assert tasks(one, "relief", 15) == tasks(one, "legal", 0) == tasks(one, "women", 0) == []
    far = tell(one, said=replace(VISIT, begins_on=FIRST + timedelta(days=3), ends_on=None))
    use(one, far.window_id)
    assert len(tasks(one, "relief", 0)) == 1


def test_only_who_leads_the_recommendation_puts_it_there_and_takes_it_out(case: Any) -> None:
    one = case()
    window_id = tell(one).window_id
    with pytest.raises(Denied):
        use(one, window_id, by="legal")
    made = use(one, window_id)
    assert raised(one, window_id, "women") == 1
    relief, legal = one.world.actor("relief"), one.world.actor("legal")
    with pytest.raises(Denied), one.database.writing(legal) as session:
        actions.leave(session, legal, made.id)
    with one.database.writing(relief) as session:
        assert actions.leave(session, relief, made.id) == window_id
    with pytest.raises(Conflict), one.database.writing(relief) as session:
        actions.leave(session, relief, made.id)
    assert raised(one, window_id, "relief") == 0
    use(one, window_id)
    assert raised(one, window_id, "relief") == 1


def test_a_use_is_shown_where_both_ends_are(case: Any) -> None:
    one = case()
    window_id = tell(one).window_id
    use(one, window_id)
    relief, of = one.world.actor("relief"), one.recommendation_id
    for reach, number in (("own", 0), ("members", 1)):
        with one.database.writing(relief) as session:
            recommendations.share(session, relief, recommendation_id=of, reach=reach)
            actions.follow(session, relief, recommendation_id=of)
        assert raised(one, window_id, "women") == number
        assert raised(one, window_id, "relief") == 1
    theirs = tell(one, reach="own").window_id
    for nothing in (theirs, None):
        with pytest.raises(Invalid):
            use(one, nothing)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ({"name": " "}, "form.required"),
        ({"begins_on": None}, "windows.say-when"),
        ({"ends_on": FIRST - timedelta(days=1)}, "windows.ends-first"),
        ({"ends_on": date(9999, 1, 1)}, "windows.too-far"),
        ({"forum": "x" * 301}, "form.too-long"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(case: Any, bad: Any, code: str) -> None:
    one = case()
    with pytest.raises(Invalid) as refused:
        tell(one, said=replace(VISIT, **bad))
    assert [reason.code for reason in refused.value.reasons] == [code]
    assert seen(one, "legal") == []


def test_it_moves_and_is_called_off_by_who_told_of_it(case: Any) -> None:
    one = case()
    first = tell(one)
    use(one, first.window_id)
    legal, relief = one.world.actor("legal"), one.world.actor("relief")
    later = replace(VISIT, begins_on=FIRST + timedelta(days=5), ends_on=None)

    def change(actor: Any, said: Said, after: Any) -> Any:
        with one.database.writing(actor) as session:
            return actions.change(session, actor, window_id=first.window_id, said=said, after=after)

    with pytest.raises(Denied):
        change(relief, later, first.id)
    moved = change(legal, later, first.id)
    with pytest.raises(Conflict):
        change(legal, VISIT, first.id)
    assert tasks(one, "relief", 0) == []
    assert tasks(one, "relief", 12) == [("windows.task-opens", 5, later.begins_on)]
    change(legal, replace(later, is_off=True), moved.id)
    assert tasks(one, "relief", 12) == []


def test_the_pages_lead_from_the_recommendation_to_the_window(case: Any, client: Any) -> None:
    one = case(reach="members")
    relief, here = client("relief"), f"/recommendations/{one.recommendation_id}"
    sent = {"name": "Council of <b>", "begins_on": "2026-12-01", "reach": "members"}
    late = relief.post("/windows/in/testland", {**sent, "begins_on": "20260-12-01"}, status=422)
    assert "Council of &lt;b&gt;" in late.text
    relief.get("/windows/in/testland")
    relief.post("/windows/in/testland", sent)
    page = relief.get(f"/windows/for/{one.recommendation_id}")
    assert "Council of &lt;b&gt;" in page
    (row,) = _windows(one)
    relief.post(f"/windows/for/{one.recommendation_id}", {"window": str(row.id)})
    assert "Council of" in relief.get(here)
    kept = {**sent, "forum": "Typed here", "based_on": "nonsense"}
    assert "Typed here" in relief.post(row.href, kept, status=409).text
    assert "Open" in client("women").get(row.href)
    client("donor").get(row.href, status=404)
    client("donor").get("/windows/in/testland", status=404)


def _windows(one: Case) -> list[Any]:
    actor = one.world.actor("relief")
    with one.database.reading(actor) as session:
        return queries.windows(session, actor, workspace_id=one.world.workspace_id)
