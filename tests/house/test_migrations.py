"""Migrations lead to exactly what the code knows, up and down, empty and with data in it."""

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, func, inspect, select, text
from sqlalchemy import table as table_named

from advocacy.access import guard
from advocacy.app import load_schemas
from advocacy.demo import actions as demo
from advocacy.ground import acts, clock, unit
from advocacy.ground.base import Base
from tests import build
from tests.world import found


def _triggers(connection) -> set[str]:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    return {row[0] for row in connection.exec_driver_sql(query)}


def test_there_is_one_head():
    settings = build.alembic("sqlite://")
    assert len(ScriptDirectory.from_config(settings).get_heads()) == 1


def test_the_code_and_the_migrations_know_the_same_tables(database_url):
    command.check(build.alembic(build.owner_of(database_url)))


def test_every_row_that_is_for_ever_is_sealed_at_head(engine):
    load_schemas()
    classes = [mapper.class_ for mapper in Base.registry.mappers]
    frozen = {table.name for table in acts.frozen_tables(Base.metadata, classes)}
    with engine.connect() as connection:
        found_ones = _triggers(connection)
    for table in frozen:
        assert {f"seal_{table}_update", f"seal_{table}_delete"} <= found_ones
        if engine.dialect.name == "postgresql":
            assert f"seal_{table}_truncate" in found_ones


@pytest.mark.only("postgres", "row-level security is PostgreSQL's")
def test_every_protected_table_has_its_wall_at_head(engine):
    load_schemas()
    query = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
    with engine.connect() as connection:
        walled = {row[0] for row in connection.exec_driver_sql(query)}
    assert walled == set(guard.protected_tables())


@pytest.mark.parametrize("with_data", [False, True], ids=["empty", "with data"])
def test_down_and_up_again(database_url, with_data):
    if with_data:
        made = guard.install(unit.prepare(create_engine(database_url)))
        found(unit.Database(made))
        made.dispose()
    settings = build.alembic(build.owner_of(database_url))
    command.downgrade(settings, "base")
    engine = create_engine(build.owner_of(database_url))
    with engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
        assert not _triggers(connection)
    engine.dispose()
    command.upgrade(settings, "head")
    command.check(settings)


def _rows(url: str) -> dict[str, int]:
    """How many rows each table holds, as its owner sees them: behind no wall."""
    engine = create_engine(url)
    with engine.begin() as connection:
        names = [name for name in inspect(connection).get_table_names() if "search" not in name]
        if connection.dialect.name == "postgresql":
            for name in names:
                connection.exec_driver_sql(f'ALTER TABLE "{name}" NO FORCE ROW LEVEL SECURITY')
        counted = {
            name: connection.scalars(select(func.count()).select_from(table_named(name))).one()
            for name in names
        }
        connection.rollback()
    engine.dispose()
    return counted


def test_a_workspace_goes_back_one_step_and_forth_without_losing_a_row(database_url):
    """What the step before knew, with the demo in it, is there when the tables come to head."""
    made = guard.install(unit.prepare(create_engine(database_url)))
    demo.plant(unit.Database(made), now=clock.now())
    made.dispose()
    url = build.owner_of(database_url)
    settings = build.alembic(url)
    command.downgrade(settings, "-1")
    before = _rows(url)
    assert before["position"] > 5
    assert before["audit_event"] > 100
    command.upgrade(settings, "head")
    after = _rows(url)
    assert {name: after[name] for name in before} == before
    command.check(settings)


def test_a_record_that_was_watched_has_that_status_after_0006_and_is_active_again_before_it(
    database_url,
):
    """The mark stood beside the status; now it is one of them."""
    made = guard.install(unit.prepare(create_engine(database_url)))
    demo.plant(unit.Database(made), now=clock.now())
    made.dispose()
    settings = build.alembic(build.owner_of(database_url))
    command.downgrade(settings, "0005")
    (marked,) = _told(database_url, "SELECT threat_id FROM threat_nature")
    _told(database_url, "UPDATE threat_nature SET is_watched = true")
    _told(database_url, "UPDATE threat SET status = 'active'")

    def moved() -> list[object]:
        return _told(database_url, "SELECT id FROM threat WHERE status != 'active'")

    command.upgrade(settings, "head")
    assert moved() == [marked]
    assert _told(database_url, "SELECT status FROM threat WHERE id = :id", marked) == ["monitoring"]
    command.downgrade(settings, "0005")
    assert moved() == []
    _told(database_url, "UPDATE threat SET status = 'closed' WHERE id = :id", marked)
    command.upgrade(settings, "head")
    assert _told(database_url, "SELECT status FROM threat WHERE id = :id", marked) == ["closed"]


def _told(url: str, words: str, threat_id: object = None) -> list:
    """What the database says to somebody before whom no wall stands."""
    name = url.rpartition("/")[2]
    engine = create_engine(
        build.admin_url(name).replace("postgresql:", "postgresql+psycopg:")
        if url.startswith("postgresql")
        else url
    )
    with engine.begin() as connection:
        told = connection.execute(text(words), {"id": threat_id} if threat_id else {})
        found_ones = list(told.scalars()) if told.returns_rows else []
    engine.dispose()
    return found_ones
