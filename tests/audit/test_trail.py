# ruff: noqa: S608 - statements of one who tampers, made of the test's own words
"""The audit log: whole while nobody touches it, and saying where when somebody did."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, create_engine, inspect, select, text
from sqlalchemy.exc import DBAPIError

from advocacy.access import guard
from advocacy.app import load_schemas
from advocacy.audit import actions as audit
from advocacy.audit import queries
from advocacy.audit.rules import Event
from advocacy.audit.schema import AuditDetail, AuditEvent
from advocacy.ground import acts, unit
from advocacy.ground.base import Base
from advocacy.ground.errors import NotFound
from advocacy.organisations.schema import Body
from tests import build
from tests.secrecy.shapes import Lie, new_body

load_schemas()
SEALED = {
    table.name: {column.name for column in table.columns}
    for table in acts.frozen_tables(Base.metadata, [m.class_ for m in Base.registry.mappers])
}
FROZEN = list(SEALED)
VERBATIM = {"recommendation"}
"""Tables of which some columns are for ever, and the rest is not."""


@dataclass(frozen=True)
class Noted(Event):
    NAME = "tests.noted"
    number: int


def note(database, actor, book: str, numbers: list[int], about: UUID | None = None) -> None:
    for number in numbers:
        with database.writing(actor) as session:
            audit.record(session, actor, Noted(number=number), book=book, about=about or uuid4())


@pytest.fixture
def book(world, database) -> str:
    """A book of five rows; another one stands beside it."""
    name = f"position:{uuid4()}"
    note(database, world.actor("relief"), name, [1, 2, 3, 4, 5])
    note(database, world.actor("legal"), f"position:{uuid4()}", [1, 2])
    return name


def found(database, world) -> list[tuple[str, int, str]]:
    with (
        database.reading(world.actor("relief")) as session,
        guard.system(session, guard.System.AUDIT_VERIFY),
    ):
        return [(f.book, f.sequence, f.what) for f in queries.faults(session)]


@pytest.fixture
def tamper(request, database_url) -> Callable[..., None]:
    """What an operator with the owner's power could do: triggers off, then any statement."""
    url = database_url
    if request.config.getoption("--db") == "postgres":
        url = build.owner_url(database_url.rsplit("/", 1)[1])

    def do(*statements: str) -> None:
        engine = unit.prepare(create_engine(url))
        with engine.begin() as connection:
            _without_triggers(connection)
            for statement in statements:
                assert connection.execute(text(statement)).rowcount
        engine.dispose()

    return do


def _without_triggers(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ALTER TABLE audit_event DISABLE TRIGGER USER")
        return
    for name in ("update", "delete"):
        connection.exec_driver_sql(f"DROP TRIGGER seal_audit_event_{name}")


def test_a_log_that_nobody_touched_has_no_fault(world, database, book):
    assert found(database, world) == []


@pytest.mark.parametrize("column", ["name", "at", "about_id", "person_id", "organisation_id"])
def test_a_changed_row_is_found_where_it_is(column, world, database, book, tamper):
    other = f"SELECT {column} FROM audit_event WHERE book <> '{book}' AND {column} IS NOT NULL"
    value = f"({other} LIMIT 1)" if column not in {"name", "at"} else "'changed'"
    if column == "at":
        value = "'2001-01-01 00:00:00'"
    tamper(f"UPDATE audit_event SET {column} = {value} WHERE book = '{book}' AND sequence = 3")
    assert found(database, world) == [(book, 3, "row-changed")]


def test_a_changed_promise_is_found_twice(world, database, book, tamper):
    tamper(f"UPDATE audit_event SET commitment = 'x' WHERE book = '{book}' AND sequence = 3")
    assert found(database, world) == [(book, 3, "row-changed"), (book, 3, "detail-changed")]


def test_a_changed_detail_is_found(world, database, book, tamper):
    row = f"SELECT id FROM audit_event WHERE book = '{book}' AND sequence = 2"
    tamper(f"UPDATE audit_detail SET detail = '{{\"number\": 9}}' WHERE event_id = ({row})")
    assert found(database, world) == [(book, 2, "detail-changed")]


@pytest.mark.parametrize(
    ("gone", "where"),
    [(1, (2, "removed-before")), (3, (4, "removed-before")), (5, (4, "removed-at-end"))],
)
def test_a_removed_row_is_missed(gone, where, world, database, book, tamper):
    row = f"book = '{book}' AND sequence = {gone}"
    tamper(
        f"DELETE FROM audit_detail WHERE event_id = (SELECT id FROM audit_event WHERE {row})",
        f"DELETE FROM audit_event WHERE {row}",
    )
    assert found(database, world) == [(book, *where)]


def test_a_removed_book_is_missed(world, database, book, tamper):
    rows = f"SELECT id FROM audit_event WHERE book = '{book}'"
    tamper(
        f"DELETE FROM audit_detail WHERE event_id IN ({rows})",
        f"DELETE FROM audit_event WHERE book = '{book}'",
    )
    assert found(database, world) == [(book, 5, "removed-at-end")]


def test_swapped_rows_are_found(world, database, book, tamper):
    change = "UPDATE audit_event SET sequence ="
    tamper(
        f"{change} 99 WHERE book = '{book}' AND sequence = 2",
        f"{change} 2 WHERE book = '{book}' AND sequence = 3",
        f"{change} 3 WHERE book = '{book}' AND sequence = 99",
    )
    where = {(at, what) for _, at, what in found(database, world)}
    assert {(2, "row-changed"), (3, "row-changed"), (2, "chain-broken")} <= where


def test_an_erased_detail_leaves_the_chain_whole(world, database, book):
    with database.writing(world.actor("relief")) as session:
        for detail in session.scalars(select(AuditDetail)):
            session.delete(detail)
    assert found(database, world) == []


def test_numbers_of_a_book_tell_nothing_of_acts_elsewhere(world, database, book):
    with database.reading(world.actor("relief")) as session:
        asked = select(AuditEvent.sequence).where(AuditEvent.book == book)
        assert sorted(session.scalars(asked)) == [1, 2, 3, 4, 5]


def test_an_act_that_fails_leaves_no_event(world, database, book):
    def fail() -> None:
        with database.writing(world.actor("relief")) as session:
            audit.record(session, world.actor("relief"), Noted(number=6), book=book, about=uuid4())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert found(database, world) == []
    note(database, world.actor("relief"), book, [6])
    assert found(database, world) == []


def test_writers_of_one_book_at_once_keep_its_sequence_whole(world, database):
    book = f"position:{uuid4()}"
    actors = [world.actor(key) for key in ("relief", "legal", "women", "rights")]
    with ThreadPoolExecutor(8) as pool:
        done = [pool.submit(note, database, actors[n % 4], book, [n, n]) for n in range(16)]
        for one in done:
            one.result()
    with database.reading(actors[0]) as session:
        asked = select(AuditEvent.sequence).where(AuditEvent.book == book)
        assert sorted(session.scalars(asked)) == list(range(1, 33))
    assert found(database, world) == []


def test_the_trail_is_read_by_those_who_may_see_the_record(world, database, now):
    rights, relief = world.actor("rights"), world.actor("relief")
    with database.writing(rights) as session:
        lie = Lie(
            new_body(session, world, "rights", "shared", "relief"),
            new_body(session, world, "rights", "hidden"),
            world.workspace_id,
        )
        shared, hidden = session.get_one(Body, lie.shared), session.get_one(Body, lie.hidden)
    note(database, rights, f"body:{lie.shared}", [1, 2], lie.shared)
    note(database, rights, f"body:{lie.hidden}", [3], lie.hidden)
    with database.reading(relief) as session:
        entries = queries.trail(session, relief, shared)
        assert [(e.name, e.at) for e in entries] == [("tests.noted", now)] * 2
        assert [e.detail["number"] for e in entries] == [2, 1]
        with pytest.raises(NotFound):
            queries.trail(session, relief, hidden)
    with database.reading(rights) as session:
        assert len(queries.trail(session, rights, hidden)) == 1
    with database.reading(world.actor("donor")) as session, pytest.raises(NotFound):
        queries.trail(session, world.actor("donor"), shared)


# --- rows that are for ever ---------------------------------------------------------------------


def triggers(connection: Connection) -> dict[str, set[str]]:
    """table -> what its seals refuse."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(
            "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        )
        kinds = {
            (table, kind)
            for table, sql in rows
            for kind in ("UPDATE", "DELETE")
            if f"BEFORE {kind}" in sql and "RAISE(ABORT" in sql
        }
    else:
        rows = connection.exec_driver_sql(
            "SELECT c.relname, pg_get_triggerdef(t.oid) FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        )
        kinds = {
            (table, kind)
            for table, sql in rows
            for kind in ("UPDATE", "DELETE", "TRUNCATE")
            if f"BEFORE {kind}" in sql
        }
    found: dict[str, set[str]] = {}
    for table, kind in kinds:
        found.setdefault(table, set()).add(kind)
    return found


def test_every_table_of_acts_and_of_frozen_rows_is_sealed(engine):
    with engine.connect() as connection:
        sealed = triggers(connection)
        every = {"UPDATE", "DELETE"}
        every |= {"TRUNCATE"} if connection.dialect.name == "postgresql" else set()
    assert "audit_event" in FROZEN
    assert {table: sealed.get(table) for table in FROZEN} == dict.fromkeys(FROZEN, every)


@pytest.mark.parametrize("table", FROZEN)
def test_a_seal_covers_every_column_but_who_may_read(table, engine):
    """Words that may be erased have a trigger of their own, which lets nothing else pass."""
    with engine.connect() as connection:
        columns = {c["name"] for c in inspect(connection).get_columns(table)}
        assert (columns == SEALED[table]) == (table not in VERBATIM)
        columns &= SEALED[table]
        head = trigger_head(connection, f"seal_{table}_update")
        if table in acts.ERASABLE:
            head += trigger_head(connection, f"seal_{table}_erase")
    missing = {c for c in columns if c not in head.replace('"', " ").replace(",", " ").split()}
    assert missing <= acts.MUTABLE


def trigger_head(connection, name: str) -> str:
    """What a trigger is made for: its words before the table."""
    if connection.dialect.name == "sqlite":
        sql = "SELECT sql FROM sqlite_master WHERE name = ?"
        words = connection.exec_driver_sql(sql, (name,)).scalar_one()
    else:
        sql = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = %s"
        words = connection.exec_driver_sql(sql, (name,)).scalar_one()
    return str(words).split(" ON ", 1)[0] + " "


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET name = 'x'",
        "UPDATE audit_event SET sequence = sequence + 100",
        "DELETE FROM audit_event",
        "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event",
        "REPLACE INTO audit_event SELECT * FROM audit_event",
        "UPDATE OR REPLACE audit_event SET sequence = 1",
        "TRUNCATE audit_event CASCADE",
        "INSERT INTO audit_event SELECT * FROM audit_event"
        " ON CONFLICT (id) DO UPDATE SET name = ''",
    ],
)
def test_no_statement_changes_or_removes_a_row(statement, world, database, book, engine, tamper):
    if engine.dialect.name == "sqlite":
        if "TRUNCATE" in statement:
            pytest.skip("SQLite has no TRUNCATE")
        statement = statement.replace(
            "audit_event ON CONFLICT", "audit_event WHERE true ON CONFLICT"
        )
    elif "REPLACE" in statement:
        pytest.skip("PostgreSQL has no REPLACE")
    with engine.connect() as connection:
        with pytest.raises(DBAPIError):
            connection.exec_driver_sql(statement)
        connection.rollback()
    assert found(database, world) == []


@pytest.mark.only("postgres", "TRUNCATE as the owner of the tables")
def test_not_even_the_owner_truncates(world, database, book, database_url):
    owner: Any = create_engine(build.owner_url(database_url.rsplit("/", 1)[1]))
    with owner.connect() as connection, pytest.raises(DBAPIError, match="for ever"):
        connection.exec_driver_sql("TRUNCATE audit_event CASCADE")
    owner.dispose()
