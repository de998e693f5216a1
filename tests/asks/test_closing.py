"""How an ask ends without being done, how it is taken up again, and what a reversal is worth."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from advocacy.asks import actions, queries
from advocacy.asks.rules import Given, Kind
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from tests.asks.test_actions import AGAINST, LINK, TODAY, Case, recomputed

WHY = Given(text="The ministry is gone")
SEEN = Given(text="We saw it too", opened=True)


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def later(case: Case, by: str, days: int) -> Any:
    return replace(case.world.actor(by), now=case.world.actor(by).now + timedelta(days=days))


def test_unmet_needs_the_coordinator_and_the_lead(case: Any) -> None:
    one = case()
    with pytest.raises(Denied):
        one.do("relief", Kind.CLOSE, "closed_unmet", WHY)
    one.do("relief", Kind.PROPOSE_CLOSE, "closed_unmet", WHY)
    assert (one.see().progress, one.see().closing_to) == ("not_started", "closed_unmet")
    with pytest.raises(Denied):
        one.do("relief", Kind.CLOSE, "closed_unmet", WHY)
    one.do("cluster", Kind.CLOSE, "closed_unmet", WHY)
    assert (one.see().progress, one.see().closing_to) == ("closed_unmet", None)


def test_what_the_coordinator_proposed_the_lead_agrees_to(case: Any) -> None:
    one = case()
    one.do("cluster", Kind.PROPOSE_CLOSE, "closed_unmet", WHY)
    for by in ("cluster", "forum"):
        with pytest.raises((Denied, Invalid)):
            one.do(by, Kind.CLOSE, "closed_unmet", WHY)
    one.do("relief", Kind.CLOSE, "closed_unmet", WHY)
    assert one.see().progress == "closed_unmet"


@pytest.mark.parametrize("by", ["legal", "observer", "donor", "relief.drafter"])
def test_nobody_else_proposes_an_end(case: Any, by: str) -> None:
    with pytest.raises((Denied, NotFound)):
        case(reach="public").do(by, Kind.PROPOSE_CLOSE, "closed_unmet", WHY)


def test_an_end_needs_its_reason(case: Any) -> None:
    with pytest.raises(Invalid) as refused:
        case().do("relief", Kind.PROPOSE_CLOSE, "closed_unmet", Given())
    assert refused.value.reasons[0].code == "asks.say-why"


def test_overtaken_needs_evidence_and_two_weeks_without_objection(case: Any) -> None:
    one = case()
    with pytest.raises(Invalid):
        one.do("cluster", Kind.PROPOSE_CLOSE, "overtaken", WHY)
    one.do("cluster", Kind.PROPOSE_CLOSE, "overtaken", Given(text="Peace", **LINK))
    with pytest.raises(Invalid):
        one.do("cluster", Kind.CLOSE, "overtaken", WHY)
    with pytest.raises(Invalid):
        one.do("cluster", Kind.CLOSE, "overtaken", WHY, actor=later(one, "cluster", 13))
    one.do("cluster", Kind.CLOSE, "overtaken", WHY, actor=later(one, "cluster", 14))
    assert one.see().progress == "overtaken"


def test_any_member_keeps_it_open(case: Any) -> None:
    one = case()
    one.do("cluster", Kind.PROPOSE_CLOSE, "overtaken", Given(text="Peace", **LINK))
    with pytest.raises((Denied, NotFound)):
        one.do("observer", Kind.KEEP_OPEN, "keep_open", WHY)
    one.do("women", Kind.KEEP_OPEN, "keep_open", WHY)
    assert one.see().closing_to is None
    with pytest.raises(Invalid):
        one.do("cluster", Kind.CLOSE, "overtaken", WHY, actor=later(one, "cluster", 20))


def test_two_answers_to_one_proposal_meet(case: Any) -> None:
    one = case()
    act = one.do("cluster", Kind.PROPOSE_CLOSE, "overtaken", Given(text="Peace", **LINK))
    one.do("women", Kind.KEEP_OPEN, "keep_open", WHY, after=act.id)
    one.do("cluster", Kind.PROPOSE_CLOSE, "closed_unmet", WHY)
    with pytest.raises(Conflict):
        one.do("legal", Kind.KEEP_OPEN, "keep_open", WHY, after=act.id)


def test_what_is_done_does_not_end_unmet(case: Any) -> None:
    one = case().confirmed()
    for by in ("cluster", "relief"):
        for kind in (Kind.PROPOSE_CLOSE, Kind.CLOSE):
            with pytest.raises(Denied):
                one.do(by, kind, "closed_unmet", WHY)


def test_the_coordinator_names_what_takes_its_place(case: Any, world: Any, database: Any) -> None:
    one, newer = case(), Case(world, database, name="Another")
    bad = Given(text="New text", newer_id=one.recommendation_id)
    for given in (WHY, bad, replace(bad, newer_id=one.id)):
        with pytest.raises(Invalid):
            one.do("cluster", Kind.CLOSE, "superseded", given)
    good = replace(bad, newer_id=newer.recommendation_id)
    one.do("cluster", Kind.CLOSE, "superseded", good)
    assert one.see().progress == "superseded"
    with pytest.raises(Invalid) as circle:
        newer.do("cluster", Kind.CLOSE, "superseded", bad)
    assert circle.value.reasons[0].code == "asks.newer-circle"


def test_a_hidden_recommendation_takes_no_place_and_is_not_told_from_none(
    case: Any, world: Any, database: Any
) -> None:
    one, hidden = case(), Case(world, database, name="Another", reach="own")
    given = Given(text="New", newer_id=hidden.recommendation_id)
    with pytest.raises(Invalid) as refused:
        one.do("cluster", Kind.CLOSE, "superseded", given)
    assert refused.value.reasons[0].code == "asks.no-newer"


def test_what_ended_is_taken_up_again(case: Any) -> None:
    one = case()
    one.do("relief", Kind.PROPOSE_CLOSE, "closed_unmet", WHY)
    one.do("cluster", Kind.CLOSE, "closed_unmet", WHY)
    with pytest.raises(Invalid):
        one.do("legal", Kind.REOPEN, "in_progress", WHY)
    with pytest.raises((Denied, NotFound)):
        one.do("donor", Kind.REOPEN, "in_progress", WHY)
    old = Given(text="New", url="https://example.org/b", evidence_on=date(2026, 1, 1))
    with pytest.raises(Invalid) as refused:
        one.do("legal", Kind.REOPEN, "in_progress", old)
    assert refused.value.reasons[0].code == "asks.evidence-old"
    one.do("legal", Kind.REOPEN, "in_progress", replace(old, evidence_on=TODAY))
    assert one.see().progress == "in_progress"


def test_a_coordinator_opens_it_again_with_a_reason(case: Any) -> None:
    one = case()
    one.do("relief", Kind.PROPOSE_CLOSE, "closed_unmet", WHY)
    one.do("cluster", Kind.CLOSE, "closed_unmet", WHY)
    one.do("forum", Kind.REOPEN, "in_progress", WHY)
    assert one.see().progress == "in_progress"


def test_what_is_open_is_not_opened_again(case: Any) -> None:
    with pytest.raises(Denied):
        case().do("cluster", Kind.REOPEN, "in_progress", WHY)


def test_a_reversal_is_only_said_until_a_second_organisation_confirms_it(
    case: Any, world: Any
) -> None:
    one = case().confirmed()
    one.do("women", Kind.REVERSE, "regressed", AGAINST)
    assert one.see().alleged_by == world.organisations["women"]
    with pytest.raises(Denied):
        one.do("women", Kind.CONFIRM_REVERSE, "regressed", SEEN)
    moved = replace(world.actor("legal"), person_id=world.actor("women").person_id)
    with pytest.raises(Denied):
        one.do("legal", Kind.CONFIRM_REVERSE, "regressed", SEEN, actor=moved)
    with pytest.raises(Invalid):
        one.do("legal", Kind.CONFIRM_REVERSE, "regressed", replace(SEEN, opened=False))
    one.do("legal", Kind.CONFIRM_REVERSE, "regressed", SEEN)
    assert (one.see().progress, one.see().alleged_by) == ("regressed", None)
    with pytest.raises(Denied):
        one.do("rights", Kind.CONFIRM_REVERSE, "regressed", SEEN)


def test_without_its_evidence_a_reversal_falls_and_has_to_be_confirmed_anew(case: Any) -> None:
    one = case().confirmed()
    one.do("women", Kind.REVERSE, "regressed", AGAINST)
    piece = next(p for p in one.evidence() if p.direction == "contradicts")
    given = Given(text="Another place", evidence_id=piece.id)
    one.do("women", Kind.WITHDRAW_EVIDENCE, "withdraw_evidence", given)
    seen = one.see()
    assert (seen.progress, seen.alleged_by, seen.held_to) == ("claimed", None, None)


def test_the_kept_state_is_what_the_acts_say(case: Any, database: Any, world: Any) -> None:
    one = case().confirmed()
    one.do("women", Kind.REVERSE, "regressed", AGAINST)
    one.do("legal", Kind.CONFIRM_REVERSE, "regressed", SEEN)
    one.do("cluster", Kind.PROPOSE_CLOSE, "closed_unmet", WHY)
    one.do("relief", Kind.CLOSE, "closed_unmet", WHY)
    one.do("cluster", Kind.REOPEN, "in_progress", WHY)
    one.do("cluster", Kind.PROPOSE_CLOSE, "closed_unmet", WHY)
    actor = world.actor("relief")
    with database.reading(actor) as session:
        ask = queries.ask(session, actor, one.id)
        assert recomputed(session, ask, zone="Asia/Amman") == actions.kept(ask)
