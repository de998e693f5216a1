"""Fifty people at one round, and a machine that dies in the middle: nothing told is lost."""

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from sqlalchemy import create_engine, func, select

from advocacy.access import guard
from advocacy.audit.queries import faults
from advocacy.audit.schema import AuditDetail, AuditEvent
from advocacy.ground import clock, unit
from advocacy.outbox.schema import OutboxRow
from advocacy.signoff.schema import Answer
from tests import build, postgres, world
from tests.bench.figures import Figure
from tests.bench.stage import Stage
from tests.concurrency import crowd
from tests.concurrency.signer import KINDS, answer, run_until_killed
from tests.signoff import scene

TURNS, KILLS, ANSWERS, MOST_SECONDS = 20, 200, 2_000, 400
NOUGHT = "none of them lost, two at once, on a wrong version, or half-written"


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="crowd-") as folder:
        url = f"sqlite:///{Path(folder) / 'crowd.sqlite3'}"
        build.migrate(url)
        yield url


@contextmanager
def _postgres() -> Iterator[str]:
    """A server that keeps its promises: a kill must not be excused by a switch of the tests."""
    before = dict(os.environ)
    with postgres.throwaway(postgres.MANY) as server:
        os.environ.update(server.environment())
        try:
            build.create_database("crowd")
            build.migrate(build.owner_url("crowd"))
            yield build.app_url("crowd")
        finally:
            os.environ.clear()
            os.environ.update(before)


@contextmanager
def settled(url: str) -> Iterator[tuple[unit.Database, world.World]]:
    engine = guard.install(unit.prepare(create_engine(url, pool_size=60)))
    clock.freeze(world.NOW)
    try:
        database = unit.Database(engine)
        yield database, world.found(database)
    finally:
        clock.freeze(None)
        engine.dispose()


PLACES = {"SQLite": _sqlite, "PostgreSQL": _postgres}


def answers(_stage: Stage) -> list[Figure]:
    """Fifty people of ten organisations answer; the coordinator extends, closes, opens again."""
    figures = []
    for name, place in PLACES.items():
        with place() as url, settled(url) as (database, town):
            made = crowd.gather(database, town, 10, 5)
            spent = crowd.run(made, turns=TURNS)
            found = crowd.verify(made)
        note = ", ".join(f"{what} {number}" for what, number in found.items())
        said = f"{spent:.0f} s; {note}; {NOUGHT}"
        figures.append(
            Figure(f"answers: {name}, acknowledged", found["acknowledged"], "", 100, note=said)
        )
    return figures


def killed(_stage: Stage) -> list[Figure]:
    """Four signers answer at once; all are killed (signal 9), again and again."""
    figures = []
    for name, place in PLACES.items():
        with place() as url, settled(url) as (database, town):
            kills, told, spent = _kill(database, town)
        said = f"{told:,} answers told in {spent:.0f} s; {NOUGHT}; the chain is whole"
        figures.append(Figure(f"killed: {name}, kills", kills, "", KILLS, note=said))
    return figures


def _kill(database: unit.Database, town: world.World) -> tuple[int, int, float]:
    lead, keys = town.actor("relief"), ("relief", "legal", "women", "rights")
    made = scene.frozen(database, town)
    with database.writing(lead) as session:
        round_id = made.open_round(session, lead, scene.ids(town, *keys))
    actors, begun, kills = [town.actor(key) for key in keys], time.monotonic(), 0
    # Each once in this process: what follows has every statement compiled.
    told = {answer(database, one, round_id, kind) for kind in KINDS for one in actors}
    chance, most = random.Random(7), 2 * ANSWERS // KILLS
    while kills < KILLS and time.monotonic() - begun < MOST_SECONDS:
        told |= run_until_killed(database, actors, round_id, chance.randint(1, most))
        kills += 1
        _wait_for_the_server(database)
        verify(database, town, round_id, told, kills * len(actors))
    return kills, len(told), time.monotonic() - begun


def _wait_for_the_server(database: unit.Database) -> None:
    """PostgreSQL notices a moment later that whom it works for is gone."""
    mine = "SELECT count(*) FROM pg_stat_activity WHERE usename = current_user"
    while not database.is_sqlite:
        with database.engine.connect() as connection:
            if connection.exec_driver_sql(mine).scalar() == 1:
                return
        time.sleep(0.01)


def verify(
    database: unit.Database, town: world.World, round_id: UUID, told: set[UUID], untold: int
) -> None:
    """What must hold after each kill, with so many answers at most that nobody was told of.

    Raises AssertionError, in words.
    """
    reading = database.reading(town.actor("relief"))
    with reading as session, guard.system(session, guard.System.AUDIT_VERIFY):
        its = Answer.__table__.c
        kept = session.execute(
            select(its.id, its.previous_id, its.kind).where(its.round_id == round_id)
        ).all()
        mine = (AuditEvent.book == f"round:{round_id}", AuditEvent.name == "signoff.answered")
        events = set(session.scalars(select(AuditEvent.about_id).where(*mine)))
        details = session.scalar(
            select(func.count()).select_from(AuditDetail)
            .join(AuditEvent, AuditEvent.id == AuditDetail.event_id).where(*mine)
        )  # fmt: skip
        mails = session.scalar(
            select(func.count()).select_from(OutboxRow)
            .where(OutboxRow.kind == "rounds.answered")
        )  # fmt: skip
        assert not list(faults(session)), "the chain of the log is broken"
    ids = {row.id for row in kept}
    followed = [row.previous_id for row in kept if row.previous_id]
    assert told <= ids, "an acknowledged answer is lost"
    assert len(ids) <= len(told) + untold, "more than one unacknowledged answer a signer"
    assert ids == events, "an answer without its event, or an event without its answer"
    assert details == len(ids), "an event without its detail"
    assert mails == sum(row.kind == "endorse" for row in kept), "an answer without its receipt"
    assert len(followed) == len(set(followed)), "two current rows"


CASES: dict[str, Callable[[Stage], list[Figure]]] = {"answers": answers, "killed": killed}
