"""PostgreSQL's own wall: the same sentence as row-level security, with the guard out of the way."""

import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, create_engine, func, select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from advocacy.access import audience, guard
from advocacy.access.actor import Actor, anonymous
from advocacy.access.schema import ALWAYS, EVERYONE, GroupKind
from advocacy.ground import unit
from advocacy.organisations.schema import Body
from tests.secrecy.shapes import HIDDEN, SHARED, T, row_for

pytestmark = pytest.mark.only("postgres", "SQLite has no second wall")

CASES = 400
VIEWERS = ("relief", "legal", "women", "rights", "observer", "donor")


@pytest.fixture
def bare(database_url: str) -> Iterator[Any]:
    """An engine of the application's role that the guard does not watch."""
    made = create_engine(database_url)
    yield made
    made.dispose()


@contextmanager
def asking(bare: Any, actor: Actor | None) -> Iterator[Connection]:
    """A transaction of the driver's own, told who asks."""
    with bare.connect() as connection:
        if actor is not None:
            guard._tell_who(connection, actor)
        yield connection
        connection.rollback()


def names(connection: Connection) -> set[str]:
    return set(connection.exec_driver_sql("SELECT name FROM body").scalars())


def test_raw_sql_reads_what_the_reader_may_see_and_no_more(world, lie, bare):
    for actor, expected in (
        (None, set()),
        (anonymous(world.actor("relief").now), set()),
        (world.actor("women"), set()),
        (world.actor("relief"), {SHARED}),
        (world.actor("rights"), {SHARED, HIDDEN}),
    ):
        with asking(bare, actor) as connection:
            assert names(connection) == expected


def test_raw_sql_changes_and_removes_nothing_hidden(world, lie, bare, reading):
    with asking(bare, world.actor("relief")) as connection:
        change = connection.exec_driver_sql("UPDATE body SET purpose = 'changed' RETURNING name")
        assert set(change.scalars()) == {SHARED}
        removed = connection.exec_driver_sql("DELETE FROM body RETURNING name")
        assert set(removed.scalars()) == {SHARED}
    with reading(world.actor("rights")) as session:
        assert len(session.scalars(select(Body)).all()) == 2


def test_raw_sql_adds_nothing_for_another_organisation(world, lie, bare, reading):
    with reading(world.actor("relief")) as session:
        row = row_for(session, lie)
    mine = {**row, "id": uuid4(), "organisation_id": world.organisations["relief"]}
    with asking(bare, world.actor("relief")) as connection:
        connection.execute(T.insert().values(**mine))
        with pytest.raises(ProgrammingError, match="row-level security"):
            connection.execute(T.insert().values(**row))
    with asking(bare, None) as connection, pytest.raises(ProgrammingError, match="row-level"):
        connection.execute(T.insert().values(**row))


def test_raw_sql_gives_no_row_away_into_the_unseen(world, lie, bare, reading):
    """Somebody else's row cannot be moved to where its owner would not find it."""
    with reading(world.actor("rights")) as session:
        hidden = session.get_one(Body, lie.hidden).audience_id
    with (
        asking(bare, world.actor("relief")) as connection,
        pytest.raises(ProgrammingError, match="row-level security"),
    ):
        connection.execute(update(T).where(T.c.id == lie.shared).values(audience_id=hidden))


def test_the_next_transaction_on_the_connection_has_no_power(world, lie, database_url):
    one = create_engine(database_url, pool_size=1, max_overflow=0)
    for ending in ("commit", "rollback"):
        with one.connect() as connection:
            guard._tell_who(connection, world.actor("rights"))
            assert names(connection) == {SHARED, HIDDEN}
            getattr(connection, ending)()
            assert names(connection) == set()
        with one.connect() as connection:
            assert names(connection) == set()
    one.dispose()


def test_a_system_block_ends_with_its_transaction(world, lie, database_url):
    one = guard.install(unit.prepare(create_engine(database_url, pool_size=1, max_overflow=0)))
    database = unit.Database(one)
    with database.reading(world.actor("women")) as session:
        with guard.system(session, guard.System.COUNT_TOTALS):
            assert session.scalar(select(func.count()).select_from(T)) == 2
        seen = session.connection().connection.cursor().execute("SELECT name FROM body").fetchall()
        assert seen == []
    with one.connect() as connection:
        raw = connection.connection.cursor()
        assert raw.execute("SELECT name FROM body").fetchall() == []
        setting = raw.execute("SELECT current_setting('app.system', true)").fetchone()
        assert setting[0] in (None, "")
    one.dispose()


def test_the_wall_is_told_again_whenever_who_asks_has_changed(world, lie, database_url):
    """It is told once in a transaction, unless another asks or what it heard was taken back."""
    one = guard.install(unit.prepare(create_engine(database_url)))
    rights, women = world.actor("rights"), world.actor("women")

    def seen(session: Session) -> set[str]:
        cursor = session.connection().connection.cursor()
        return {name for (name,) in cursor.execute("SELECT name FROM body").fetchall()}

    with unit.Database(one).reading(anonymous(rights.now)) as first:
        for actor, expected in ((rights, {SHARED, HIDDEN}), (women, set())):
            with closing(unit.beside(first, actor)) as session:
                assert seen(session) == expected
        savepoint = first.connection().begin_nested()
        with closing(unit.beside(first, rights)) as session:
            assert seen(session) == {SHARED, HIDDEN}
        savepoint.rollback()  # PostgreSQL is back where it was told of Women
        with closing(unit.beside(first, rights)) as session:
            assert seen(session) == {SHARED, HIDDEN}
    one.dispose()


def test_the_application_owns_nothing_and_is_nobody_special(bare):
    with bare.connect() as connection:
        role = connection.execute(
            text(
                "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
                " FROM pg_roles WHERE rolname = current_user"
            )
        ).one()
        assert not any(role)
        owned = connection.scalars(
            text(
                "SELECT relname FROM pg_class"
                " WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
            )
        ).all()
        assert owned == []
        memberships = "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
        assert connection.scalar(text(f"{memberships} WHERE r.rolname = current_user")) == 0


def test_every_protected_table_stands_behind_the_wall(bare):
    with bare.connect() as connection:
        walled = {
            name: (on, forced)
            for name, on, forced in connection.execute(
                text(
                    "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class c"
                    " JOIN pg_namespace n ON n.oid = c.relnamespace"
                    " WHERE nspname = 'public' AND relkind = 'r'"
                )
            )
        }
        asked = text("SELECT tablename, cmd FROM pg_policies")
        rules = {(table, command) for table, command in connection.execute(asked)}
    tables = guard.protected_tables()
    assert tables >= {"body", "membership"}
    assert {t for t in tables if walled[t] != (True, True)} == set()
    commands = ("SELECT", "INSERT", "UPDATE", "DELETE")
    assert rules == {(t, command) for t in tables for command in commands}


def test_there_is_no_view_that_reads_with_its_owners_eyes(bare):
    views = text("SELECT viewname FROM pg_views WHERE schemaname = 'public'")
    matviews = text("SELECT matviewname FROM pg_matviews WHERE schemaname = 'public'")
    definers = text(
        "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE nspname = 'public' AND prosecdef"
    )
    with bare.connect() as connection:
        for asked in (views, matviews, definers):
            assert connection.scalars(asked).all() == []


# --- parity: whatever the audience, both walls give the same rows -------------------------------


def _random_audience(chance: random.Random, groups: list[Any], now: Any) -> set[Any]:
    opens = [ALWAYS, now - timedelta(days=1), now, now + timedelta(microseconds=1)]
    picked = chance.sample(groups, chance.randint(1, 4))
    return {(group, chance.choice(opens)) for group in picked}


def _random_groups(chance: random.Random, session: Session, world: Any, now: Any) -> list[Any]:
    """Circles whose members came and went at instants around now."""
    found: list[Any] = [EVERYONE, *world.organisations.values()]
    shifts = [timedelta(days=-2), timedelta(0), timedelta(microseconds=1), timedelta(days=2)]
    for _ in range(12):
        circle = audience.make_group(session, GroupKind.CIRCLE)
        for viewer in VIEWERS:
            if chance.random() < 0.5:
                audience.join(
                    session, circle.id, world.organisations[viewer], now=now + chance.choice(shifts)
                )
            if chance.random() < 0.4:
                audience.leave(
                    session, circle.id, world.organisations[viewer], now=now + chance.choice(shifts)
                )
        found.append(circle.id)
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_guard_and_the_wall_agree_on_every_audience(seed, world, lie, bare, database, now):
    chance = random.Random(seed)
    owner = world.actor("rights")
    with database.writing(owner) as session:
        groups = _random_groups(chance, session, world, now)
        for number in range(CASES // 3):
            who = audience.intern(session, _random_audience(chance, groups, now))
            session.add(
                Body(
                    id=uuid4(),
                    organisation_id=owner.organisation_id,
                    audience_id=who,
                    own_audience_id=who,
                    workspace_id=world.workspace_id,
                    name=f"case {number}",
                    group_id=uuid4(),
                )
            )
            if number % 40 == 0:
                with guard.system(session, guard.System.COMMAND):
                    session.flush()  # PostgreSQL hands a new row back to those who see it only
        with guard.system(session, guard.System.COMMAND):
            session.flush()
    differences = 0
    for actor in (anonymous(now), *(world.actor(v, now=now) for v in VIEWERS)):
        with database.reading(actor) as session:
            by_guard = set(session.scalars(select(Body.name)))
        with asking(bare, actor) as connection:
            assert names(connection) == by_guard
        differences += len(by_guard)
    assert 0 < differences < CASES // 3 * len(VIEWERS)
