"""What every address answers to whom: `python -m tests.house.routes` writes routes.txt anew.

One line per endpoint and method: endpoint, method, rule, door, and the status that anonymous, a
stranger (signed in, in no workspace) and a donor get for a record that does not exist. A POST is
sent without its form token, so it must never get further than the gate. Read the difference
before committing it: a new public door, or a 200 where a 404 was, is a decision.
"""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import create_engine
from werkzeug.routing import Rule

from advocacy.access import guard
from advocacy.app import create_app
from advocacy.config import Config
from advocacy.ground import clock, unit
from advocacy.web import gate
from tests import build
from tests.browser import Browser
from tests.world import NOW, World, found, make_organisation, refresh

FILE = Path(__file__).with_name("routes.txt")
VIEWERS = ("", "stranger", "donor")
ABSENT = UUID(int=0xABCDEF)
# What stands in an address where its name says more than its type.
VALUES = {"workspace_slug": "testland", "code": "fr", "filename": "css/base.css", "token": "spent"}
COLUMNS = ("endpoint", "method", "rule", "door", "anonymous", "stranger", "donor")


def rules(app: Flask) -> list[Rule]:
    """Every rule, in a fixed order."""
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule))


def methods(rule: Rule) -> list[str]:
    """The methods a door was written for."""
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def address(app: Flask, rule: Rule, **known: Any) -> str:
    """An address of this rule, for a record that is absent unless it is named in `known`."""
    values = {**VALUES, **known}
    arguments = {
        name: values.get(name, ABSENT if "UUID" in type(kind).__name__ else _other(kind))
        for name, kind in rule._converters.items()
    }
    with app.test_request_context():
        return app.url_for(rule.endpoint, **arguments)


def _other(kind: Any) -> Any:
    return 1 if "Integer" in type(kind).__name__ else getattr(kind, "items", ["absent"])[0]


def with_stranger(database: unit.Database, world: World) -> World:
    """The world, and an organisation in it that is in no workspace."""
    with database.writing(world.actors["cluster"]) as session:
        make_organisation(session, world, "stranger", "Passing By", "ngo")
    refresh(database, world)
    return world


def lines(app: Flask, database: unit.Database, world: World) -> list[str]:
    """routes.txt as it should be."""
    said = []
    for rule in rules(app):
        door = "public" if rule.endpoint in gate.OPEN else "session"
        for method in methods(rule):
            path = address(app, rule)
            statuses = []
            for viewer in VIEWERS:
                # A visit of its own each: some addresses end the session.
                client = Browser.open(app, database, world, viewer).client
                with client.open(path, method=method) as answer:
                    statuses.append(str(answer.status_code))
            said.append(" ".join([rule.endpoint, method, rule.rule, door, *statuses]))
    return said


def main() -> None:
    """Build Testland in a throwaway file and write what it answers."""
    clock.freeze(NOW)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/routes.sqlite3"
        build.migrate(url)
        settings = {"DATABASE_URL": url, "SECRET_KEY": "s" * 40, "DATA_DIR": folder, "DEMO": "1"}
        app = create_app(Config.from_environment(settings))
        engine = guard.install(unit.prepare(create_engine(url)))
        database = unit.Database(engine)
        world = with_stranger(database, found(database))
        FILE.write_text("\n".join([" ".join(COLUMNS), *lines(app, database, world), ""]))
        engine.dispose()


if __name__ == "__main__":
    main()
