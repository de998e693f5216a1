"""Handing the follow-up of asks on: who may, what moves, what is told, and to whom."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from advocacy.access import audience, guard
from advocacy.asks.rules import Given, Kind
from advocacy.asks.schema import Ask
from advocacy.assignments import actions, queries
from advocacy.assignments.schema import Focal, Minding
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.recommendations import actions as recommendations
from advocacy.recommendations.schema import Recommendation
from tests.asks.test_actions import Case

NOTE = "They promised a date by May"


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def over(one: Case, by: str, to: str, after: UUID | None = None, *more: Case) -> list[Minding]:
    actor = one.world.actor(by)
    with one.database.writing(actor) as session:
        chosen = dict.fromkeys([one.id, *(other.id for other in more)], after)
        to_id = one.world.organisations[to]
        return actions.hand_over(session, actor, chosen=chosen, to_id=to_id, note=NOTE)


def give(one: Case, by: str, to: UUID | None, after: UUID | None = None) -> Focal:
    actor = one.world.actor(by)
    with one.database.writing(actor) as session:
        chosen = {one.id: after}
        return actions.give(session, actor, chosen=chosen, to_id=to, note=NOTE)[0]


def held(one: Case, by: str, **how: Any) -> list[Any]:
    actor = how.pop("actor", None) or one.world.actor(by)
    with one.database.reading(actor) as session:
        return queries.held(session, actor, workspace_id=one.world.workspace_id, **how)


def told(one: Case, by: str) -> list[tuple[str, str, str]]:
    actor = one.world.actor(by)
    with one.database.reading(actor) as session:
        steps = queries.told(session, actor, workspace_id=one.world.workspace_id)
        return [(step.before, step.after, step.note) for step in steps]


def minder(one: Case) -> UUID:
    found = one.see().minder_id
    assert isinstance(found, UUID)
    return found


def test_many_go_to_another_organisation_and_both_can_read_that(case: Any, world: Any) -> None:
    one, two = case(), case(name="Other")
    over(one, "relief", "legal", None, two)
    assert minder(one) == minder(two) == world.organisations["legal"]
    assert [row.ask_id for row in held(one, "relief")] == []
    assert {row.ask_id for row in held(one, "legal")} == {one.id, two.id}
    for by in ("relief", "legal"):
        (first, second) = told(one, by)
        assert first[2] == second[2] == NOTE, by
    assert told(one, "women") == []


def test_who_got_them_hands_them_on_and_each_step_stays(case: Any, world: Any) -> None:
    one = case()
    (first,) = over(one, "relief", "legal")
    over(one, "legal", "women", first.id)
    assert minder(one) == world.organisations["women"]
    assert len(told(one, "legal")) == 2
    actor = world.actor("rights")
    with one.database.reading(actor) as session:
        assert len(queries.of_record(session, actor, one.recommendation_id)) == 2


def test_a_stale_hand_over_moves_nothing(case: Any, world: Any) -> None:
    one, two = case(), case(name="Other")
    over(one, "relief", "legal")
    with pytest.raises(Conflict):
        over(one, "relief", "women", None, two)
    assert minder(one) == world.organisations["legal"]
    assert minder(two) == world.organisations["relief"]


@pytest.mark.parametrize("by", ["legal", "women", "relief.drafter", "observer"])
def test_whose_it_is_not_hands_nothing_over(case: Any, by: str) -> None:
    with pytest.raises((Denied, NotFound)):
        over(case(), by, "rights")


def test_a_coordinator_may_where_somebody_is_gone(case: Any, world: Any) -> None:
    one = case()
    over(one, "cluster", "women")
    assert minder(one) == world.organisations["women"]


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("relief", "assignments.has-it"),
        ("women", "assignments.addressee"),
        ("donor", "form.choice"),
    ],
)
def test_some_cannot_follow_it_up(case: Any, to: str, code: str) -> None:
    one = case(member="women")
    with pytest.raises(Invalid) as refused:
        over(one, "relief", to)
    assert code in {reason.code for reason in refused.value.reasons}


def test_nobody_comes_to_read_more_by_it(case: Any, world: Any) -> None:
    one = case(reach="own")
    with pytest.raises(Invalid) as refused:
        over(one, "relief", "legal")
    assert refused.value.reasons[0].code == "assignments.reads-first"


@pytest.mark.parametrize("reads", [True, False])
def test_who_follows_it_up_learns_of_no_other_reader_by_trying(
    case: Any, world: Any, database: Any, reads: bool
) -> None:
    """Legal follows it up; whether Women read it too is for Relief to know."""
    one, relief = case(reach="own"), world.actor("relief")
    names = {"relief", "legal", *(["women"] if reads else [])}
    with database.writing(relief) as session, guard.system(session, guard.System.CARRY):
        who = audience.intern(session, {world.organisations[name] for name in names})
        for table in (Ask, Recommendation):
            session.execute(update(table).values(audience_id=who))
    (first,) = over(one, "relief", "legal")
    for to in ("women", "rights", "cluster"):
        with pytest.raises(Invalid) as refused:
            over(one, "legal", to, first.id)
        assert [(r.code, r.facts) for r in refused.value.reasons] == [("assignments.give-back", {})]
    over(one, "legal", "relief", first.id)
    assert minder(one) == world.organisations["relief"]


def test_who_confirmed_it_does_not_follow_it_up_while_it_is_done(case: Any) -> None:
    one = case().confirmed()
    with pytest.raises(Invalid) as refused:
        over(one, "relief", "legal")
    assert refused.value.reasons[0].code == "assignments.confirmed-it"


def test_the_one_before_who_reported_it_still_cannot_confirm_it(case: Any) -> None:
    one = case().claimed()
    over(one, "relief", "women")
    for by in ("relief", "women"):
        with pytest.raises(Denied):
            one.do(by, Kind.VERIFY, "implemented", Given(text="x", confidence="high", opened=True))


def test_a_note_is_asked_for_and_something_to_hand_over(case: Any, world: Any) -> None:
    one, actor = case(), world.actor("relief")
    with one.database.writing(actor) as session, pytest.raises(Invalid) as refused:
        actions.hand_over(session, actor, chosen={}, to_id=world.organisations["legal"], note=" ")
    codes = {reason.code for reason in refused.value.reasons}
    assert codes == {"assignments.none", "assignments.say-why"}


def test_a_person_of_ours_has_it_in_hand_and_no_other_organisation_knows(
    case: Any, world: Any
) -> None:
    one, person = case(), world.actor("relief.drafter").person_id
    first = give(one, "relief", person)
    assert [row.focal_id for row in held(one, "relief")] == [person]
    other = replace(world.actor("relief"), person_id=world.actor("legal").person_id)
    assert held(one, "relief", actor=other, whose="mine") == []
    assert len(held(one, "relief.drafter", whose="mine")) == 1
    for by in ("cluster", "legal"):
        actor = world.actor(by)
        with one.database.reading(actor) as session:
            assert session.scalars(select(Focal)).all() == [], by
    give(one, "relief", None, first.id)
    assert [row.focal_id for row in held(one, "relief")] == [None]


def test_only_who_follows_it_up_puts_it_into_hands_and_of_its_own(case: Any, world: Any) -> None:
    one = case()
    with pytest.raises(Denied):
        give(one, "cluster", world.actor("cluster").person_id)
    with pytest.raises(Invalid):
        give(one, "relief", world.actor("legal").person_id)


def test_what_was_handed_over_is_taken_back_with_its_ask(case: Any, world: Any) -> None:
    one, actor = case(reach="public"), world.actor("relief")
    over(one, "relief", "legal")
    with one.database.writing(actor) as session:
        who = {"recommendation_id": one.recommendation_id}
        recommendations.share(session, actor, **who, reach="own")
        actions.follow(session, actor, **who)
    assert len(told(one, "relief")) == 1
    assert told(one, "legal") == []
    legal = world.actor("legal")
    with one.database.reading(legal) as session:
        assert session.scalars(select(Minding)).all() == []
        assert session.scalars(select(Ask.id).where(Ask.id == one.id)).all() == []


def test_only_a_coordinator_lists_all(case: Any) -> None:
    one = case()
    assert len(held(one, "cluster", whose="all")) == 1
    with pytest.raises(Denied):
        held(one, "legal", whose="all")


def test_the_page_hands_over_what_was_marked(case: Any, client: Any) -> None:
    one, browser = case(), client("relief")
    path = "/assignments/in/testland"
    assert f'value="{one.id}::"' in browser.get(path)
    to = f"organisation:{one.world.organisations['legal']}"
    sent = {"asks": [f"{one.id}::"], "to": to, "note": NOTE}
    browser.post(path, {**sent, "note": ""}, status=422)
    browser.post(path, sent)
    assert minder(one) == one.world.organisations["legal"]
    assert NOTE in browser.get(f"/assignments/of/{one.recommendation_id}")
    client("donor").get(path, status=404)
    client("observer").get(path, status=403)


def test_what_moved_meanwhile_comes_back_with_the_note(case: Any, client: Any) -> None:
    one, browser = case(), client("cluster")
    path = "/assignments/in/testland?whose=all"
    browser.get(path)
    over(one, "relief", "legal")
    to = f"organisation:{one.world.organisations['women']}"
    late = browser.post(path, {"asks": [f"{one.id}::"], "to": to, "note": NOTE}, status=409)
    assert NOTE in late.text
    assert minder(one) == one.world.organisations["legal"]
