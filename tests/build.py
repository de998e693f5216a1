"""Make databases for tests: build a template once, copy it for each test."""

import os

from sqlalchemy import create_engine

from advocacy.access import guard
from advocacy.app import load_schemas
from advocacy.ground import acts, unit
from advocacy.ground.base import Base


def migrate(url: str) -> None:
    """Bring an empty database to head."""
    load_schemas()
    engine = unit.prepare(create_engine(url))
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        classes = [mapper.class_ for mapper in Base.registry.mappers]
        for table in acts.frozen_tables(Base.metadata, classes):
            acts.seal(connection, table.name, [column.name for column in table.columns])
        guard.wall(connection, sorted(guard.protected_tables()))
        if engine.dialect.name == "postgresql":
            rights = "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public"
            connection.exec_driver_sql(f"{rights} TO advocacy_app")
            numbers = "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public"
            connection.exec_driver_sql(f"{numbers} TO advocacy_app")
    engine.dispose()


def _admin(statement: str) -> None:
    engine = create_engine(
        os.environ["TEST_POSTGRES_ADMIN_URL"].format(database="postgres"),
        isolation_level="AUTOCOMMIT",
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def create_database(name: str, template: str = "template0") -> None:
    _admin(f'CREATE DATABASE "{name}" OWNER advocacy_owner TEMPLATE "{template}"')


def drop_database(name: str) -> None:
    _admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def owner_url(name: str) -> str:
    return os.environ["TEST_POSTGRES_OWNER_URL"].format(database=name)


def app_url(name: str) -> str:
    return os.environ["TEST_POSTGRES_APP_URL"].format(database=name)
