"""What the guard is tried on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine

from advocacy.access import guard
from advocacy.app import create_app
from advocacy.config import Config
from advocacy.ground import clock, unit
from advocacy.web.db import db
from tests.secrecy import worlds
from tests.secrecy.shapes import HIDDEN, SHARED, Lie, new_body
from tests.secrecy.worlds import Made
from tests.streams import end_streams


@pytest.fixture
def lie(world, writing) -> Lie:
    with writing(world.actor("rights")) as session:
        return Lie(
            new_body(session, world, "rights", SHARED, "relief"),
            new_body(session, world, "rights", HIDDEN),
            world.workspace_id,
        )


@pytest.fixture
def fresh(template: str, copied: Callable[[str], str]) -> Callable[[], str]:
    """`fresh()`: the address of one more empty database."""
    return lambda: copied(template)


@pytest.fixture
def new_world(fresh: Any, tmp_path: Path) -> Iterator[Any]:
    """`new_world(hidden steps)`: a world and the application on it, seen after the deadline."""
    engines: list[Any] = []

    def make(hidden: list[worlds.Step]) -> tuple[Flask, Made]:
        url = fresh()
        engine = guard.install(unit.prepare(create_engine(url)))
        engines.append(engine)
        clock.freeze(worlds.NOW)
        made = worlds.build(unit.Database(engine), hidden)
        clock.freeze(worlds.AFTER)
        values = {
            "DATABASE_URL": url,
            "SECRET_KEY": "s" * 40,
            "DATA_DIR": str(tmp_path),
            "DEMO": "1",
        }
        app = create_app(Config.from_environment(values))
        app.config.update(PROPAGATE_DEFECTS=True, TESTING=True)
        with app.app_context():
            engines.append(db.engine)
        return app, made

    yield make
    end_streams()
    for engine in engines:
        engine.dispose()
