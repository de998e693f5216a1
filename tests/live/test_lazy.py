"""Rows get their words a little later; nobody ever reads yesterday's text for it."""

import threading
import time
from typing import Any

import pytest
from sqlalchemy import select

from advocacy.drafting import actions, queries, rules
from advocacy.drafting.rules import Replace
from advocacy.drafting.schema import DraftClause
from advocacy.ground.errors import Invalid
from advocacy.live import queries as live
from advocacy.live import rules as live_rules
from advocacy.live.schema import Snapshot
from tests.live.test_push import forget_all


@pytest.fixture(autouse=True)
def patient(monkeypatch: Any) -> None:
    """Nothing is brought in line because a second is over."""
    monkeypatch.setattr(rules, "DERIVED_EVERY", 3_600.0)


def rows_say(session: Any, draft: Any) -> set[str]:
    return set(session.scalars(select(DraftClause.text).where(DraftClause.document_id == draft)))


@pytest.fixture
def typed(pen, push):
    """Legal began in clause one, and went on: the row has the first step's words only."""
    mine = pen("legal")
    for number, words in enumerate((" A.", " B.", " C.", " D."), 1):
        push("legal", mine.types(0, words).step(), f"a:{number}")
    return mine


NOW_READS = "Words of one. A. B. C. D."


def test_every_reader_computes_what_the_rows_do_not_have(typed, draft, world, reading, now_reads):
    relief = world.actor("relief")
    for _ in range(2):
        with reading(relief) as session:
            assert NOW_READS not in rows_say(session, draft)
            first = queries.rows(session, relief, draft)[0]
            assert first.clause.text == NOW_READS
            assert "D." in first.html
            assert first.changed_by == world.organisations["legal"]
            found = queries.place(session, relief, first.clause.cid)
            assert found.clause.text == NOW_READS
            assert found.clause.hash == first.clause.hash
        assert now_reads()[0] == NOW_READS
        forget_all()  # another process knows as much


def test_a_reader_does_not_wait_for_who_writes(typed, draft, database, now_reads, monkeypatch):
    monkeypatch.setattr(live, "_PATIENCE", 0.05)
    with database.engine.connect() as connection:
        room = live.room_at(live.named(connection.engine.url), draft)
    done = threading.Event()

    def keeps() -> None:
        with room.lock:
            done.wait(20)

    keeper = threading.Thread(target=keeps)
    keeper.start()
    try:
        time.sleep(0.05)
        assert now_reads("relief")[0] == NOW_READS
    finally:
        done.set()
        keeper.join()


@pytest.mark.parametrize("deed", ["close", "rest", "change"])
def test_what_is_done_next_brings_the_rows_in_line(deed, typed, draft, world, writing, reading):
    legal = world.actor("legal")
    with writing(legal) as session:
        if deed == "change":
            of = queries.clauses(session, legal, draft)[1]
            edit = [Replace(of.cid, of.heading, "Other words.")]
            actions.change(session, legal, draft, edit, based_on=of.hash)
        else:
            getattr(actions, deed)(session, legal, draft)
    with reading(legal) as session:
        assert NOW_READS in rows_say(session, draft)
        whole = session.scalars(select(Snapshot).where(Snapshot.document_id == draft)).first()
        assert (whole is not None) == (deed == "rest")


def test_two_who_type_in_one_clause_are_both_named_at_once(typed, pen, push, draft, world, reading):
    theirs = pen("relief")
    for number in range(1, 4):
        push("relief", theirs.types(0, "R", at=0).step(), f"b:{number}")
        push("legal", typed.types(0, "L").step(), f"a:1{number}")
    legal, who = world.actor("legal"), world.organisations
    with reading(legal) as session:
        cid = queries.clauses(session, legal, draft)[0].cid
        assert set(queries.writers(session, legal, draft)[cid]) == {who["legal"], who["relief"]}
        assert len(queries.history(session, legal, cid)) == 2


def test_numbers_follow_the_order_of_commits(pen, draft, world, database):
    """Two sessions at once: the one that was numbered first is committed first."""
    pens = {key: pen(key) for key in ("legal", "relief")}
    numbered: list[int] = []
    faults: list[BaseException] = []

    def write(key: str) -> None:
        actor = world.actor(key)
        for turn in range(8):
            step = pens[key].types(0 if key == "legal" else 1, "x").step()
            try:
                with database.writing(actor, lightly=True) as session:
                    number = actions.push(session, actor, draft, step, key=f"{key}:{turn}")
                    numbered.append(number)
                with database.reading(actor) as session:
                    seen = [n for n, _row in live.since(session, actor, draft, 0)]
                assert seen == list(range(1, max(number, len(seen)) + 1))
            except BaseException as error:  # noqa: BLE001 - told below
                faults.append(error)

    hands = [threading.Thread(target=write, args=(key,)) for key in pens]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert not faults
    assert numbered == sorted(numbered)
    assert sorted(numbered) == list(range(2, 18))


def test_who_goes_on_past_the_end_of_a_clause_is_refused_at_that_step(
    pen, push, now_reads, monkeypatch
):
    begun = "Words of one."
    monkeypatch.setattr(rules, "MOST_CHARACTERS", len(begun) + 60)
    mine = pen("legal")
    for number in range(6):
        push("legal", mine.types(0, "0123456789").step(), f"b:{number}")
    with pytest.raises(Invalid):
        push("legal", mine.types(0, "x").step(), "b:6")
    assert now_reads()[0] == begun + "0123456789" * 6


def test_a_heading_that_grows_too_long_once_it_is_written_out_is_refused_at_that_step(
    typed, push, now_reads
):
    sign = "\u0958"  # one sign as it is typed, two as it is kept
    with pytest.raises(Invalid):
        push("legal", typed.heads(0, sign * (rules.MOST_IN_HEADING - 1)).step(), "c:1")
    assert now_reads()[0] == NOW_READS


def test_what_another_gave_the_rows_meanwhile_is_not_given_them_again(
    typed, push, draft, world, database, reading, writing, monkeypatch
):
    """Who waited for the lock knows of neither the words nor the snapshot that came meanwhile."""
    legal = world.actor("legal")
    with database.reading(legal) as session:
        room = live.room(session, draft)
        if session.get_bind().dialect.name == "sqlite":
            return  # nobody waits there with an answer in hand
        before = {legal.organisation_id: queries.locked(session, legal, draft)}
    with writing(legal) as session:
        actions.rest(session, legal, draft)
    monkeypatch.setattr(rules, "DERIVED_EVERY", 5.0)
    room.derived_at = room.kept_at = -10.0
    room.kept -= live_rules.SNAPSHOT_EVERY
    step = typed.types(0, " E.").step()
    with writing(legal) as session:
        number = actions.push(session, legal, draft, step, key="a:5", heads=before)
    with reading(legal) as session:
        assert NOW_READS in rows_say(session, draft)
        assert session.scalar(select(Snapshot.sequence)) == number - 1


def test_all_clauses_get_their_words_together(pen, push, draft, world, reading, writing):
    for number, key in enumerate(("legal", "relief", "legal")):
        pens = pen(key)
        for again in range(2):
            push(key, pens.types(number, f" {key}.").step(), f"{number}:{again}")
    legal = world.actor("legal")
    with writing(legal) as session:
        actions.close(session, legal, draft)
    with reading(legal) as session:
        found = {row.text: row.changed_by for row in session.scalars(select(DraftClause))}
    who = world.organisations
    assert found == {
        "Words of one. legal. legal.": who["legal"],
        "Words of two. relief. relief.": who["relief"],
        "Words of three. legal. legal.": who["legal"],
    }
