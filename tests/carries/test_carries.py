"""What stands when a text is put again, what is asked again, and what is taken out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from advocacy.carries import actions, queries
from advocacy.carries.schema import Choice
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.outbox.schema import OutboxRow
from advocacy.positions import queries as positions
from advocacy.releases import queries as releases
from advocacy.rounds import actions as rounds
from advocacy.rounds.rules import Terms
from advocacy.signoff import actions as signing
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RoundRow
from advocacy.tallies import queries as tallies
from tests.browser import Browser
from tests.carries.conftest import LATER, ROSTER, Again
from tests.signoff import scene

SLIP = ("recieve", "receive")
DAY = timedelta(hours=24)


def codes(error: pytest.ExceptionInfo[Any]) -> list[str]:
    return [reason.code for reason in error.value.reasons]


def mailed(again: Again, kind: str, round_: RoundRow) -> set[str]:
    with again.database.reading(again.actor("relief")) as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == kind))
        return {r.payload["organisation"] for r in rows if r.payload["round"] == str(round_.id)}


def since(again: Again, key: str, round_: RoundRow) -> list[tuple[str, dict[str, object]]]:
    actor = again.actor(key)
    with again.database.reading(actor) as session:
        found = queries.since(session, actor, signoff.round_of(session, actor, round_.id))
    return [(reason.code.removeprefix("carries."), dict(reason.facts)) for reason in found.why]


# --- the same text -------------------------------------------------------------------------------


def test_who_endorsed_exactly_this_last_stands_as_before_and_is_not_asked(again: Again) -> None:
    again.say("legal", outside="named", inside="all", shown_name="HLA")
    again.say("women", "decline")
    again.say("rights")
    actor = again.actor("rights")
    with again.database.writing(actor) as session:
        mine = signoff.must_answer(session, actor, again.first.id)
        scene.reply(session, actor, again.first, "abstain", after=mine.id)
    put = again.put()
    assert put.content_hash == again.first.content_hash
    stands = again.answer("legal", put)
    assert (stands.kind, stands.outside, stands.inside, stands.shown_name) == (
        "endorse", "named", "all", "HLA",
    )  # fmt: skip
    assert again.answer("women", put) is again.answer("rights", put) is None
    names = again.world.organisations
    asked = {str(names[key]) for key in ("relief", "women", "rights")}
    assert mailed(again, "rounds.opened", put) == asked
    assert again.shown(put) == {names["legal"]}


@pytest.mark.parametrize(
    "about", [{"channel": "private"}, {"attribution": "The cluster"}, {"title": "Clinics, now"}]
)
def test_the_same_words_with_other_terms_are_asked_again(
    again: Again, about: dict[str, str]
) -> None:
    again.say("legal", outside="named", spelling=True)
    put = again.put(**about)
    assert again.answer("legal", put) is None
    wanted = {"channel": "now-private"}.get(next(iter(about)), next(iter(about)))
    assert since(again, "legal", put) == [(wanted, {})]


def test_each_is_told_what_differs_from_the_version_it_signed(again: Again) -> None:
    again.say("legal")
    put = again.put(("Four clinics", "Five clinics"), ("by day", "by day and night"))
    assert since(again, "legal", put) == [
        ("clause-changed", {"number": 2}),
        ("clause-changed", {"number": 3}),
    ]
    assert since(again, "women", put) == []
    assert again.shown(put) == set()


# --- only spelling -------------------------------------------------------------------------------


def test_a_logo_is_not_carried_to_a_round_without_logos(again: Again) -> None:
    again.say("legal", outside="named", logo=True)
    put = again.put(terms=Terms(logos=False))
    carried = again.answer("legal", put)
    assert (carried.outside, carried.logo) == ("named", False)


def test_a_slip_is_carried_for_who_ticked_it_on_the_word_of_two_people(again: Again) -> None:
    again.say("legal", outside="named", spelling=True)
    again.say("women", outside="named")
    put = again.put(SLIP)
    assert again.answer("legal", put) is None, "nothing by itself"
    again.confirm(put)
    names = again.world.organisations
    assert again.shown(put) == {names["legal"]}
    assert again.answer("legal", put).content_hash == put.content_hash
    assert again.answer("women", put) is None
    assert mailed(again, "carries.carried", put) == {str(names["legal"])}


def test_one_person_is_not_two_and_a_member_is_none(again: Again) -> None:
    again.say("legal", spelling=True)
    put, lead, legal = again.put(SLIP), again.actor("relief"), again.actor("legal")
    with pytest.raises(Denied), again.database.writing(legal) as session:
        actions.propose(session, legal, put.id)
    with again.database.writing(lead) as session:
        said = actions.propose(session, lead, put.id).id
    with pytest.raises(Invalid) as error, again.database.writing(lead) as session:
        actions.confirm(session, lead, put.id, after=said)
    assert codes(error) == ["carries.own-proposal"]


@pytest.mark.parametrize(
    ("words", "closes_on", "code"),
    [
        ((SLIP, ("Four", "Five")), date(2026, 11, 26), "carries.not-spelling"),
        ((("must", "should"),), date(2026, 11, 26), "carries.not-spelling"),
        ((SLIP,), date(2026, 11, 23), None),
        ((SLIP,), date(2026, 11, 22), "carries.too-late"),
    ],
)
def test_more_than_spelling_or_less_than_a_day_is_not_carried(
    again: Again, words: tuple[tuple[str, str], ...], closes_on: date, code: str | None
) -> None:
    again.say("legal", spelling=True)
    put, lead = again.put(*words, closes_on=closes_on), again.actor("relief")
    if code is None:
        again.confirm(put)
        return
    with pytest.raises(Invalid) as error, again.database.writing(lead) as session:
        actions.propose(session, lead, put.id)
    assert codes(error) == [code]


def test_a_reservation_on_the_corrected_clause_is_asked_again(again: Again) -> None:
    third, second = again.made.version.clauses[2].cid, again.made.version.clauses[1].cid
    for key, cid in (("legal", third), ("women", second)):
        again.say(key, "reservation", note="By night too.", clauses=(cid,), spelling=True)
    put = again.put(SLIP)
    again.confirm(put)
    assert again.answer("legal", put) is None
    assert again.answer("women", put).kind == "reservation"


def test_the_organisation_takes_itself_out_and_counts_nowhere(again: Again) -> None:
    again.say("legal", outside="named", inside="all", spelling=True)
    put = again.put(SLIP)
    again.confirm(put)
    legal = again.actor("legal", LATER + timedelta(hours=23))
    with again.database.writing(legal) as session:
        actions.recall(session, legal, put.id)
    assert again.shown(put) == set()
    lead = again.actor("relief")
    with again.database.reading(lead) as session:
        assert all(line.answer is None for line in signoff.roster(session, lead, put.id))
    with pytest.raises(Conflict), again.database.writing(legal) as session:
        actions.recall(session, legal, put.id)


def lower(again: Again, key: str, round_: RoundRow) -> None:
    actor = again.actor(key)
    with again.database.writing(actor) as session:
        signing.lower(session, actor, round_.id, outside="counted", inside="nobody")


def test_what_was_carried_and_then_lowered_can_still_be_recalled(again: Again) -> None:
    again.say("legal", outside="named", inside="all", spelling=True)
    put = again.put(SLIP)
    again.confirm(put)
    lower(again, "legal", put)
    legal = again.actor("legal", LATER + timedelta(hours=23))
    with again.database.writing(legal) as session:
        actions.recall(session, legal, put.id)
    assert again.shown(put) == set()


def test_who_takes_its_name_off_takes_it_off_where_it_was_carried_to(again: Again) -> None:
    again.say("legal", outside="named", inside="all", spelling=True)
    again.say("women", outside="named", inside="all", spelling=True)
    put = again.put(SLIP)
    again.confirm(put)
    women = again.actor("women")
    with again.database.writing(women) as session:
        before = signoff.must_answer(session, women, put.id)
        mine = scene.reply(session, women, put, outside="named", after=before.id)
        actions.choose(session, women, mine, spelling=True, translations=False)
    for key in ("legal", "women"):
        actor = again.actor(key)
        with again.database.writing(actor) as session:
            actions.lower(session, actor, again.first.id, outside="private", inside="lead")
    assert (again.answer("legal", put).outside, again.answer("legal", put).inside) == (
        "private",
        "lead",
    )
    assert again.answer("women", put).outside == "named", "it said so anew of these words"


def test_what_was_recalled_does_not_keep_a_name_on_the_earlier_text(again: Again) -> None:
    again.say("legal", outside="named", inside="all", spelling=True)
    put = again.put(SLIP)
    again.confirm(put)
    legal = again.actor("legal", LATER + timedelta(hours=1))
    with again.database.writing(legal) as session:
        actions.recall(session, legal, put.id)
    with again.database.writing(legal) as session:
        actions.lower(session, legal, again.first.id, outside="private", inside="lead")
    assert again.answer("legal", again.first).outside == "private"
    assert again.shown(put) == set()


def test_an_answer_of_our_own_after_it_is_not_a_carried_one(again: Again) -> None:
    again.say("legal", outside="named", inside="all", spelling=True)
    put = again.put(SLIP)
    again.confirm(put)
    legal = again.actor("legal")
    with again.database.writing(legal) as session:
        mine = signoff.must_answer(session, legal, put.id)
        given = scene.reply(session, legal, put, after=mine.id)
        actions.choose(session, legal, given, spelling=False, translations=False)
    with pytest.raises(Conflict) as error, again.database.writing(legal) as session:
        actions.recall(session, legal, put.id)
    assert codes(error) == ["carries.nothing-carried"]


def test_what_was_carried_as_spelling_is_not_carried_on_without_its_day(again: Again) -> None:
    again.say("legal", outside="named", spelling=True)
    again.say("women", outside="named")
    put = again.put(SLIP)
    again.confirm(put)
    women = again.actor("women")
    with again.database.writing(women) as session:
        scene.reply(session, women, put, outside="named")
    lower(again, "women", put)
    lower(again, "legal", put)
    lead = again.actor("relief")
    with again.database.reading(lead) as session:
        version = positions.version(session, lead, put.version_id)
    third = replace(again, first=put, made=scene.Scene(again.made.position_id, version)).put()
    assert third.content_hash == put.content_hash
    assert again.answer("legal", third) is None, "it never said so itself of these words"
    assert again.answer("women", third).outside == "counted", "and never shown more than it was"


def test_after_a_day_and_the_close_it_is_too_late_to_recall(again: Again) -> None:
    again.say("legal", outside="named", spelling=True)
    put = again.put(SLIP, closes_on=date(2026, 11, 23))
    again.confirm(put)
    for moment, is_late in (
        (LATER + DAY - timedelta(seconds=1), False),
        (put.closes_at + DAY, True),
    ):
        legal = again.actor("legal", moment)
        if is_late:
            with pytest.raises(Conflict), again.database.writing(legal) as session:
                actions.recall(session, legal, put.id)
        else:
            with again.database.reading(legal) as session:
                mine = signoff.must_answer(session, legal, put.id)
                stands = queries.carried(session, legal, mine.id)
                assert stands.recall_until == LATER + DAY


def test_a_round_closed_early_waits_until_nobody_can_recall(again: Again) -> None:
    """Whether or not anybody was carried: the wait itself tells nothing."""
    put, lead = again.put(SLIP), again.actor("relief")
    again.confirm(put)
    for key in ROSTER:
        actor = again.actor(key)
        with again.database.writing(actor) as session:
            scene.reply(session, actor, put, inside="all")
    with again.database.writing(lead) as session:
        rounds.close(session, lead, put.id)
    for at, waits in ((LATER + DAY - timedelta(seconds=1), True), (LATER + DAY, False)):
        late = again.actor("relief", at)
        with again.database.reading(late) as session:
            faults = {r.code for r in releases.gate(session, late, again.made.position_id)}
        assert ("releases.recalls-over" in faults) is waits
        assert "releases.round-over" not in faults


def test_the_lead_learns_nothing_of_what_was_ticked(again: Again) -> None:
    again.say("legal", outside="named", inside="all", spelling=True, translations=True)
    put = again.put(SLIP)
    again.confirm(put)
    for key in ("relief", "women", "cluster"):
        actor = again.actor(key)
        with again.database.reading(actor) as session:
            assert session.scalars(select(Choice)).all() == []
            mine = again.answer("legal", put)
            assert queries.carried(session, actor, mine.id) is None


# --- translations --------------------------------------------------------------------------------


def test_a_name_stands_under_a_translation_only_by_its_own_yes(again: Again) -> None:
    again.say("legal", outside="named", translations=True)
    again.say("women", outside="named")
    again.say("rights", "decline", translations=True)
    lead = again.actor("relief")
    with again.database.reading(lead) as session:
        ticked = queries.in_translations(session, lead, again.first.id)
    assert ticked == {again.world.organisations["legal"]}


# --- without a mandate ---------------------------------------------------------------------------


def test_what_was_signed_without_a_mandate_leaves_every_list_and_stays_on_the_record(
    again: Again,
) -> None:
    answer = again.say("legal", outside="named", inside="all")
    legal = again.actor("legal", again.first.closes_at + timedelta(days=3))
    with pytest.raises(Invalid), again.database.writing(legal) as session:
        actions.void(session, legal, again.first.id, reason=" ", after=answer)
    with again.database.writing(legal) as session:
        actions.void(session, legal, again.first.id, reason="Had left in May.", after=answer)
    assert again.shown(again.first) == set()
    with again.database.reading(legal) as session:
        kept = signoff.receipt(session, legal, answer)
        assert kept.kind == "endorse"
        assert signoff.must_answer(session, legal, again.first.id).note == "Had left in May."
    names = again.world.organisations
    again_asked = again.actor("legal")
    with again.database.reading(again_asked) as session:
        asked = {task.arguments["round_id"] for task in tallies.tasks(session, again_asked)}
    assert asked == {again.first.id}, "while the round is open, it is asked as if it had not spoken"
    told = {str(names["legal"]), str(names["relief"])}
    assert mailed(again, "carries.voided", again.first) == told
    for key in ("relief", "women"):
        actor = again.actor(key, again.first.closes_at + timedelta(days=4))
        with again.database.reading(actor) as session:
            lines = signoff.roster(session, actor, again.first.id)
            assert [line for line in lines if line.answer] == []
            with pytest.raises(NotFound):
                signoff.receipt(session, actor, answer)


def test_only_who_has_the_mandate_takes_an_answer_out(again: Again) -> None:
    answer = again.say("legal")
    drafter = again.actor("legal.drafter")
    with pytest.raises(Denied), again.database.writing(drafter) as session:
        actions.void(session, drafter, again.first.id, reason="x", after=answer)


# --- pages ---------------------------------------------------------------------------------------


def test_by_the_pages_a_slip_is_carried_and_recalled(
    again: Again, client: Callable[[str], Browser]
) -> None:
    again.say("legal", outside="named", spelling=True)
    put = again.put(SLIP)
    clock.freeze(LATER)
    lead, legal = client("relief"), client("legal")
    assert "Clause 3 changed." in legal.get(f"/carries/{put.id}")
    assert "does not count for this version" in legal.last
    assert "Read the text and answer" in legal.last
    page = lead.get(f"/carries/{put.id}/spelling")
    assert "You are not told who ticked it" in page
    lead.post(f"/carries/{put.id}/spelling", page=f"/carries/{put.id}/spelling")
    assert "A second person must confirm" in lead.get(f"/carries/{put.id}/spelling")
    second = again.second()
    with again.database.writing(second) as session:
        last = queries.spelling(session, second, put.id)
        actions.confirm(session, second, put.id, after=last.id)
    assert "Our answer was carried over" in legal.get(f"/carries/{put.id}")
    legal.post(f"/carries/{put.id}/recall", page=f"/carries/{put.id}")
    assert "Taken out" in legal.get(f"/signoff/{put.id}")
    legal.get(f"/signoff/{put.id}/answer")
    legal.get(f"/carries/{again.first.id}")
    client("donor").get(f"/carries/{put.id}", 404)
    client("women").get(f"/carries/{put.id}/spelling", 403)
