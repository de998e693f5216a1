"""The log of a round: every act is in it, and it tells nobody who acted, when, or how often."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from advocacy.formats.verify_receipt import Tree, check_growth, root_by_path
from advocacy.ground.errors import Conflict, Denied, NotFound
from advocacy.ground.unit import Database
from advocacy.proofs import actions, queries, rules
from advocacy.proofs.rows import Log, Proof
from advocacy.proofs.schema import ProofEntry, ProofStatement
from advocacy.signoff import actions as signoff
from advocacy.signoff.rows import RoundRow
from advocacy.text import merkle
from tests.signoff import scene
from tests.world import NOW, World

Say = Callable[..., UUID]
FIRST = datetime.fromisoformat("2026-11-23T00:10:00+00:00")
AFTER = scene.CLOSES_AT + timedelta(minutes=10)


def log(database: Database, world: World, key: str, round_id: UUID, at: datetime) -> Log:
    actor = world.actor(key, now=at)
    with database.reading(actor) as session:
        return queries.log(session, actor, round_id)


def proof(database: Database, world: World, key: str, answer_id: UUID, at: datetime) -> Proof:
    actor = world.actor(key, now=at)
    with database.reading(actor) as session:
        return queries.proof(session, actor, answer_id)


def lower(database: Database, world: World, key: str, round_id: UUID, at: datetime) -> UUID:
    actor = world.actor(key, now=at)
    with database.writing(actor) as session:
        return signoff.lower(session, actor, round_id, outside="private", inside="lead").id


def test_the_length_and_the_times_of_a_log_tell_nothing_of_the_answers(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    at = [NOW + timedelta(hours=n) for n in range(0, 24 * 12, 7)]
    silent = [log(database, world, "forum", opened.id, when) for when in at]
    say("legal"), say("women", "decline"), say("rights", at=FIRST, inside="nobody")
    told = [log(database, world, "forum", opened.id, when) for when in at]
    for before, after in zip(silent, told, strict=True):
        assert [(h.at, h.size) for h in before.heads] == [(h.at, h.size) for h in after.heads]
        assert before.next_at == after.next_at
    assert silent[-1].heads[-1].root != told[-1].heads[-1].root


def test_heads_come_at_midnight_at_the_close_and_each_week_after_it(
    database: Database, world: World, opened: RoundRow
) -> None:
    found = log(database, world, "legal", opened.id, scene.CLOSES_AT + timedelta(days=14, hours=1))
    day = datetime.fromisoformat("2026-11-23T00:00:00+00:00")
    close, week = scene.CLOSES_AT, timedelta(days=7)
    fixed = [NOW, day, day + timedelta(days=1), close, close + week, close + 2 * week]
    assert [head.at for head in found.heads] == fixed
    assert [head.size for head in found.heads] == [64 * n for n in range(6)]
    assert found.next_at == close + 3 * week + rules.GRACE
    early = log(database, world, "legal", opened.id, FIRST - timedelta(seconds=1))
    assert [head.size for head in early.heads] == [0]


def test_an_act_is_in_the_next_head_and_each_log_begins_with_the_one_before(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    answer_id = say("legal", outside="named")
    promised = proof(database, world, "legal", answer_id, NOW)
    assert promised.by == FIRST
    assert set(promised.payload["log"]) == {"tree", "leaf", "by"}
    later = lower(database, world, "legal", opened.id, AFTER + timedelta(days=1))
    weeks = AFTER + timedelta(days=8)
    heads = log(database, world, "women", opened.id, weeks).heads
    for act, number in ((answer_id, 1), (later, 4)):
        place = proof(database, world, "legal", act, weeks).payload["log"]
        path = [bytes.fromhex(step) for step in place["path"]]
        leaf = bytes.fromhex(place["leaf"])
        found = root_by_path(leaf, place["index"], place["size"], path)
        assert found.hex() == place["root"] == heads[number].root.hex()
    reader = world.actor("women", now=weeks)
    with database.reading(reader) as session:
        for old in heads:
            grown = queries.growth(
                session, reader, opened.id, first=old.size, second=heads[-1].size
            )
            steps = [bytes.fromhex(step) for step in grown["proof"]]
            last = Tree(heads[-1].size, heads[-1].root)
            check_growth(Tree(old.size, old.root), last, steps)
        with pytest.raises(NotFound):
            queries.growth(session, reader, opened.id, first=7, second=64)


def test_a_head_that_was_out_never_changes(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    before = log(database, world, "legal", opened.id, FIRST).heads
    say("legal", at=FIRST)
    say("women", at=FIRST + timedelta(hours=1))
    after = log(database, world, "legal", opened.id, AFTER).heads
    assert after[: len(before)] == before


def test_what_was_begun_before_the_fixed_time_is_in_its_head(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    """A slow request names 23:59:59 and is written after midnight: the head waits for it."""
    midnight = FIRST - rules.GRACE
    early = say("legal", at=midnight - timedelta(seconds=1))
    place = proof(database, world, "legal", early, FIRST).payload["log"]
    assert place["size"] == 64
    exact = say("women", at=midnight)
    assert proof(database, world, "women", exact, AFTER).payload["log"]["size"] == 128


def test_only_its_organisation_reads_a_statement_and_the_log_is_for_readers_of_the_round(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    answer_id = say("legal", outside="named", inside="all")
    for key in ("relief", "cluster", "women", "donor"):
        with pytest.raises(NotFound):
            proof(database, world, key, answer_id, NOW)
        actor = world.actor(key)
        with database.reading(actor) as session:
            assert session.scalars(select(ProofStatement)).all() == []
    for key in ("donor", "observer"):
        with pytest.raises(NotFound):
            log(database, world, key, opened.id, AFTER)


def test_an_erased_statement_leaves_the_log_as_it_was(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    answer_id = say("legal")
    before = log(database, world, "legal", opened.id, AFTER).heads
    drafter, legal = world.actor("legal.drafter"), world.actor("legal", now=AFTER)
    with pytest.raises(Denied), database.writing(drafter) as session:
        actions.erase(session, drafter, answer_id)
    for _again in range(2):
        with database.writing(legal) as session:
            actions.erase(session, legal, answer_id)
    found = proof(database, world, "legal", answer_id, AFTER)
    assert (found.is_erased, found.payload, found.conditions) == (True, {}, {})
    assert log(database, world, "legal", opened.id, AFTER).heads == before
    with pytest.raises(Conflict), database.writing(legal) as session:
        actions.challenge(session, legal, answer_id)


def test_an_act_that_fails_leaves_no_entry(
    database: Database, world: World, opened: RoundRow, say: Say
) -> None:
    say("legal")
    with pytest.raises(Conflict):
        say("legal", at=scene.CLOSES_AT)
    with database.reading(world.actor("relief")) as session:
        assert len(session.scalars(select(ProofEntry)).all()) == 1


@given(st.integers(0, 10**6), st.integers(0, 5), st.sets(st.integers(0, 60)))
def test_a_place_is_free_and_no_earlier_than_its_head(
    drawn: int, epoch: int, taken: set[int]
) -> None:
    place = rules.free_place(drawn, epoch, 8, taken)
    assert place not in taken
    assert place // 8 >= epoch
    assert all(n in taken for n in range(epoch * 8, place // 8 * 8))


@given(st.integers(0, 2**63), st.sets(st.integers(0, 63)))
def test_an_entry_looks_like_one_that_means_nothing(seed: int, places: set[int]) -> None:
    key = f"{seed:064x}"
    full = {place: rules.committed(f"{place}", {"v": 1}) for place in places}
    mixed, empty = (rules.leaves(key, 64, 0, entries) for entries in (full, {}))
    assert len(set(mixed)) == len(set(empty)) == 64
    assert {at for at in range(64) if mixed[at] != empty[at]} == places
    assert merkle.root(mixed) != merkle.root(empty) or not places
