"""What was lent works while it stands, for what it was lent, and no longer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from advocacy.access import policy
from advocacy.access.actor import Delegated, Seat
from advocacy.delegations import actions, queries
from advocacy.delegations.rows import State
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.ground.unit import Database
from advocacy.organisations import actions as organisations
from advocacy.organisations import queries as seats
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RoundRow
from tests.browser import Browser
from tests.delegations.conftest import DAY, Lending
from tests.world import NOW, World, founder

MINUTE = timedelta(minutes=1)
Reply = Callable[..., UUID]


def code(error: pytest.ExceptionInfo[Any]) -> str:
    return error.value.reasons[0].code


def test_a_delegate_answers_a_round_that_was_open_before(
    lending: Lending, opened: RoundRow, reply: Reply, database: Database
) -> None:
    with pytest.raises(Denied):
        reply(lending.dana(), opened)
    lending.lend()
    answer_id = reply(lending.dana(), opened, outside="named")
    legal = lending.world.actor("legal")
    with database.reading(legal) as session:
        mine = signoff.receipt(session, legal, answer_id)
        lent = queries.behind(session, legal, person_id=mine.person_id, at=mine.recorded_at)
    assert lent is not None
    assert (mine.person_id, lent.delegate, lent.principal) == (
        lending.dana_id, "Dana", "Legal Person",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("scope", "first", "last", "refused"),
    [
        (Delegated.PUBLIC, NOW - DAY, NOW - MINUTE, "delegations.over"),
        (Delegated.PUBLIC, NOW - DAY, NOW, "delegations.over"),
        (Delegated.PUBLIC, NOW + DAY, NOW + 2 * DAY, "delegations.not-yet"),
        (Delegated.COMMENT, NOW, NOW + DAY, "delegations.comment-only"),
    ],
)
def test_what_is_over_or_not_begun_or_for_comments_signs_nothing_and_says_so(
    lending: Lending, opened: RoundRow, reply: Reply, scope: str, first, last, refused: str
) -> None:
    lending.lend(scope, first=first, last=last, now=NOW - 2 * DAY)
    with pytest.raises(Denied) as error:
        reply(lending.dana(), opened)
    assert code(error) == refused


def test_a_private_scope_is_never_shown_and_a_public_one_may_be(
    lending: Lending, opened: RoundRow, reply: Reply
) -> None:
    lending.lend(Delegated.PRIVATE)
    with pytest.raises(Invalid) as error:
        reply(lending.dana(), opened, outside="counted")
    assert code(error) == "delegations.private-only"
    assert reply(lending.dana(), opened, outside="private")


def test_where_the_principal_answered_the_delegate_does_not_and_the_principal_always_may(
    lending: Lending, opened: RoundRow, reply: Reply, database: Database
) -> None:
    lending.lend()
    reply(lending.dana(), opened, outside="named")
    legal = lending.world.actor("legal")
    reply(legal, opened, "decline")
    with pytest.raises(Invalid) as error:
        reply(lending.dana(), opened, outside="named")
    assert code(error) == "delegations.principal-answered"
    with database.reading(legal) as session:
        assert signoff.must_answer(session, legal, opened.id).kind == "decline"


def test_a_delegate_lends_nothing_on(lending: Lending) -> None:
    lending.lend()
    with pytest.raises(Denied):
        lending.lend(by=lending.dana(), to=lending.world.people["legal"])


def test_it_ends_with_its_principals_own_seat(
    lending: Lending, opened: RoundRow, reply: Reply, database: Database
) -> None:
    lending.lend()
    legal = lending.world.actor("legal")
    with database.writing(founder(NOW)) as session:
        for row in seats.seat_holders(session, legal):
            if row.seat in {Seat.FOCAL_POINT, Seat.ALTERNATE, Seat.SIGNATORY}:
                organisations.end_at(session, founder(NOW), holding_id=row.holding_id, at=NOW)
    dana = lending.dana()
    assert not dana.holds(*Delegated)
    with pytest.raises(Denied) as error:
        reply(dana, opened)
    assert code(error) == "delegations.principal-left"


def test_what_was_taken_back_has_no_power_and_stays_on_the_record(
    lending: Lending, opened: RoundRow, reply: Reply, database: Database
) -> None:
    made = lending.lend()
    legal = lending.world.actor("legal")
    with database.writing(legal) as session:
        row = queries.delegation(session, legal, made)
        actions.end(session, legal, made, after=row.head_id)
    with pytest.raises(Denied):
        reply(lending.dana(), opened)
    with pytest.raises(Conflict), database.writing(legal) as session:
        actions.end(session, legal, made, after=row.head_id)
    with database.reading(legal) as session:
        (row,) = queries.delegations(session, legal)
    assert (row.state, row.until_at, row.delegate) == (State.OVER, NOW, "Dana")


def test_what_cannot_be_lent(lending: Lending) -> None:
    lending.lend()
    women, own = (lending.world.people[k] for k in ("women", "legal"))
    for more, wanted in (
        ({"to": women}, "delegations.not-a-colleague"),
        ({"to": own}, "delegations.signs-already"),
        ({}, "delegations.twice"),
        ({"last": NOW}, "delegations.ends-too-early"),
        ({"first": NOW + 5 * DAY, "last": NOW + 400 * DAY}, "delegations.too-long"),
    ):
        with pytest.raises(Invalid) as error:
            lending.lend(**more)
        assert code(error) == wanted


def test_another_organisation_learns_nothing(lending: Lending, database: Database) -> None:
    made = lending.lend()
    for key in ("relief", "cluster", "donor"):
        actor = lending.world.actor(key)
        with database.reading(actor) as session:
            assert queries.delegations(session, actor) == []
            with pytest.raises(NotFound):
                queries.delegation(session, actor, made)


@pytest.mark.parametrize(
    ("kind", "comments", "signs"),
    [(Delegated.COMMENT, True, False), (Delegated.PRIVATE, True, True)],
)
def test_the_policy_knows_lent_seats(world: World, kind: str, comments: bool, signs: bool) -> None:
    actor = world.actor("legal.drafter")
    actor = type(actor)(
        now=NOW, organisation_id=actor.organisation_id, seats=((kind, UUID(int=1)),)
    )
    mine = policy.About(party_ids=frozenset({actor.must_organisation()}))
    assert policy.allows(actor, "comment:write", mine) is comments
    assert policy.allows(actor, "answer:give", mine) is signs
    for other in ("clause:edit", "round:open", "delegation:give", "organisation:administer"):
        own = policy.About(organisation_id=actor.organisation_id, party_ids=mine.party_ids)
        assert not policy.allows(actor, other, own)


def test_vacant_is_who_nobody_can_sign_for(lending: Lending, database: Database) -> None:
    legal, women = (lending.world.organisations[k] for k in ("legal", "women"))
    later = NOW + DAY
    with database.writing(founder(NOW)) as session:
        for row in seats.seat_holders(session, lending.world.actor("women")):
            organisations.end_at(session, founder(NOW), holding_id=row.holding_id, at=later)
    with database.reading(founder(NOW)) as session:
        assert queries.vacant(session, [legal, women], now=later - MINUTE) == set()
        assert queries.vacant(session, [legal, women], now=later) == {women}


def test_by_the_pages_a_colleague_is_lent_a_signature_and_uses_it(
    lending: Lending, opened: RoundRow, client: Callable[[str], Browser]
) -> None:
    legal = client("legal")
    assert "Nobody acts for another now." in legal.get("/delegations")
    legal.post(
        "/delegations",
        {
            "delegate": str(lending.dana_id),
            "scope": "delegate_private",
            "from_on": "2026-11-22",
            "until_on": "2026-11-23",
        },
    )
    assert "In force" in legal.get("/delegations")
    clock.freeze(NOW + MINUTE)
    dana = client("dana")
    assert "Go to our answer" in dana.get(f"/signoff/{opened.id}")
    dana.get(f"/signoff/{opened.id}/answer")
    assert "can lend their signature" in dana.get("/delegations")
    clock.freeze(NOW + 3 * DAY)
