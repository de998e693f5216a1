"""Two people do it at the same time: one fact is left, and the other person reads why."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from advocacy.ground.errors import Conflict
from advocacy.proposals import actions as proposals
from advocacy.proposals import queries as proposed
from advocacy.proposals.rules import digest
from advocacy.threats import queries as records
from advocacy.threats.schema import Status
from advocacy.web.reasons import say


def at_once(*deeds):
    """What each gave, or the Conflict it met; none begins before all are ready."""
    ready = Barrier(len(deeds), timeout=20)

    def run(deed):
        ready.wait()
        try:
            return deed()
        except Conflict as met:
            return met

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.mark.parametrize("is_turned", [False, True])
def test_two_people_who_merge_the_same_pair_at_once(is_turned, report, merge, world, reading, app):
    pair = (report("members"), report("members"))
    other = pair[::-1] if is_turned else pair
    results = at_once(lambda: merge(*pair), lambda: merge(*other))
    (met,) = (found for found in results if isinstance(found, Conflict))
    with app.test_request_context():
        said = say(met.reasons[0])
    assert len(said) > 20, "a sentence, not a code"
    assert "duplicates" not in said
    relief = world.actor("relief")
    with reading(relief) as session:
        statuses = {records.threat(session, relief, one).status for one in pair}
    assert statuses == {Status.ACTIVE, Status.MERGED}


def test_what_was_proposed_for_a_merged_record_waits_until_it_stands_alone(
    report, merge, undo, world, writing, reading
):
    stays, goes = report("members"), report("members")
    legal, relief = world.actor("legal"), world.actor("relief")
    with writing(legal) as session:
        based_on = digest(proposed.values(session, legal, goes))
        asked = proposals.propose(
            session, legal, goes, {"title": "At bridges"}, reason="Seen.", based_on=based_on
        ).id

    def accept():
        with writing(relief) as session:
            taken = frozenset({"title"})
            proposals.accept(session, relief, asked, taken=taken, reason="Yes.")

    act = merge(stays, goes)
    with pytest.raises(Conflict):
        accept()
    with reading(relief) as session:
        assert records.threat(session, relief, goes).title != "At bridges"
    undo(goes, act)
    accept()
    with reading(relief) as session:
        assert records.threat(session, relief, goes).title == "At bridges"


def test_a_merge_and_an_acceptance_at_once_leave_one_of_the_two_orders(
    report, merge, world, writing, reading
):
    stays, goes = report("members"), report("members")
    legal, relief = world.actor("legal"), world.actor("relief")
    with writing(legal) as session:
        based_on = digest(proposed.values(session, legal, goes))
        asked = proposals.propose(
            session, legal, goes, {"title": "At bridges"}, reason="Seen.", based_on=based_on
        ).id

    def accept():
        with writing(relief) as session:
            taken = frozenset({"title"})
            return proposals.accept(session, relief, asked, taken=taken, reason="Yes.")

    merged, accepted = at_once(lambda: merge(stays, goes), accept)
    assert not isinstance(merged, Conflict)
    with reading(relief) as session:
        row = records.threat(session, relief, goes)
        assert row.status == Status.MERGED
        assert (row.title == "At bridges") is not isinstance(accepted, Conflict)
