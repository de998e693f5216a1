"""An offer that was made before its record was put together with another one."""

from contextlib import suppress
from datetime import timedelta

import pytest

from advocacy.duplicates import actions as duplicates
from advocacy.duplicates import queries as read_duplicates
from advocacy.ground.errors import Conflict, Denied
from advocacy.handovers import actions, queries
from advocacy.threats import actions as threats
from advocacy.threats import queries as register
from advocacy.threats.rows import Sharing
from advocacy.threats.schema import Status
from advocacy.web.reasons import say
from tests.conftest import NOW
from tests.duplicates.test_at_once import at_once
from tests.threats.conftest import areas, entry, report

__all__ = ["areas", "entry", "report"]
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def pair(report, writing, world):
    """The record that stays, and the one that Harbour Legal Aid was offered before."""
    stays, goes = report("members", tell=["legal"]), report("members", tell=["legal"])
    relief = world.actor("relief")
    with writing(relief) as session:
        made = actions.offer(session, relief, goes, to_id=world.organisations["legal"])
        return stays, goes, made.id


def merge(writing, world, stays, goes):
    relief = world.actor("relief", now=LATER)
    with writing(relief) as session:
        duplicates.merge(session, relief, stays, goes)


def undo(writing, world, goes):
    relief = world.actor("relief", now=LATER)
    with writing(relief) as session:
        act = read_duplicates.last(session, goes)
        duplicates.undo(session, relief, goes, after=act.id)


def answer(writing, world, deed, goes, offer):
    legal = world.actor("legal", now=LATER)
    with writing(legal) as session:
        deed(session, legal, goes, offer_id=offer)


def waiting(reading, world, key, threat_id):
    actor = world.actor(key, now=LATER)
    with reading(actor) as session:
        tasks = queries.tasks(session, actor)
        return queries.offer(session, actor, threat_id), [
            one.arguments["threat_id"] for one in tasks
        ]


@pytest.mark.parametrize("deed", [actions.accept, actions.decline])
def test_an_offer_ends_when_its_record_is_put_into_another(
    deed, pair, reading, writing, world, app
):
    stays, goes, offer = pair
    merge(writing, world, stays, goes)
    with pytest.raises(Conflict) as met:
        answer(writing, world, deed, goes, offer)
    with app.test_request_context():
        assert "put together with another" in say(met.value.reasons[0])
    relief = world.actor("relief")
    with reading(relief) as session:
        assert register.threat(session, relief, goes).organisation_id == relief.organisation_id
    for key in ("relief", "legal"):
        assert waiting(reading, world, key, goes) == (None, [])


def test_a_merge_undone_brings_the_offer_back(pair, reading, writing, world):
    stays, goes, offer = pair
    merge(writing, world, stays, goes)
    undo(writing, world, goes)
    assert waiting(reading, world, "legal", goes)[1] == [goes]
    answer(writing, world, actions.accept, goes, offer)
    legal = world.actor("legal", now=LATER)
    with reading(legal) as session:
        assert register.own(session, legal, goes).organisation_id == legal.organisation_id


def test_a_merge_undone_after_a_narrowing_leaves_the_offer_ended(pair, reading, writing, world):
    """Harbour Legal Aid reads it as before; others do not any more."""
    stays, goes, offer = pair
    merge(writing, world, stays, goes)
    relief, legal = world.actor("relief", now=LATER), frozenset({world.organisations["legal"]})
    with writing(relief) as session:
        threats.share(session, relief, stays, Sharing("named", legal, legal))
    undo(writing, world, goes)
    for key in ("relief", "legal"):
        assert waiting(reading, world, key, goes) == (None, [])
    with pytest.raises(Conflict):
        answer(writing, world, actions.accept, goes, offer)
    with writing(relief) as session:
        again = actions.offer(session, relief, goes, to_id=world.organisations["legal"]).id
    answer(writing, world, actions.accept, goes, again)


def test_a_merge_and_an_acceptance_at_once_leave_one_owner_and_one_way_back(
    pair, reading, writing, world
):
    stays, goes, offer = pair

    def put_together():
        # What is another's already by then cannot be merged.
        with suppress(Denied):
            merge(writing, world, stays, goes)

    _merged, taken = at_once(
        put_together,
        lambda: answer(writing, world, actions.accept, goes, offer),
    )
    relief = world.actor("relief", now=LATER)
    with reading(relief) as session:
        row = register.threat(session, relief, goes)
        is_merged = row.status == Status.MERGED
        assert is_merged is (row.organisation_id == relief.organisation_id)
        assert is_merged is isinstance(taken, Conflict)


def test_whoever_keeps_it_next_puts_it_together_and_takes_it_apart_too(
    pair, report, reading, writing, world
):
    """Also who kept it first, once it has come back: no act of the other stands in the way."""
    stays, goes, offer = pair
    merge(writing, world, stays, goes)
    undo(writing, world, goes)
    answer(writing, world, actions.accept, goes, offer)
    legal, relief = (world.actor(key, now=LATER) for key in ("legal", "relief"))
    theirs, told = report("members", by="legal"), frozenset({relief.must_organisation()})
    with writing(legal) as session:
        act = duplicates.merge(session, legal, theirs, goes)
        duplicates.undo(session, legal, goes, after=act.id)
        members = Sharing("members", frozenset(), told)
        threats.share(session, legal, goes, members, is_second=True)
        back = actions.offer(session, legal, goes, to_id=relief.must_organisation()).id
    with writing(relief) as session:
        actions.accept(session, relief, goes, offer_id=back)
        act = duplicates.merge(session, relief, stays, goes)
        assert read_duplicates.last(session, goes).id == act.id
        duplicates.undo(session, relief, goes, after=act.id)


def test_who_answers_too_late_reads_why_on_the_page(pair, writing, world, client):
    stays, goes, offer = pair
    legal, page = client("legal"), f"/threats/{goes}/hand-over"
    legal.get(page)
    merge(writing, world, stays, goes)
    said = legal.post(f"{page}/accept", {"offer": str(offer)}, page=page, status=409).text
    assert "so the offer ended" in said
    assert "Take it over" not in said
    legal.get(page, status=404)
    assert "hand-over" not in legal.get(f"/threats/{goes}")
