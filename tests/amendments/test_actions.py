"""Proposing wording, standing behind it, deciding about it, answering an offer."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from advocacy.amendments import actions, queries
from advocacy.amendments.rows import Currency, State
from advocacy.amendments.schema import Kind, Source
from advocacy.audit.schema import AuditDetail, AuditEvent
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.positions import actions as positions
from tests.amendments.conftest import NIGHT
from tests.signoff import scene


def codes(caught):
    return [reason.code for reason in caught.value.reasons]


def test_an_accepted_wording_stands_in_the_text_and_names_its_proposer(room, world, reading):
    made = room.propose()
    room.accept(made)
    assert room.clauses()[0].text == NIGHT
    assert room.row(made).state is State.ACCEPTED
    relief = world.actor("relief")
    with reading(relief) as session:
        told = session.scalars(
            select(AuditDetail.detail)
            .join(AuditEvent, AuditEvent.id == AuditDetail.event_id)
            .where(AuditEvent.name == "amendments.acted")
        )
        told = next(detail for detail in told if detail["what"] == "accepted")
        assert told["proposer"] == str(world.organisations["legal"])
        (origin,) = queries.origins(session, relief, room.position_id)[room.clauses()[0].cid]
    assert (origin.proposer, origin.decided_by) == ("Harbour Legal Aid", "Relief Network")


def test_each_kind_changes_the_text_as_it_says(room):
    first, second, third = room.clauses()
    new = room.propose(number=1, kind=Kind.INSERTION, heading="", wording="New words.")
    room.accept(new)
    assert [c.text for c in room.clauses()][1] == "New words."
    move = room.propose(number=1, kind=Kind.MOVE, after=third.cid)
    room.accept(move)
    assert room.clauses()[-1].cid == first.cid
    gone = room.propose(number=2, kind=Kind.DELETION)
    room.accept(gone)
    assert [c.cid for c in room.clauses()][1:] == [third.cid, first.cid]
    assert second.cid not in {c.cid for c in room.clauses()}


def test_a_proposal_on_words_that_changed_is_told_and_keeps_nothing(room, world, reading):
    seen = room.clauses()[0]
    room.edit(1, "Other words.")
    with pytest.raises(Conflict) as caught:
        room.propose(base_hash=seen.hash, cid=seen.cid)
    assert caught.value.current[0].text == "Other words."
    with reading(world.actor("legal")) as session:
        assert queries.open_ones(session, world.actor("legal"), room.position_id) == []


def test_a_proposal_from_an_older_version_is_taken_with_its_own_base(room, world):
    relief = world.actor("relief")
    with room.database.writing(relief) as session:
        version = scene.freeze(session, relief, room.position_id)
        positions.reopen(session, relief, room.position_id)
    old = version.clauses[0]
    room.edit(1, "Mobile clinics must reach every valley by day.")
    made = room.propose(base_hash=old.hash, cid=old.cid, made_from=version.id)
    row = room.row(made)
    assert (row.base_text, row.made_from) == (old.text, version.id)
    assert row.currency is Currency.REBASED
    room.accept(made)
    assert room.clauses()[0].text == "Mobile clinics must reach every valley, day and night."


def test_a_version_of_another_text_is_no_base(room, world):
    other = scene.frozen(room.database, world, lead="legal", circle=("relief",))
    old = other.version.clauses[0]
    with pytest.raises(NotFound):
        room.propose(base_hash=old.hash, cid=old.cid, made_from=other.version.id)


def test_a_decision_on_words_that_changed_is_refused_with_todays(room):
    made = room.propose()
    read = room.read(made)
    room.edit(1, "Mobile clinics must reach every valley by day.")
    with pytest.raises(Conflict) as caught:
        room.accept(made, **read)
    assert caught.value.current[0].text.startswith("Mobile")
    assert room.row(made).state is State.OPEN
    room.accept(made)
    assert room.clauses()[0].text == "Mobile clinics must reach every valley, day and night."


def test_a_conflict_is_not_taken_and_a_joined_wording_can_be_offered(room):
    made = room.propose()
    room.edit(1, "Clinics must reach every valley within a day.")
    assert room.row(made).currency is Currency.CONFLICT
    with pytest.raises(Conflict) as caught:
        room.accept(made)
    assert codes(caught) == ["amendments.conflict"]
    room.offer(made, wording="Clinics must reach every valley within a day, also at night.")
    room.agree(made)
    assert room.clauses()[0].text.endswith("also at night.")
    assert room.row(made).state is State.CHANGED


def test_a_clause_removed_while_amended_leaves_the_proposal_readable(room):
    made = room.propose()
    room.remove(1)
    row = room.row(made, "women")
    assert (row.currency, row.wording) == (Currency.ORPHANED, NIGHT)
    assert row.base_text == "Clinics must reach every valley by day."
    with pytest.raises(Conflict) as caught:
        room.accept(made)
    assert codes(caught) == ["amendments.orphaned"]
    with pytest.raises(Conflict):
        room.offer(made)
    room.reject(made)
    assert room.row(made).state is State.REJECTED


def test_an_offer_waits_for_its_proposer_and_is_refused_or_agreed(room):
    made = room.propose()
    room.offer(made)
    assert room.row(made).state is State.OFFERED
    before = room.clauses()[0].text
    with pytest.raises(Denied):
        room.do("women", actions.agree, made, **room.read(made))
    head = room.head(made)
    room.do("legal", actions.refuse, made, after=head, reason="Not what we mean.")
    assert (room.row(made).state, room.clauses()[0].text) == (State.OPEN, before)
    room.offer(made, wording="Clinics must reach every valley, always.")
    room.agree(made)
    assert room.clauses()[0].text == "Clinics must reach every valley, always."


def test_who_may_not_type_agrees_and_the_lead_puts_it_in(room, world):
    signs = replace(world.actor("legal"), seats=world.actor("legal.signatory").seats)
    with room.database.writing(signs) as session:
        clause = room.clauses()[0]
        made = actions.propose(
            session, signs, room.position_id, cid=clause.cid, after=None, kind=Kind.REPLACEMENT,
            heading="Access", wording=NIGHT, reason="", base_hash=clause.hash,
        ).id  # fmt: skip
    room.offer(made)
    with room.database.writing(signs) as session:
        actions.agree(session, signs, made, **room.read(made))
    assert room.row(made).state is State.AGREED
    room.accept(made)
    assert room.row(made).state is State.CHANGED
    assert room.clauses()[0].text == "Clinics must reach every valley at any hour."


def test_only_the_lead_decides_and_only_the_proposer_takes_back(room):
    made = room.propose()
    for who in ("legal", "women"):
        with pytest.raises(Denied):
            room.accept(made, who, **room.read(made))
        with pytest.raises(Denied):
            room.do(who, actions.reject, made, after=room.head(made), reason="No.")
    for who in ("relief", "women"):
        with pytest.raises(Denied):
            room.do(who, actions.withdraw, made, after=room.head(made))
    with pytest.raises(Denied):
        room.accept(made, "relief.drafter", **room.read(made))
    room.do("legal", actions.withdraw, made, after=room.head(made))
    assert room.row(made).state is State.WITHDRAWN


def test_what_is_decided_stays_decided(room):
    made = room.propose()
    room.reject(made)
    for act, more in (
        (actions.accept, {"seen": ""}),
        (actions.reject, {"reason": "Again."}),
        (actions.offer, {"seen": "", "heading": "", "wording": "x", "reason": ""}),
    ):
        with pytest.raises(Conflict) as caught:
            room.do("relief", act, made, after=room.head(made), **more)
        assert codes(caught) == ["amendments.decided"]
    for act, more in (
        (actions.agree, {"seen": ""}),
        (actions.refuse, {}),
        (actions.withdraw, {}),
    ):
        with pytest.raises(Conflict):
            room.do("legal", act, made, after=room.head(made), **more)


def test_a_rejection_says_why(room):
    made = room.propose()
    with pytest.raises(Invalid) as caught:
        room.reject(made, reason="  ")
    assert codes(caught) == ["amendments.no-reason"]


def test_two_people_decide_at_once_and_one_is_told(room):
    """One accepts while the other rejects: one answer stands, and the text says the same."""
    made = room.propose()
    read, head = room.read(made), room.head(made)
    deeds = [
        lambda: room.accept(made, **read),
        lambda: room.do("relief", actions.reject, made, after=head, reason="No."),
    ]

    def tried(deed):
        try:
            deed()
        except Conflict as error:
            return error.reasons[0].code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(tried, deeds))
    assert said == ["amendments.decided", "done"]
    is_in = room.clauses()[0].text == NIGHT
    assert room.row(made).state is (State.ACCEPTED if is_in else State.REJECTED)


def test_supporters_are_named_with_the_day_of_their_decision(room, world, database, now):
    made = room.propose()
    day = now.date() - timedelta(days=3)
    room.do("women", actions.support, made, on=day)
    with pytest.raises(Invalid) as caught:
        room.do("legal", actions.support, made)
    assert codes(caught) == ["amendments.own"]
    with pytest.raises(Invalid) as caught:
        room.do("relief", actions.support, made, on=date(2030, 1, 1))
    assert codes(caught) == ["amendments.day-to-come"]
    (row,) = supporters(world, database, made)
    assert (row.organisation_name, row.on) == ("Blue Valley Women’s Association", day)
    room.do("women", actions.unsupport, made)
    with pytest.raises(Conflict):
        room.do("women", actions.unsupport, made)
    assert supporters(world, database, made) == []
    room.do("women", actions.support, made)


def test_a_supporter_does_not_stop_a_decision_that_was_read_before(room):
    made = room.propose()
    read = room.read(made)
    room.do("women", actions.support, made)
    room.accept(made, **read)
    with pytest.raises(Conflict) as caught:
        room.do("women", actions.unsupport, made)
    assert codes(caught) == ["amendments.decided"]


def test_a_frozen_text_keeps_proposals_for_later(room, world):
    made = room.propose()
    relief = world.actor("relief")
    with room.database.writing(relief) as session:
        scene.freeze(session, relief, room.position_id)
    later = room.propose("women", number=2)
    with pytest.raises(Conflict) as caught:
        room.accept(made)
    assert codes(caught) == ["drafting.closed"]
    assert room.row(made).state is State.OPEN
    with room.database.writing(relief) as session:
        positions.reopen(session, relief, room.position_id)
    room.accept(made)
    room.accept(later)


def test_a_text_that_was_stopped_takes_no_proposal(room, world):
    relief = world.actor("relief")
    with room.database.writing(relief) as session:
        positions.move(session, relief, room.position_id, to=positions.Stage.CANCELLED)
    with pytest.raises(Conflict) as caught:
        room.propose()
    assert codes(caught) == ["amendments.text-is-out"]


def test_those_outside_the_circle_find_nothing(room, world):
    made = room.propose()
    for who in ("rights", "cluster", "observer", "donor"):
        actor = world.actor(who)
        with room.database.reading(actor) as session:
            for ask, about in (
                (queries.amendment, made),
                (queries.amendments, room.position_id),
                (queries.open_ones, room.position_id),
            ):
                with pytest.raises(NotFound):
                    ask(session, actor, about)
            assert queries.counts(session, actor, room.position_id) == {}
            assert queries.origins(session, actor, room.position_id) == {}
            assert queries.supporters(session, actor, [made]) == {}
            assert queries.history(session, actor, made) == []
            assert queries.tasks(session, actor) == []
        for act, more in (
            (actions.support, {}),
            (actions.accept, {"after": uuid4(), "seen": ""}),
            (actions.withdraw, {"after": uuid4()}),
        ):
            with pytest.raises(NotFound):
                room.do(who, act, made, **more)


def test_who_leaves_the_circle_reads_no_proposal_any_more(room, world):
    made = room.propose("legal")
    relief = world.actor("relief")
    with room.database.writing(relief) as session:
        positions.uninvite(session, relief, room.position_id, world.organisations["legal"])
    legal = world.actor("legal")
    with room.database.reading(legal) as session, pytest.raises(NotFound):
        queries.amendment(session, legal, made)
    room.accept(made)


def test_wrong_words_are_said_before_anything_is_kept(room):
    same = room.clauses()[0].text
    for given, code in (
        ({"wording": same}, "amendments.same-words"),
        ({"wording": "", "heading": ""}, "amendments.no-words"),
        ({"wording": "x" * 20_001}, "form.too-long"),
        ({"reason": "x" * 2_001}, "form.too-long"),
        ({"kind": Kind.INSERTION, "wording": "", "heading": ""}, "amendments.no-words"),
        ({"kind": Kind.INSERTION, "clause_kind": "poem"}, "form.choice"),
    ):
        with pytest.raises(Invalid) as caught:
            room.propose(**given)
        assert codes(caught) == [code]


def test_the_penholders_own_suggestion_is_the_same_thing(room):
    made = room.propose("relief")
    assert room.row(made).source is Source.PENHOLDER
    assert room.row(room.propose("women")).source is Source.ORGANISATION
    with pytest.raises(Conflict):
        room.offer(made)
    room.accept(made)


def test_lists_are_filtered_and_counted_per_clause(room, world, reading):
    first, second, _third = room.clauses()
    kept = room.propose("legal", 1)
    room.propose("women", 1, wording="Else.")
    room.propose("women", 2, kind=Kind.INSERTION, wording="New.", heading="")
    room.reject(room.propose("legal", 2, wording="Gone."))
    legal = world.actor("legal")
    with reading(legal) as session:
        asked = lambda **more: queries.amendments(  # noqa: E731 - three lines of the same
            session, legal, room.position_id, queries.Choice(**more)
        )
        assert len(asked()) == 4
        assert len(asked(is_ours=True)) == 2
        assert [r.id for r in asked(is_ours=True, is_open=True)] == [kept]
        assert len(asked(state="rejected")) == 1
        assert len(asked(cid=second.cid)) == 2
        assert queries.counts(session, legal, room.position_id) == {first.cid: 2, second.cid: 1}


def test_tasks_tell_the_lead_of_proposals_and_the_proposer_of_offers(room, world, reading):
    made = room.propose("legal")
    room.propose("women", 2)

    def told(who):
        actor = world.actor(who)
        with reading(actor) as session:
            return [(t.reason.code, t.reason.facts.get("number")) for t in
                    queries.tasks(session, actor)]  # fmt: skip

    assert told("relief") == [("amendments.to-decide", 2)]
    assert told("legal") == []
    room.offer(made)
    assert told("relief") == [("amendments.to-decide", 1)]
    assert told("legal") == [("amendments.offer-waits", None)]
    room.agree(made)
    assert (told("relief"), told("legal")) == ([("amendments.to-decide", 1)], [])


def test_the_day_of_a_decision_is_the_workspaces_day_not_that_of_utc(room, world, database, now):
    made = room.propose()
    late = now.replace(hour=22, minute=30)  # in Asia/Amman it is tomorrow
    women = world.actor("women", now=late)
    with database.writing(women) as session:
        actions.support(session, women, made, on=late.date() + timedelta(days=1))
    (row,) = supporters(world, database, made)
    assert row.on == late.date() + timedelta(days=1)


def supporters(world, database, made):
    """Who stands behind it, as its lead reads it."""
    relief = world.actor("relief")
    with database.reading(relief) as session:
        return queries.supporters(session, relief, [made]).get(made, [])
