"""A process that writes acts until it is killed: `python -m tests.concurrency.writer url person`.

It prints the number of each act after, and only after, its transaction was committed.
"""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import create_engine, select

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.app import load_schemas
from advocacy.audit import actions as audit
from advocacy.audit.rules import Event
from advocacy.ground import unit
from advocacy.organisations.schema import Body
from advocacy.outbox.actions import enqueue

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BOOK = f"position:{UUID(int=7)}"


@dataclass(frozen=True)
class Counted(Event):
    NAME = "tests.counted"
    number: int


def write(database: unit.Database, actor: Actor, body_id: UUID) -> int:
    """Read a number, add one, write it down: row, event and mail are one fact."""
    with database.writing(actor) as session:
        body = session.scalars(select(Body).where(Body.id == body_id).with_for_update()).one()
        number = int(body.purpose or "0") + 1
        body.purpose = str(number)
        audit.record(session, actor, Counted(number=number), book=BOOK, about=body.id)
        enqueue(session, "tests.counted", {"number": number}, due_at=actor.now)
    return number


def main(url: str, organisation: str, body: str) -> None:
    load_schemas()
    database = unit.Database(guard.install(unit.prepare(create_engine(url))))
    actor = Actor(now=NOW, organisation_id=UUID(organisation))
    while True:
        sys.stdout.write(f"{write(database, actor, UUID(body))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
