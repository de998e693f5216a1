"""Reporting and confirming, with a real database: who may, what falls, who reads it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.asks import actions, queries
from advocacy.asks.actions import NewAsk
from advocacy.asks.rules import AXIS_OF, Given, Kind, State, state
from advocacy.asks.schema import Ask, AskAct, Axis
from advocacy.evidence.schema import Evidence
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.institutions import actions as institutions
from advocacy.recommendations import actions as recommendations
from advocacy.recommendations.actions import NewText

TODAY = date(2026, 11, 22)
LINK = {"url": "https://example.org/a", "evidence_on": TODAY}
REPORT = Given(text="Both are open", effective_on=TODAY, **LINK)
LOOKED = Given(text="We went there", confidence="high", opened=True)
AGAINST = Given(text="Shut again", effective_on=TODAY, direction="contradicts", **LINK)


class Case:
    """One ask, led by relief; `do("legal", Kind.VERIFY, "implemented", LOOKED)`."""

    def __init__(self, world: Any, database: Any, **how: Any) -> None:
        self.world, self.database = world, database
        actor = world.actor("relief")
        member = world.organisations.get(how.pop("member", ""))
        kind, reach = how.pop("kind", "authority"), how.pop("reach", "members")
        name = how.pop("name", "Someone")
        with database.writing(actor) as session:
            to = institutions.add(
                session, actor, workspace_id=world.workspace_id, name=name, kind=kind,
                member_id=member,
            )  # fmt: skip
            row = recommendations.add(
                session, actor, workspace_id=world.workspace_id, reach=reach,
                new=NewText(title="Open", text="Open it"), to=NewAsk(to.id, **how),
            )  # fmt: skip
            self.recommendation_id = row.id
            self.id = queries.asks_of(session, actor, [row.id])[row.id][0].id

    def do(self, by: str, kind: Kind, to: str, given: Given, **more: Any) -> Any:
        actor = more.pop("actor", None) or self.world.actor(by)
        with self.database.writing(actor) as session:
            last = queries.head(session, actor, self.id, AXIS_OF.get(kind, Axis.PROGRESS))
            after = more.pop("after", last.id if last else None)
            return actions.act(
                session, actor, ask_id=self.id, kind=kind, to=to, given=given, after=after
            )

    def see(self, by: str = "relief") -> Any:
        actor = self.world.actor(by)
        with self.database.reading(actor) as session:
            return queries.asks_of(session, actor, [self.recommendation_id]).get(
                self.recommendation_id, (None,)
            )[0]

    def evidence(self, by: str = "relief") -> list[Any]:
        actor = self.world.actor(by)
        with self.database.reading(actor) as session:
            return queries.evidence(session, actor, [self.id])

    def claimed(self) -> "Case":
        self.do("relief", Kind.CLAIM, "claimed", REPORT)
        return self

    def confirmed(self) -> "Case":
        self.claimed().do("legal", Kind.VERIFY, "implemented", LOOKED)
        return self


def recomputed(session: Session, ask: Ask, *, zone: str) -> State:
    """The folds of an ask, worked out again from all of its acts."""
    with guard.system(session, guard.System.COMMAND):
        query = select(AskAct).where(AskAct.ask_id == ask.id).order_by(AskAct.recorded_at)
        listed = session.scalars(query).all()
    days = [(one, clock.day_in(one.recorded_at, zone)) for one in listed]
    return state(State(touched_on=ask.asked_on), days)


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def test_reported_by_one_and_confirmed_by_another(case: Any) -> None:
    one = case().claimed()
    assert one.see().progress == "claimed"
    one.do("legal", Kind.VERIFY, "implemented", LOOKED)
    assert (one.see().progress, one.see().held_from) == ("implemented", TODAY)


def test_who_reported_it_or_follows_it_up_does_not_confirm_it(case: Any) -> None:
    one = case().claimed()
    with pytest.raises(Denied):
        one.do("relief", Kind.VERIFY, "implemented", LOOKED)


def test_the_addressee_does_not_confirm_it(case: Any) -> None:
    one = case(member="women").claimed()
    with pytest.raises(Denied):
        one.do("women", Kind.VERIFY, "implemented", LOOKED)


@pytest.mark.parametrize("by", ["observer", "donor"])
def test_who_is_no_member_confirms_nothing(case: Any, by: str) -> None:
    with pytest.raises((Denied, NotFound)):
        case(reach="public").claimed().do(by, Kind.VERIFY, "implemented", LOOKED)


def test_a_person_who_moved_does_not_confirm_their_own_report(case: Any, world: Any) -> None:
    one = case().claimed()
    moved = replace(world.actor("legal"), person_id=world.actor("relief").person_id)
    with pytest.raises(Denied) as refused:
        one.do("legal", Kind.VERIFY, "implemented", LOOKED, actor=moved)
    assert refused.value.reasons[0].code == "asks.own-report"


def test_what_was_not_reported_is_not_confirmed(case: Any) -> None:
    with pytest.raises(Denied):
        case().do("legal", Kind.VERIFY, "implemented", LOOKED)


def test_another_member_cannot_report_it_done(case: Any) -> None:
    with pytest.raises(Denied):
        case().do("legal", Kind.CLAIM, "claimed", REPORT)


def test_the_database_itself_refuses_done_without_another(
    case: Any, database: Any, world: Any
) -> None:
    one = case().claimed()
    actor = world.actor("relief")
    for by in (None, world.organisations["relief"]):
        with pytest.raises(IntegrityError), database.writing(actor) as session:
            session.execute(
                update(Ask).where(Ask.id == one.id).values(progress="implemented", verified_by=by)
            )


def test_a_refusal_says_what_is_missing_and_leads_back(case: Any) -> None:
    one = case().claimed()
    one.do("legal", Kind.REFUSE_VERIFY, "partial", Given(text="One is shut"))
    assert one.see().progress == "partial"


def test_without_its_only_evidence_a_confirmation_falls(case: Any) -> None:
    one = case().confirmed()
    (piece,) = one.evidence()
    given = Given(text="It was another crossing", evidence_id=piece.id)
    one.do("relief", Kind.WITHDRAW_EVIDENCE, "withdraw_evidence", given)
    assert one.see().progress == "claimed"
    assert [p.is_live for p in one.evidence()] == [False]
    with pytest.raises(Invalid) as refused:
        one.do("legal", Kind.VERIFY, "implemented", LOOKED)
    assert refused.value.reasons[0].code == "asks.nothing-to-open"
    with pytest.raises(NotFound):
        one.do("relief", Kind.WITHDRAW_EVIDENCE, "withdraw_evidence", given)


def test_nobody_withdraws_the_evidence_of_others(case: Any) -> None:
    one = case().claimed()
    given = Given(text="No", evidence_id=one.evidence()[0].id)
    with pytest.raises(Denied):
        one.do("legal", Kind.WITHDRAW_EVIDENCE, "withdraw_evidence", given)


def test_what_was_done_can_be_reversed_and_keeps_how_long_it_held(case: Any) -> None:
    one = case().confirmed()
    one.do("women", Kind.REVERSE, "regressed", AGAINST)
    assert (one.see().progress, one.see().held_from, one.see().held_to) == (
        "regressed", TODAY, TODAY,
    )  # fmt: skip
    with pytest.raises(Denied):
        one.do("legal", Kind.VERIFY, "implemented", LOOKED)
    one.do("relief", Kind.UPDATE, "in_progress", Given(text="Again"))
    assert one.see().progress == "in_progress"


def test_a_stale_step_is_refused_and_leaves_nothing(case: Any) -> None:
    one = case()
    one.do("relief", Kind.UPDATE, "in_progress", Given(text="a"))
    with pytest.raises(Conflict):
        one.do("relief", Kind.UPDATE, "partial", Given(text="b"), after=None)
    assert one.see().progress == "in_progress"


def test_steps_on_two_axes_do_not_disturb_each_other(case: Any) -> None:
    one = case()
    one.do("relief", Kind.UPDATE, "in_progress", Given(text="a"))
    one.do("legal", Kind.RESPONSE, "rejected", Given(text="They said no", **vars_of(REPORT)))
    assert (one.see().response, one.see().progress) == ("rejected", "in_progress")


def vars_of(given: Given) -> dict[str, Any]:
    return {name: getattr(given, name) for name in ("effective_on", "url", "evidence_on")}


def test_an_answer_for_another_names_its_source(case: Any) -> None:
    one = case()
    with pytest.raises(Invalid) as refused:
        one.do("legal", Kind.RESPONSE, "accepted", Given(effective_on=TODAY))
    assert refused.value.reasons[0].code == "asks.no-source"


def test_the_addressee_answers_for_itself(case: Any) -> None:
    one = case(member="women")
    act = one.do("women", Kind.RESPONSE, "accepted", Given(effective_on=TODAY))
    assert act.on_behalf_of is None
    assert one.see().response == "accepted"


def test_the_first_date_is_kept_and_a_move_needs_its_reason(case: Any) -> None:
    one = case(due_on=date(2026, 6, 30))
    with pytest.raises(Invalid):
        one.do("relief", Kind.DATE_CHANGE, "date_change", Given(due_on=date(2026, 12, 31)))
    given = Given(due_on=date(2026, 12, 31), text="Rain")
    one.do("relief", Kind.DATE_CHANGE, "date_change", given)
    seen = one.see()
    assert (seen.original_due_on, seen.due_on, seen.moves) == (
        date(2026, 6, 30), date(2026, 12, 31), 1,
    )  # fmt: skip
    assert seen.late_after == date(2026, 6, 30)


def test_the_kept_state_is_what_the_acts_say(case: Any, database: Any, world: Any) -> None:
    one = case(due_on=date(2026, 6, 30)).confirmed()
    one.do("women", Kind.REVERSE, "regressed", AGAINST)
    one.do("legal", Kind.RESPONSE, "noted", Given(text="Seen", **vars_of(REPORT)))
    one.do("legal", Kind.RAISED, "raised", Given(text="x", effective_on=TODAY, forum="HCT"))
    actor = world.actor("relief")
    with database.reading(actor) as session:
        ask = queries.ask(session, actor, one.id)
        assert recomputed(session, ask, zone="Asia/Amman") == actions.kept(ask)


@pytest.mark.parametrize("reach", ["public", "donors"])
def test_steps_and_evidence_are_for_those_who_work_here(case: Any, reach: str) -> None:
    one = case(reach=reach).claimed()
    assert one.see("donor").progress == "claimed"
    assert len(one.evidence("women")) == 1
    assert one.evidence("donor") == one.evidence("observer") == []


def test_narrowing_takes_asks_steps_and_evidence_along(
    case: Any, database: Any, world: Any
) -> None:
    one = case(reach="public").confirmed()
    actor = world.actor("relief")
    with database.writing(actor) as session:
        recommendations.share(session, actor, recommendation_id=one.recommendation_id, reach="own")
    for name in ("legal", "women", "observer", "donor"):
        with database.reading(world.actor(name)) as session:
            for table in (Ask, AskAct, Evidence):
                assert session.scalars(select(table)).all() == [], (name, table)
    with database.reading(actor) as session:
        assert len(session.scalars(select(AskAct)).all()) == 2


def test_an_ask_of_an_armed_group_is_no_donors_until_it_is_published(
    case: Any, database: Any, world: Any
) -> None:
    one = case(kind="party", reach="public")
    assert one.see("legal") is not None
    assert one.see("donor") is one.see("observer") is None
    with pytest.raises(Denied), database.writing(world.actor("legal")) as session:
        recommendations.publish_ask(session, world.actor("legal"), ask_id=one.id)
    actor = world.actor("relief")
    with database.writing(actor) as session:
        recommendations.publish_ask(session, actor, ask_id=one.id)
    assert one.see("donor") is not None


def test_there_is_one_lead(case: Any, database: Any, world: Any) -> None:
    one = case()
    actor = world.actor("relief")
    with database.writing(actor) as session:
        ask = session.get_one(Ask, one.id)
        values = {c.key: getattr(ask, c.key) for c in Ask.__table__.columns if c.key != "id"}
    twin = Ask(id=uuid4(), **values)
    with database.writing(actor) as session:
        session.add(twin)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_acts_and_evidence_are_for_ever(case: Any, database: Any, world: Any) -> None:
    case().claimed()
    actor = world.actor("relief")
    for table in (AskAct, Evidence):
        with pytest.raises(Exception, match="for ever"), database.writing(actor) as session:
            session.execute(update(table).values(text="other"))
