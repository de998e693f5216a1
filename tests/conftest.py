"""Fixtures every test may use: a database of one's own, sessions for an actor, a client."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor, anonymous
from advocacy.app import create_app
from advocacy.config import Config
from advocacy.ground import clock, unit
from advocacy.web.db import db
from tests import build
from tests.browser import Browser
from tests.compiled import share_compiled
from tests.left_open import refuse_left_open
from tests.reuse import Reused, Shelf, leave_out
from tests.streams import end_streams, forget_rooms
from tests.world import World, found

# Machines walk some hundred steps in the suite and thousands in `make proof`.
_CALM = {"deadline": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("suite", max_examples=15, stateful_step_count=25, **_CALM)
settings.register_profile("proof", max_examples=250, stateful_step_count=40, **_CALM)
settings.load_profile("suite")
share_compiled()

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", default="sqlite", choices=["sqlite", "postgres"])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that asks for no database has said all it can on SQLite. The longest begin first,
    so that nobody waits for one of them at the end."""
    if config.getoption("--db") == "postgres":
        config.hook.pytest_deselected(items=leave_out(items, "template"))
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    mark = item.get_closest_marker("only")
    if mark and mark.args[0] != item.config.getoption("--db"):
        pytest.skip(f"only on {mark.args[0]}: {mark.args[1]}")


@pytest.fixture(scope="session")
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated database to copy from: a file's path, or a PostgreSQL database's name."""
    if request.config.getoption("--db") == "sqlite":
        path = tmp_path_factory.mktemp("template") / "template.sqlite3"
        build.migrate(f"sqlite:///{path}")
        return str(path)
    name = f"template_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{uuid4().hex[:6]}"
    build.create_database(name)
    build.migrate(build.owner_url(name))
    return name


@pytest.fixture(scope="session")
def peopled(
    request: pytest.FixtureRequest, template: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, World]:
    """The template with Testland in it, founded once: what each test of people copies."""
    if request.config.getoption("--db") == "sqlite":
        source = str(tmp_path_factory.mktemp("peopled") / "template.sqlite3")
        shutil.copyfile(template, source)
        url = f"sqlite:///{source}"
    else:
        source = f"peopled_{uuid4().hex[:12]}"
        build.create_database(source, template=template)
        url = build.app_url(source)
    made = guard.install(unit.prepare(create_engine(url)))
    world = found(unit.Database(made))
    with made.connect() as connection:
        if made.dialect.name == "sqlite":  # the copy takes the file, not what is beside it
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
    made.dispose()
    return source, world


@pytest.fixture(scope="session")
def shelf() -> Iterator[Shelf]:
    """PostgreSQL databases that wait for the next test."""
    made = Shelf()
    yield made
    made.clear()


@pytest.fixture
def copied(
    request: pytest.FixtureRequest, shelf: Shelf, tmp_path: Path
) -> Iterator[Callable[[str], str]]:
    """`copied(template)`: the address of one more copy of it, for this test only."""
    taken: list[Reused] = []

    def copy(template: str) -> str:
        if request.config.getoption("--db") == "sqlite":
            path = tmp_path / f"{uuid4().hex}.sqlite3"
            return f"sqlite:///{shutil.copyfile(template, path)}"
        taken.append(shelf.take(template))
        return build.app_url(taken[-1].name)

    yield copy
    forget_rooms()
    for one in taken:
        shelf.put_back(one)


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest, template: str, copied: Callable[[str], str]
) -> str:
    """The address of a fresh copy of the template, for this test only."""
    if "world" in request.fixturenames:
        template = request.getfixturevalue("peopled")[0]
    return copied(template)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = guard.install(unit.prepare(create_engine(database_url)))
    yield made
    made.dispose()


@pytest.fixture
def database(engine: Engine) -> unit.Database:
    return unit.Database(engine)


@pytest.fixture(autouse=True)
def frozen_clock() -> Iterator[datetime]:
    """Time stands at NOW unless a test moves it; no test leaves an application behind."""
    clock.freeze(NOW)
    yield NOW
    clock.freeze(None)
    refuse_left_open()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def session(database: unit.Database) -> Iterator[Session]:
    """A writing session without an actor's power, for tests below any organisation."""
    with database.writing(anonymous(NOW)) as opened:
        yield opened


@pytest.fixture
def writing(database: unit.Database) -> Callable[[Actor], AbstractContextManager[Session]]:
    """`with writing(actor) as session:` one committed transaction."""
    return database.writing


@pytest.fixture
def reading(database: unit.Database) -> Callable[[Actor], AbstractContextManager[Session]]:
    return database.reading


@pytest.fixture
def world(database: unit.Database, peopled: tuple[str, World]) -> World:
    """Testland with its organisations and one person each (see tests/world.py)."""
    return deepcopy(peopled[1])


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on this test's database."""
    settings = Config.from_environment(
        {
            "DATABASE_URL": database_url,
            "SECRET_KEY": "a secret of tests, long enough for them",
            "DATA_DIR": str(tmp_path / "data"),
            "DEMO": "1",
        }
    )
    made = create_app(settings)
    made.config.update(PROPAGATE_DEFECTS=True, TESTING=True)
    yield made
    end_streams()
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask, database: unit.Database, world: World) -> Callable[[str], Browser]:
    """`client("relief")`: a browser signed in as that organisation's person; "" = nobody."""
    return lambda key="": Browser.open(app, database, world, key)
