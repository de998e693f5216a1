"""Processes that answer a round until they are killed, and tell of each answer once it stands."""

import os
import signal
import traceback
from itertools import cycle
from typing import NoReturn
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from advocacy.access.actor import Actor
from advocacy.ground.errors import Conflict
from advocacy.ground.unit import Database, is_worth_a_retry
from advocacy.signoff import queries
from tests.signoff import scene

KINDS = ("endorse", "decline", "abstain", "no-objection")
_BYTES = 16


def answer(database: Database, actor: Actor, round_id: UUID, kind: str) -> UUID:
    """One answer of the actor's organisation, on top of its last. Committed when it returns."""
    with database.writing(actor) as session:
        round_ = queries.round_of(session, actor, round_id)
        mine = queries.my_answer(session, actor, round_.id)
        after = mine.id if mine else None
        return scene.reply(session, actor, round_, kind, after=after, outside="named")


def run_until_killed(
    database: Database, actors: list[Actor], round_id: UUID, after: int
) -> set[UUID]:
    """Let everybody answer at once, each in a process; kill all of them after so many answers.

    The processes are copies of this one, which has everything compiled already: a start takes
    milliseconds. No connection is open when they are made, so they share none. Returns the answers
    that were told of.
    """
    database.engine.dispose()
    ours, theirs = os.pipe()
    group, pids = 0, []
    for actor in actors:
        pid = os.fork()
        if pid == 0:
            os.close(ours)
            os.setpgid(0, group)
            _sign(database, actor, round_id, theirs)
        os.setpgid(pid, group)
        group = group or pid
        pids.append(pid)
    os.close(theirs)
    told: set[UUID] = set()
    with os.fdopen(ours, "rb") as lines:
        while said := lines.read(_BYTES):
            told.add(UUID(bytes=said))
            if len(told) == after:
                os.killpg(group, signal.SIGKILL)
            # and read on: what they told before they died is acknowledged
    ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    assert ends == [-signal.SIGKILL] * len(pids), "a signer ended by itself"
    return told


def _sign(database: Database, actor: Actor, round_id: UUID, told: int) -> NoReturn:
    """Answer for ever. Told after, and only after, commit: so few bytes arrive whole or not."""
    try:
        for kind in cycle(KINDS):
            try:
                made = answer(database, actor, round_id, kind)
            except Conflict:
                continue
            except DBAPIError as error:
                if not is_worth_a_retry(error):
                    raise
                continue
            os.write(told, made.bytes)
    finally:
        traceback.print_exc()  # it answers until it is killed: there was a reason to stop
        os._exit(1)  # a copy must not go on with what the other does next
