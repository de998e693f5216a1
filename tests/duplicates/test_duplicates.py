"""Two records of the same are found, put together without anybody reading more, and undone."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from advocacy.assessments import actions as assessments
from advocacy.assessments import queries as said
from advocacy.assessments.rows import Said
from advocacy.duplicates import actions, rules
from advocacy.duplicates.rows import Card
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.reviews import actions as reviews
from advocacy.threats import actions as threats
from advocacy.threats import queries as records
from advocacy.threats.rows import Sharing
from advocacy.threats.schema import Status
from tests.world import NOW

WORDS = "checkpoints turn back clinic teams on the valley road"
CARD = Card(uuid4(), "PR15", "T", "S", WORDS, None, None, None, is_ours=True)


def card(**changes):
    return replace(CARD, **{"id": uuid4(), **changes})


@pytest.mark.parametrize(
    ("changes", "is_pair"),
    [
        ({}, True),
        ({"words": "clinic teams turn back at checkpoints on the valley road"}, True),
        ({"words": "a school was shelled at night"}, False),
        ({"risk_code": "PR02"}, False),
        ({"is_ours": False}, True),
        ({"area_id": uuid4()}, True),
        ({"started_on": date(2026, 5, 1)}, True),
    ],
)
def test_what_looks_alike(changes, is_pair):
    assert bool(rules.pairs([CARD, card(**changes)], ())) is is_pair


def test_areas_and_times_that_never_meet_are_no_pair():
    here, there = card(area_id=uuid4()), card(area_id=uuid4())
    assert rules.pairs([here, there], ()) == []
    before, after = card(ended_on=date(2026, 1, 1)), card(started_on=date(2026, 2, 1))
    assert rules.pairs([before, after], ()) == []
    theirs = [card(is_ours=False), card(is_ours=False)]
    assert rules.pairs(theirs, ()) == []


def test_pairs_are_made_of_what_the_reader_sees(report, pairs):
    ours = report("members")
    theirs = report("members", by="legal")
    hidden = report("own", by="legal")
    assert pairs("relief") == {frozenset({ours, theirs})}
    assert frozenset({theirs, hidden}) in pairs("legal")
    assert pairs("women") == set()


def test_not_the_same_is_said_by_each_for_itself(report, pairs, world, writing):
    ours, theirs = report("members"), report("members", by="legal")
    relief = world.actor("relief")
    with writing(relief) as session:
        actions.say_distinct(session, relief, theirs, ours)
        actions.say_distinct(session, relief, ours, theirs)
    assert pairs("relief") == set()
    assert pairs("legal") == {frozenset({ours, theirs})}
    women = world.actor("women")
    with writing(women) as session, pytest.raises(Denied):
        actions.say_distinct(session, women, ours, theirs)
    with writing(relief) as session, pytest.raises(Invalid):
        actions.say_distinct(session, relief, ours, ours)


def test_only_those_who_read_both_read_them_afterwards(
    report, merge, undo, readers, world, writing
):
    wide = report("donors", sensitivity=1)
    narrow = report("named", to=("legal", "women"))
    before = readers(wide), readers(narrow)
    act = merge(wide, narrow)
    both = {"relief", "legal", "women"}
    assert (readers(wide), readers(narrow)) == (both, both)
    undo(narrow, act)
    assert (readers(wide), readers(narrow)) == before


def test_what_is_narrowed_meanwhile_takes_the_absorbed_one_along_and_stays_narrow(
    report, merge, undo, readers, world, writing
):
    stays, goes = report("members"), report("members")
    act = merge(stays, goes)
    relief = world.actor("relief")
    with writing(relief) as session:
        threats.share(session, relief, stays, Sharing())
    assert readers(stays) == readers(goes) == {"relief"}
    undo(goes, act)
    assert readers(stays) == readers(goes) == {"relief"}, "a narrowing is not undone by one person"


def test_what_organisations_said_of_either_counts_together_and_is_moved_nowhere(
    report, merge, undo, world, writing, reading
):
    stays, goes = report("members"), report("members")
    for by, threat_id in (("legal", stays), ("women", goes), ("rights", goes)):
        actor = world.actor(by)
        with writing(actor) as session:
            view = Said("corroborates", severity=3)
            assessments.give(session, actor, threat_id, view, after=None)
    act = merge(stays, goes)
    relief = world.actor("relief")

    def spread(*also):
        with reading(relief) as session:
            found = records.threat(session, relief, stays)
            return said.panel(session, relief, found, also=also).spread

    assert spread(goes) == (3, 3, 3)
    undo(goes, act)
    assert spread() is None


def test_two_who_merge_the_same_pair_get_one_merge_and_one_conflict(
    report, merge, undo, world, writing
):
    stays, goes = report("members"), report("members")
    act = merge(stays, goes)
    for pair in ((stays, goes), (goes, stays)):
        with pytest.raises(Conflict):
            merge(*pair)
    relief = world.actor("relief")
    with writing(relief) as session:
        assert records.threat(session, relief, goes).status == Status.MERGED
        with pytest.raises(Conflict):
            reviews.still_true(session, relief, goes)
    undo(goes, act)
    with pytest.raises(Conflict):
        undo(goes, act)
    undo(stays, merge(goes, stays))


def test_who_may_not_change_both_merges_nothing(report, merge):
    ours, theirs, hidden = report("members"), report("members", by="legal"), report("own")
    for pair, by, error in (
        ((ours, theirs), "relief", Denied),
        ((ours, hidden), "legal", (Denied, NotFound)),
        ((ours, ours), "relief", Invalid),
        ((ours, hidden), "relief.admin", Denied),
    ):
        with pytest.raises(error):
            merge(*pair, by=by)


def test_it_can_be_undone_for_a_year_and_no_longer(report, merge, undo):
    stays, goes = report("members"), report("members")
    act = merge(stays, goes)
    with pytest.raises(Conflict):
        undo(goes, uuid4())
    with pytest.raises(Conflict):
        undo(goes, act, now=NOW + timedelta(days=366))
    undo(goes, act, now=NOW + timedelta(days=364))
