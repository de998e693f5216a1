"""A record goes to another organisation: who sees it stays, whose it was is read by nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.access import guard
from advocacy.access.actor import Seat
from advocacy.accounts import actions as accounts
from advocacy.ground import clock
from advocacy.ground.base import Base
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.handovers import actions, queries
from advocacy.organisations import actions as organisations
from advocacy.picture import queries as picture
from advocacy.proposals import queries as proposals
from advocacy.proposals import rules as proposal_rules
from advocacy.proposals.actions import propose
from advocacy.sharing import actions as sharing
from advocacy.sharing import queries as read_sharing
from advocacy.threats import actions as threats
from advocacy.threats import queries as register
from advocacy.threats.rows import Sharing
from advocacy.threats.schema import ThreatVersion, hanging
from tests.conftest import NOW
from tests.secrecy import knowing
from tests.threats.conftest import SECRET, areas, entry, report

__all__ = ["areas", "entry", "report"]
TABLES = ("threat", "threat_members", "threat_restricted", "threat_version", "hand_over")


@pytest.fixture
def record(report, writing, world):
    """Relief's record, changed once, that Harbour Legal Aid reads in full."""
    threat_id, relief = report("members", tell=["legal"]), world.actor("relief")
    with writing(relief) as session:
        now = register.current(session, relief, threat_id)
        again = replace(now.entry, title="Another title", narrative=f"{SECRET}!")
        threats.edit(session, relief, threat_id, again, based_on=now.edition)
    return threat_id


@pytest.fixture
def offered(record, writing, world):
    relief = world.actor("relief")
    with writing(relief) as session:
        return actions.offer(session, relief, record, to_id=world.organisations["legal"]).id


@pytest.fixture
def taken(record, offered, writing, world):
    """Taken over a day later."""
    legal = world.actor("legal", now=NOW + timedelta(days=1))
    with writing(legal) as session:
        actions.accept(session, legal, record, offer_id=offered)
    return record


def seen(reading, world, key, threat_id):
    actor = world.actor(key, now=NOW + timedelta(days=1))
    with reading(actor) as session:
        try:
            found = register.detail(session, actor, threat_id)
        except NotFound:
            return None
        return found.members is not None, found.narrative is not None


def test_who_sees_it_stays_as_it_is(record, offered, reading, writing, world):
    others = ("legal", "women", "observer", "donor", "cluster")
    before = {key: seen(reading, world, key, record) for key in others}
    legal = world.actor("legal", now=NOW + timedelta(days=1))
    with writing(legal) as session:
        actions.accept(session, legal, record, offer_id=offered)
    assert {key: seen(reading, world, key, record) for key in others} == before
    assert before["legal"] == (True, True)
    assert before["observer"] is None
    assert seen(reading, world, "relief", record) == (True, False)


def test_the_new_owner_changes_it_and_shares_it_and_the_old_one_does_not(taken, writing, world):
    relief, legal = world.actor("relief"), world.actor("legal", now=NOW + timedelta(days=1))
    with pytest.raises(Denied), writing(relief) as session:
        register.own(session, relief, taken)
    with writing(legal) as session:
        now = register.current(session, legal, taken)
        again = replace(now.entry, title="A third title")
        threats.edit(session, legal, taken, again, based_on=now.edition)
    with writing(legal) as session:
        wider = Sharing("members", frozenset(), frozenset({world.organisations["women"]}))
        assert sharing.share(session, legal, taken, wider) is not None


def test_a_widening_of_the_old_owner_does_not_stand_in_the_way(record, offered, writing, world):
    relief, legal = world.actor("relief"), world.actor("legal", now=NOW + timedelta(days=1))
    women = frozenset({world.organisations["women"]})
    wider = Sharing("members", frozenset(), women | {world.organisations["legal"]})
    with writing(relief) as session:
        assert sharing.share(session, relief, record, wider) is not None
    with writing(legal) as session:
        actions.accept(session, legal, record, offer_id=offered)
    with writing(legal) as session:
        wider = Sharing("members", frozenset(), women)
        assert sharing.share(session, legal, record, wider) is not None


@pytest.mark.parametrize("key", ["legal", "women", "cluster"])
def test_no_row_that_another_reads_names_the_one_before(taken, reading, world, key):
    """Asked in SQL: on PostgreSQL by the wall alone."""
    actor, relief = world.actor(key, now=NOW + timedelta(days=1)), world.organisations["relief"]
    tables = sorted({*TABLES, *(table.name for table, _of in hanging())})
    with reading(actor) as session:
        for name in tables:
            table = next(t for t in guard_tables() if t.name == name)
            where = "id" if name == "threat" else "threat_id"
            query = table.select().where(
                table.c[where] == taken, guard.sentence(table.c.audience_id, actor)
            )
            for row in session.connection().execute(query).mappings():
                assert relief not in row.values(), (name, dict(row))
                assert str(relief) not in str(dict(row))
                assert world.people["relief"] not in row.values(), name


def test_who_takes_it_over_next_reads_nothing_of_the_first(taken, reading, writing, world):
    later = NOW + timedelta(days=2)
    legal, women = world.actor("legal", now=later), world.actor("women", now=later)
    wider = Sharing("members", frozenset(), frozenset({world.organisations["women"]}))
    with writing(legal) as session:
        sharing.share(session, legal, taken, wider)
    second = second_of(world, writing, "legal", later)
    with writing(second) as session:
        waiting = read_sharing.waiting(session, second, taken)
        sharing.confirm(session, second, taken, widening_id=waiting.id)
    with writing(legal) as session:
        made = actions.offer(session, legal, taken, to_id=world.organisations["women"]).id
    with writing(women) as session:
        actions.accept(session, women, taken, offer_id=made)
    relief = world.organisations["relief"]
    with reading(world.actor("relief", now=later)) as session:
        own = session.scalars(select(ThreatVersion).where(ThreatVersion.threat_id == taken)).all()
        assert any(row.organisation_id == relief for row in own)
    for key in ("legal", "women", "cluster"):
        with reading(world.actor(key, now=later)) as session:
            rows = session.scalars(select(ThreatVersion).where(ThreatVersion.threat_id == taken))
            assert all(row.organisation_id != relief for row in rows), key


def second_of(world, writing, key, now):
    """A colleague, who may confirm."""
    actor = world.actor(key, now=now)
    with writing(actor) as session:
        person = accounts.add_person(session, actor, name="B", email=f"b@{key}.example")
        us = actor.must_organisation()
        organisations.seat_person(
            session, actor, organisation_id=us, person_id=person.id, kind=Seat.ALTERNATE
        )
    held = tuple(seat for seat in actor.seats if seat[0] == Seat.ALTERNATE)
    return replace(actor, person_id=person.id, seats=held)


def guard_tables():

    return Base.metadata.sorted_tables


def test_its_history_is_told_as_before_and_names_an_organisation(
    record, offered, reading, writing, client, world
):
    women = world.actor("women", now=NOW + timedelta(days=1))
    with reading(women) as session:
        before = picture.history(session, women, record)
    legal = world.actor("legal", now=NOW + timedelta(days=1))
    with writing(legal) as session:
        actions.accept(session, legal, record, offer_id=offered)
    with reading(women) as session:
        after = picture.history(session, women, record)
    plain = [(row.at, row.what, row.field_class, row.changes) for row in before]
    assert [(row.at, row.what, row.field_class, row.changes) for row in after] == plain
    clock.freeze(NOW + timedelta(days=1))
    page = client("women").get(f"/threats/{record}/history")
    assert "an organisation" in page
    assert "Relief Network" not in page
    assert "Harbour Legal Aid" in client("women").get(f"/threats/{record}")


def test_what_the_analysis_says_goes_along(report, reading, writing, world, database):
    class Made:
        pass

    made = Made()
    made.world, made.database = world, database
    threat_id = report("members", tell=["legal"])
    knowing.all_of(made, "relief", threat_id, "By the mill")
    relief, legal = world.actor("relief"), world.actor("legal")
    with writing(relief) as session:
        of = actions.offer(session, relief, threat_id, to_id=world.organisations["legal"]).id
    with writing(legal) as session:
        actions.accept(session, legal, threat_id, offer_id=of)
    with reading(legal) as session:
        for table, _of in hanging():
            query = table.select().where(
                table.c.threat_id == threat_id, guard.sentence(table.c.audience_id, legal)
            )
            rows = session.connection().execute(query).mappings().all()
            assert {row["organisation_id"] for row in rows} <= {legal.organisation_id}, table.name


def test_it_goes_only_to_a_member_that_reads_it_in_full(record, writing, world):
    relief = world.actor("relief")
    for key in ("women", "observer", "relief"):
        with pytest.raises(Invalid, match="reads-first"), writing(relief) as session:
            actions.offer(session, relief, record, to_id=world.organisations[key])
    drafter = world.actor("relief.drafter")
    with pytest.raises(Denied), writing(drafter) as session:
        actions.offer(session, drafter, record, to_id=world.organisations["legal"])


def test_only_whom_it_is_offered_answers_and_only_once(record, offered, writing, world):
    for key, fault in (("women", Conflict), ("relief", NotFound)):
        actor = world.actor(key)
        with pytest.raises(fault), writing(actor) as session:
            actions.accept(session, actor, record, offer_id=offered)
    legal, relief = world.actor("legal"), world.actor("relief")
    with writing(legal) as session:
        actions.decline(session, legal, record, offer_id=offered)
    with pytest.raises(Conflict), writing(legal) as session:
        actions.accept(session, legal, record, offer_id=offered)
    with pytest.raises(Conflict), writing(relief) as session:
        actions.take_back(session, relief, record, offer_id=offered)


def test_an_offer_is_dead_once_its_reader_reads_less(record, offered, writing, world):
    relief, legal = world.actor("relief"), world.actor("legal")
    with writing(relief) as session:
        threats.share(session, relief, record, Sharing("members"))
    with pytest.raises(Conflict), writing(legal) as session:
        actions.accept(session, legal, record, offer_id=offered)


def test_what_was_proposed_meanwhile_is_answered_first(record, offered, reading, writing, world):
    women, legal = world.actor("women"), world.actor("legal")
    with writing(women) as session:
        based_on = proposal_rules.digest(proposals.values(session, women, record))
        propose(session, women, record, {"severity": 2}, reason="We saw it.", based_on=based_on)
    with pytest.raises(Conflict, match="answer-first"), writing(legal) as session:
        actions.accept(session, legal, record, offer_id=offered)


def test_it_can_go_on_and_come_back(taken, writing, reading, world):
    legal, relief = (world.actor(k, now=NOW + timedelta(days=2)) for k in ("legal", "relief"))
    with writing(legal) as session:
        told = Sharing("members", frozenset(), frozenset({world.organisations["relief"]}))
        sharing.share(session, legal, taken, told)
        threats.share(session, legal, taken, told)
        of = actions.offer(session, legal, taken, to_id=relief.must_organisation()).id
    with writing(relief) as session:
        actions.accept(session, relief, taken, offer_id=of)
        assert queries.taken_over_at(session, taken) == relief.now


@pytest.mark.parametrize("is_asked_again", [False, True])
def test_what_waited_when_it_went_is_over_when_it_comes_back(
    is_asked_again, record, offered, reading, writing, world
):
    """Whoever owns it can narrow it at once, and no old wish to widen it is confirmed."""
    relief, legal = world.actor("relief"), world.actor("legal", now=NOW + timedelta(days=1))
    names = {key: world.organisations[key] for key in ("relief", "legal", "women")}
    with writing(relief) as session:
        wider = Sharing("members", frozenset(), frozenset({names["legal"], names["women"]}))
        asked = sharing.share(session, relief, record, wider)
        assert asked is not None
    with writing(legal) as session:
        actions.accept(session, legal, record, offer_id=offered)
        told = Sharing("members", frozenset(), frozenset({names["relief"], names["women"]}))
        if is_asked_again:
            assert sharing.share(session, legal, record, told) is not None
        threats.share(session, legal, record, told, is_second=True)
        back = actions.offer(session, legal, record, to_id=names["relief"]).id
    relief = world.actor("relief", now=NOW + timedelta(days=2))
    with writing(relief) as session:
        actions.accept(session, relief, record, offer_id=back)
    with reading(relief) as session:
        assert read_sharing.waiting(session, relief, record) is None
    with pytest.raises(Conflict), writing(relief) as session:
        sharing.confirm(session, relief, record, widening_id=asked.id)
    with writing(relief) as session:
        anew = sharing.share(session, relief, record, wider)
        assert anew is not None
        assert read_sharing.waiting(session, relief, record).id == anew.id
        assert sharing.share(session, relief, record, Sharing("own")) is None


def test_it_is_offered_and_taken_over_by_pages(record, client, world):
    base = f"/threats/{record}"
    relief, legal, women = client("relief"), client("legal"), client("women")
    assert f"{base}/hand-over" in relief.get(base)
    assert f"{base}/hand-over" not in women.get(base)
    women.get(f"{base}/hand-over", status=404)
    page = f"{base}/hand-over"
    relief.post(page, {"to": "x"}, status=422)
    relief.post(page, {"to": str(world.organisations["legal"])})
    assert "Harbour Legal Aid" in relief.get(page)
    women.get(page, status=404)
    assert page in legal.get("/")
    found = legal.get(page)
    assert "Relief Network" in found
    offer = found.split('name="offer" value="')[1].split('"')[0]
    legal.post(f"{page}/accept", {"offer": "x"}, page=page, status=409)
    legal.post(f"{page}/accept", {"offer": offer}, page=page)
    assert "Relief Network" not in legal.get(f"{base}/history")
    assert "Relief Network" not in legal.get(base).split("Who can see this")[0]
    relief.get(f"{base}/edit", status=403)
