"""An ask that was raised: what is kept, who reads it, and when it comes back."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from advocacy.asks import queries as asks
from advocacy.asks.rules import Given, Kind
from advocacy.asks.schema import Axis
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.raisings import actions, queries
from advocacy.raisings.rules import Raised
from advocacy.raisings.schema import Raising
from advocacy.recommendations import actions as recommendations
from tests.asks.test_actions import TODAY, Case

NEXT = TODAY + timedelta(days=7)
AT_HCT = Raised(
    on=TODAY, forum="Country team", whom="Deputy Minister", level="Heads", words="Two crossings",
    reply="In a week", next_on=NEXT,
)  # fmt: skip


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def later(case: Case, by: str, days: int) -> Any:
    actor = case.world.actor(by)
    return replace(actor, now=actor.now + timedelta(days=days))


def note(case: Case, by: str, of: Raised = AT_HCT, *, days: int = 0, **more: Any) -> Any:
    actor = later(case, by, days)
    with case.database.writing(actor) as session:
        last = asks.head(session, actor, case.id, Axis.TALK)
        after = more.get("after", last.id if last else None)
        return actions.note(session, actor, ask_id=case.id, of=of, after=after)


def waits(case: Case, by: str, days: int) -> list[str]:
    actor = later(case, by, days)
    with case.database.reading(actor) as session:
        return [task.title for task in queries.tasks(session, actor)]


def facts(case: Case, by: str) -> list[dict[str, Any]]:
    actor = case.world.actor(by)
    with case.database.reading(actor) as session:
        found = queries.told(session, actor, asks.acts(session, actor, [case.id]))
        return [act.facts for act in found]


def test_where_with_whom_and_what_they_replied_is_kept_for_members(case: Any) -> None:
    one = case(reach="public")
    note(one, "legal")
    (kept,) = facts(one, "women")
    assert (kept["forum"], kept["whom"], kept["level"], kept["reply"]) == (
        "Country team", "Deputy Minister", "Heads", "In a week",
    )  # fmt: skip
    assert facts(one, "donor") == facts(one, "observer") == []
    assert one.see().progress == "not_started"


def test_the_next_date_is_work_for_who_set_it_from_that_day_on(case: Any) -> None:
    one = case()
    note(one, "legal")
    assert waits(one, "legal", 6) == []
    assert waits(one, "legal", 7) == ["Open"]
    for by in ("relief", "cluster", "donor", "observer"):
        assert waits(one, by, 7) == [], by


def test_it_is_settled_when_anybody_raises_it_again_or_it_is_over(case: Any) -> None:
    one = case()
    note(one, "legal")
    note(one, "women", replace(AT_HCT, on=TODAY + timedelta(days=8), next_on=None), days=8)
    assert waits(one, "legal", 9) == waits(one, "women", 9) == []
    note(one, "legal", replace(AT_HCT, next_on=TODAY + timedelta(days=12)), days=9)
    assert waits(one, "legal", 12) == ["Open"]
    one.do("relief", Kind.PROPOSE_CLOSE, "closed_unmet", Given(text="Gone"))
    one.do("cluster", Kind.CLOSE, "closed_unmet", Given(text="Gone"))
    assert waits(one, "legal", 12) == []


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ({"forum": " "}, "raisings.say-where"),
        ({"next_on": TODAY}, "raisings.next-first"),
        ({"whom": "x" * 301}, "form.too-long"),
        ({"on": None}, "asks.say-when"),
        ({"on": TODAY + timedelta(days=1)}, "asks.in-future"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    case: Any, bad: dict[str, Any], code: str
) -> None:
    one = case()
    with pytest.raises(Invalid) as refused:
        note(one, "legal", replace(AT_HCT, **bad))
    assert [reason.code for reason in refused.value.reasons] == [code]
    assert facts(one, "legal") == []


@pytest.mark.parametrize("by", ["donor", "observer"])
def test_who_is_no_member_raises_nothing(case: Any, by: str) -> None:
    with pytest.raises((Denied, NotFound)):
        note(case(reach="public"), by)


def test_two_at_once_meet(case: Any) -> None:
    one = case()
    first = note(one, "legal")
    note(one, "women", after=first.id)
    with pytest.raises(Conflict):
        note(one, "relief", after=first.id)


def test_it_is_never_read_more_widely_than_its_ask(case: Any, world: Any, database: Any) -> None:
    one, relief = case(), world.actor("relief")
    note(one, "relief")
    with database.writing(relief) as session:
        of = one.recommendation_id
        recommendations.share(session, relief, recommendation_id=of, reach="own")
        actions.follow(session, relief, recommendation_id=of)
    for by, number in (("relief", 1), ("legal", 0), ("cluster", 0), ("donor", 0)):
        with database.reading(world.actor(by)) as session:
            assert len(session.scalars(select(Raising)).all()) == number, by


def test_the_page_remembers_the_last_meeting_and_keeps_what_was_typed(
    case: Any, client: Any
) -> None:
    one, legal = case(reach="public"), client("legal")
    path = f"/raisings/{one.id}"
    sent = {"effective_on": TODAY.isoformat(), "forum": "Country team", "whom": "Deputy Minister"}
    legal.post(path, sent)
    page = legal.get(path)
    assert 'value="Country team"' in page
    assert f'value="{TODAY.isoformat()}"' in page
    late = legal.post(path, {**sent, "reply": "They said soon", "based_on": ""}, status=409)
    assert "They said soon" in late.text
    (seen,) = re.findall(r'name="based_on"[^>]*value="([^"]+)"', page)
    legal.post(path, {**sent, "reply": "They said soon", "based_on": seen})
    assert "They said soon" in client("women").get(f"/recommendations/{one.recommendation_id}")
    client("donor").get(path, status=404)
    client("observer").get(path, status=403)
