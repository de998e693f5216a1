"""Power cuts and crowds: what was acknowledged is there, and nothing is there by half."""

import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from advocacy.access import guard
from advocacy.audit.queries import faults
from advocacy.audit.schema import AuditDetail, AuditEvent
from advocacy.organisations.schema import Body
from advocacy.outbox.schema import OutboxRow
from tests.concurrency.writer import BOOK, write
from tests.secrecy.shapes import new_body

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20


@pytest.fixture
def counter(world, database):
    with database.writing(world.actor("relief")) as session:
        return new_body(session, world, "relief", "A counter")


def state(database, world, counter) -> int:
    """The number reached, after checking that row, events and mails tell the same."""
    actor = world.actor("relief")
    with database.reading(actor) as session:
        number = int(session.get_one(Body, counter).purpose or "0")
        events = session.scalars(select(AuditEvent.sequence).where(AuditEvent.book == BOOK)).all()
        assert sorted(events) == list(range(1, number + 1))
        details = session.scalar(
            select(func.count())
            .select_from(AuditDetail)
            .join(AuditEvent, AuditEvent.id == AuditDetail.event_id)
            .where(AuditEvent.book == BOOK)
        )
        mails = session.scalar(
            select(func.count()).select_from(OutboxRow).where(OutboxRow.kind == "tests.counted")
        )
        assert details == mails == number
        with guard.system(session, guard.System.AUDIT_VERIFY):
            assert list(faults(session)) == []
    return number


def run_until_killed(url: str, world, counter, after: int) -> int:
    """Start a writer, kill it (signal 9) in the middle of its work; the last number it told."""
    words = [sys.executable, "-m", "tests.concurrency.writer"]
    words += [url, str(world.organisations["relief"]), str(counter)]
    told = 0
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            told = int(line)
            after -= 1
            if after <= 0:
                break
        process.kill()
        # What it had told before it died is acknowledged, also if nobody had read it yet.
        rest = [line for line in process.stdout if line.endswith("\n")]
        return int(rest[-1]) if rest else told


def test_no_acknowledged_write_is_lost_to_a_kill_and_none_is_there_by_half(
    request, world, database, database_url, counter
):
    url = database_url
    chance, reached = random.Random(7), 0
    for _ in range(KILLS // 3 if request.config.getoption("--db") == "postgres" else KILLS):
        told = run_until_killed(url, world, counter, chance.randint(1, 6))
        number = state(database, world, counter)
        # One more may have been committed than it lived to tell.
        assert told > reached
        assert number in {told, told + 1}
        reached = number


def test_eight_at_once_that_read_then_write_lose_nothing(world, database, counter):
    with ThreadPoolExecutor(8) as pool:
        done = pool.map(lambda _: write(database, world.actor("relief"), counter), range(80))
        assert sorted(done) == list(range(1, 81))
    assert state(database, world, counter) == 80


def test_a_reader_meanwhile_sees_whole_facts_only(world, database, counter):
    with ThreadPoolExecutor(4) as pool:
        writes = [pool.submit(write, database, world.actor("relief"), counter) for _ in range(40)]
        for _ in range(10):
            with database.reading(world.actor("relief")) as session:
                number = int(session.scalar(select(Body.purpose)) or "0")
                asked = select(func.count()).where(AuditEvent.book == BOOK)
                # PostgreSQL reads each statement anew: more may have come, never fewer.
                assert (session.scalar(asked) or 0) >= number
        for one in writes:
            one.result()
    assert state(database, world, counter) == 40
