"""The demo workspace, a copy for each test, and people of it at their browsers."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, make_url, text

from advocacy.access import guard
from advocacy.access.actor import anonymous
from advocacy.accounts import actions as accounts
from advocacy.app import create_app
from advocacy.config import Config
from advocacy.demo import actions as demo
from advocacy.ground import clock, unit
from advocacy.ground.base import Base
from advocacy.web.db import database
from tests import build
from tests.bad_input.forms import OF_ONE_SHAPE, OF_ONE_SHAPE_AGAIN, Form, crawl
from tests.browser import Browser
from tests.conftest import NOW

UNCOUNTED = {"attempt"}  # a failed sign-in is noted, and must be


@pytest.fixture(scope="session")
def planted_template(
    request: pytest.FixtureRequest, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A database with the demo in it, to copy from: a file's path, or a database's name."""
    is_sqlite = request.config.getoption("--db") == "sqlite"
    if is_sqlite:
        name = str(tmp_path_factory.mktemp("planted") / "planted.sqlite3")
        shutil.copyfile(template, name)
        url = f"sqlite:///{name}"
    else:
        name = f"planted_{uuid4().hex[:12]}"
        build.create_database(name, template=template)
        url = build.app_url(name)
    engine = guard.install(unit.prepare(create_engine(url)))
    demo.plant(unit.Database(engine), now=NOW)
    if is_sqlite:
        with engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    yield name
    if not is_sqlite:
        build.drop_database(name)


@pytest.fixture
def planted_url(planted_template: str, copied: Callable[[str], str]) -> str:
    """The address of a copy of it, for this test only."""
    return copied(planted_template)


def make_app(url: str, folder: Path) -> Flask:
    """The application as it runs for people: a defect becomes a page."""
    settings = {"DATABASE_URL": url, "SECRET_KEY": "x" * 40, "DATA_DIR": str(folder), "DEMO": "1"}
    return create_app(Config.from_environment(settings))


@pytest.fixture
def planted(planted_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(planted_url, tmp_path)
    yield app
    with app.app_context():
        database().engine.dispose()


@pytest.fixture
def overseer(planted_url: str) -> Iterator[Engine]:
    """Sees every row, whoever they belong to; tells what was written."""
    url = make_url(planted_url)
    if url.drivername != "sqlite":
        admin = os.environ["TEST_POSTGRES_ADMIN_URL"].format(database=url.database)
        url = make_url(admin)
    engine = create_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def rows(overseer: Engine) -> Callable[[], dict[str, int]]:
    """How many rows each table has."""

    names = [name for name in Base.metadata.tables if name not in UNCOUNTED]
    # One question: they are asked after each of some thousand tries.
    counted = ", ".join(f'(SELECT count(*) FROM "{name}")' for name in names)  # noqa: S608 - names of our own tables

    def count() -> dict[str, int]:
        with overseer.connect() as connection:
            found = connection.execute(text(f"SELECT {counted}")).one()
        return dict(zip(names, found, strict=True))

    return count


@pytest.fixture
def enter(planted: Flask, overseer: Engine) -> Callable[[str], Browser]:
    """`enter("sara")`: a browser signed in as that person of the demo; "" = nobody."""
    return lambda name="": sign_in(planted, overseer, name)


def sign_in(app: Flask, overseer: Engine, name: str) -> Browser:
    """A browser with a session of its own."""
    browser = Browser(app.test_client())
    if not name:
        return browser
    with overseer.connect() as connection:
        query = text("SELECT id FROM person WHERE email LIKE :name")
        found = connection.execute(query, {"name": f"{name}%"}).scalar_one()
    with app.app_context(), database().writing(anonymous(clock.now())) as session:
        token = accounts.begin(session, person=UUID(str(found)), now=clock.now())
    with browser.client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return browser


@pytest.fixture(scope="session")
def crawled() -> dict[str, list[Form]]:
    """What each person was found to reach: every copy of the demo has the same pages."""
    return {}


@pytest.fixture
def forms_of(
    crawled: dict[str, list[Form]], request: pytest.FixtureRequest
) -> Callable[[str, Browser], list[Form]]:
    """`forms_of("sara", browser)`: every form she can reach, with the token of her session."""
    is_again = request.config.getoption("--db") != "sqlite"

    def find(name: str, browser: Browser) -> list[Form]:
        if name not in crawled:
            crawled[name] = list(crawl(browser, OF_ONE_SHAPE_AGAIN if is_again else OF_ONE_SHAPE))
        token = next(crawl(browser)).fields["csrf_token"]
        return [
            form.having(csrf_token=token) if "csrf_token" in form.fields else form
            for form in crawled[name]
        ]

    return find
