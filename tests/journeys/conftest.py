"""Fixtures of the journeys: one server with the demo in it, one browser, people with windows."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import build
from tests.journeys.person import Person
from tests.journeys.server import Server, serve

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Open = Callable[..., Person]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a journey."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(autouse=True)
def frozen_clock() -> None:
    """Journeys run on the server's own clock."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium: the one named by CHROMIUM, else the one on the path."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    program = program or shutil.which("chromium-browser")
    assert program, "Chromium is missing. Run: python -m tests.prepare"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The workspace on SQLite, as `make run` serves it."""
    with serve(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same on PostgreSQL, when a server is at hand (`python -m tests.postgres -- pytest …`)."""
    if "TEST_POSTGRES_ADMIN_URL" not in os.environ:
        pytest.skip("no PostgreSQL: run through `python -m tests.postgres --`")
    name = f"journey_{uuid4().hex[:12]}"
    build.create_database(name)
    settings = {"DATABASE_URL": build.app_url(name), "MIGRATE_URL": build.owner_url(name)}
    with serve(tmp_path_factory.mktemp("postgres"), settings) as running:
        yield running
    build.drop_database(name)


@pytest.fixture
def shots(request: pytest.FixtureRequest) -> Path | None:
    """Where screenshots go: a folder of this test in JOURNEY_SHOTS, if that is set."""
    if not os.environ.get("JOURNEY_SHOTS"):
        return None
    folder = Path(os.environ["JOURNEY_SHOTS"], request.node.name.replace("/", "-"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def window(browser: Browser, server: Server, shots: Path | None) -> Iterator[Open]:
    """`window(width=360, scripts=False)`: a person at a fresh window, not signed in."""
    opened: list[Person] = []

    def open_one(width: int = 1200, at: Server | None = None, **options: object) -> Person:
        base = (at or server).url
        person = Person.open(browser, base, width, shots=shots, **options)
        opened.append(person)
        return person

    yield open_one
    for person in opened:
        person.close()
