"""Make databases for tests: migrate a template once, copy it for each test."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

ROOT = Path(__file__).resolve().parent.parent


def alembic(url: str) -> Config:
    """Alembic's settings for one database of the tests."""
    settings = Config()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    role = "advocacy_app" if urlsplit(url).scheme.startswith("postgresql") else ""
    settings.attributes.update(url=url, role=role)
    return settings


def migrate(url: str) -> None:
    """Bring a database to head with the project's own migrations."""
    command.upgrade(alembic(url), "head")


def _admin(statement: str) -> None:
    url = os.environ["TEST_POSTGRES_ADMIN_URL"].format(database="postgres")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def create_database(name: str, template: str = "template0") -> None:
    _admin(f'CREATE DATABASE "{name}" OWNER advocacy_owner TEMPLATE "{template}"')


def drop_database(name: str) -> None:
    _admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def admin_url(name: str) -> str:
    """As psycopg reads it."""
    url = os.environ["TEST_POSTGRES_ADMIN_URL"].format(database=name)
    return url.replace("+psycopg", "")


def owner_url(name: str) -> str:
    return os.environ["TEST_POSTGRES_OWNER_URL"].format(database=name)


def owner_of(url: str) -> str:
    """The address by which the owner of the tables opens a test's database."""
    return owner_url(url.rpartition("/")[2]) if url.startswith("postgresql") else url


def app_url(name: str) -> str:
    return os.environ["TEST_POSTGRES_APP_URL"].format(database=name)
