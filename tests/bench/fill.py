"""Fills the lists of the demo so that a page is full: `python -m tests.bench.fill`.

Reads the same settings as the server beside it. A list of fifty rows costs what it costs; one of
twelve would flatter us.
"""

from dataclasses import replace

from sqlalchemy import select

from advocacy.access import guard
from advocacy.access.actor import Actor, anonymous
from advocacy.accounts.schema import Person
from advocacy.app import create_app
from advocacy.config import Config
from advocacy.ground import clock, unit
from advocacy.organisations.queries import actor_for, workspaces
from advocacy.reference import queries as reference
from advocacy.threats import actions as threats
from advocacy.threats.rows import Entry, Sharing
from advocacy.web.db import database

THREATS = 60


def _actor(data: unit.Database, name: str) -> Actor:
    now = clock.now()
    with data.reading(anonymous(now)) as session, guard.system(session, guard.System.COMMAND):
        person = session.scalars(select(Person).where(Person.email.startswith(name))).one()
        actor, _ways = actor_for(
            session, person_id=person.id, name=person.name, holding_id=None, now=now
        )
    return actor


def _threats(data: unit.Database) -> None:
    actor = _actor(data, "layla")
    with data.reading(actor) as session:
        space = workspaces(session, actor)[0]
        areas = [area.id for area in reference.areas(session, "TST")]
    entry = Entry(risk_code="PR12", title="", summary="Families are told to leave in three days.")
    for number in range(THREATS):
        with data.writing(actor) as session:
            threats.report(
                session,
                actor,
                workspace_id=space.id,
                entry=replace(
                    entry,
                    title=f"Police clear settlement {number + 1} without a hearing",
                    area_id=areas[number % len(areas)],
                    severity=1 + number % 5,
                    sensitivity=2,
                ),
                sharing=Sharing(level="members"),
            )


def main() -> None:
    """Fill what is measured."""
    with create_app(Config.from_environment()).app_context():
        _threats(database())


if __name__ == "__main__":
    main()
