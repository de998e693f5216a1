"""What is kept of counts is what counting anew says, after whatever was written by whoever."""

from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, event, select, update

from advocacy.access import guard
from advocacy.counting import queries
from advocacy.counting.schema import ThreatMark, watch
from advocacy.threats import actions as threats
from advocacy.threats import queries as records
from advocacy.threats.rows import Sharing
from advocacy.threats.schema import Threat
from tests import build

NAMES = ("relief", "legal", "women", "donor")


@pytest.fixture
def told(world, database):
    """`told("legal")`: what this reader is told, which is what a session that writes counts."""

    def ask(name, status="active"):
        actor = world.actor(name)
        with database.reading(actor) as session:
            kept = Counter(queries.records(session, actor, world.workspace_id, status))
        with database.writing(actor) as session:
            anew = Counter(queries.records(session, actor, world.workspace_id, status))
        assert +kept == +anew, name
        return anew.total()

    return ask


@pytest.fixture
def asked(engine):
    """Statements that name the records."""
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        if "FROM threat \n" in statement or "FROM threat\n" in statement:
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_every_change_is_counted_at_once(world, database, report, entry, told):
    def all_told():
        return {name: told(name) for name in NAMES}

    assert all_told() == dict.fromkeys(NAMES, 0)
    first = report("members", severity=2)
    report("own")
    report("named", to=("legal",))
    assert all_told() == {"relief": 3, "legal": 2, "women": 1, "donor": 0}
    relief = world.actor("relief")

    def edition(session):
        return records.threat(session, relief, first).edition

    with database.writing(relief) as session:
        changed = replace(entry, severity=5, trend="stable", risk_code="PR05")
        threats.edit(session, relief, first, changed, based_on=edition(session))
    assert all_told()["legal"] == 2
    with database.writing(relief) as session:
        threats.share(session, relief, first, Sharing("own"))
    assert all_told() == {"relief": 3, "legal": 1, "women": 0, "donor": 0}
    with database.writing(relief) as session:
        session.execute(update(Threat).where(Threat.id == first).values(status="closed"))
    assert all_told() == {"relief": 2, "legal": 1, "women": 0, "donor": 0}
    assert told("relief", "closed") == 1


def test_what_is_taken_back_before_it_is_a_fact_was_never_counted(world, database, report, told):
    made = report("members")
    assert told("legal") == 1
    relief = world.actor("relief")

    def close_and_fail(status):
        with database.writing(relief) as session:
            session.execute(update(Threat).where(Threat.id == made).values(status=status))
            assert not +Counter(queries.records(session, relief, world.workspace_id, "active"))
            raise RuntimeError

    for status in ("closed", "merged"):
        with pytest.raises(RuntimeError):
            close_and_fail(status)
        assert told("legal") == told("relief") == 1


def test_only_what_changed_is_counted_again(world, database, report, told, asked):
    for level in ("members", "own", "members"):
        report(level)
    assert told("relief") == 3
    relief = world.actor("relief")

    def again():
        asked.clear()
        with database.reading(relief) as session:
            queries.records(session, relief, world.workspace_id, "active")
        return len(asked)

    assert again() == 0
    report("own", by="legal")  # of no concern to this reader
    assert again() == 0
    report("own")
    assert again() == 1
    assert "IN (SELECT" in asked[0]
    assert again() == 0


def test_rows_that_no_action_wrote_are_counted_too(world, database, engine, report, told):
    made = report("members")
    assert told("legal") == 1
    bare = create_engine(engine.url)
    with bare.begin() as connection:
        guard._tell_who(connection, world.actor("relief"))
        changed = update(Threat.__table__).where(Threat.__table__.c.id == made)
        connection.execute(changed.values(severity=1))
    bare.dispose()
    legal = world.actor("legal")
    with database.reading(legal) as session:
        found = queries.records(session, legal, world.workspace_id, "active")
        assert [of[2] for of, number in found.items() if number] == [1]


def test_one_transaction_turns_a_number_and_the_next_one_again(world, database, report):
    report("members")
    relief = world.actor("relief")

    def mark(session):
        who = select(Threat.audience_id).limit(1).scalar_subquery()
        return session.scalar(select(ThreatMark.mark).where(ThreatMark.audience_id == who))

    seen = set()
    for severity in (1, 2, 3):
        with database.writing(relief) as session:
            session.execute(update(Threat).values(severity=severity))
        with database.reading(relief) as session:
            seen.add(mark(session))
    assert len(seen) == 3


def test_watched_again_every_number_is_another(world, database, database_url, report, told):
    """As after a batch operation on the table of records, which drops the triggers."""
    report("members")
    assert told("legal") == 1
    owner = create_engine(build.owner_of(database_url))
    marks = select(ThreatMark.audience_id, ThreatMark.mark)
    with owner.begin() as connection:
        before = dict(connection.execute(marks).all())
        watch(connection)
        after = dict(connection.execute(marks).all())
    owner.dispose()
    assert before
    assert after.keys() >= before.keys()
    assert not after.items() & before.items()
    report("members")
    assert told("legal") == 2


def test_memory_stays_within_its_bounds(monkeypatch, world, database, report, told):
    monkeypatch.setattr(queries, "_memory", queries._Memory())
    monkeypatch.setattr(queries, "_MOST_KEPT", 3)
    monkeypatch.setattr(queries, "_MOST_READERS", 1)
    for level in ("members", "own", "donors"):
        report(level, sensitivity=1)
        assert [told(name) for name in NAMES]
    assert queries._memory._size <= 3
    assert len(queries._memory._wholes) == 1
