"""Queue work, and do what is due."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import anonymous
from advocacy.formats.smtp import Fault, Unreachable
from advocacy.ground.base import new_id
from advocacy.ground.errors import DomainError
from advocacy.ground.unit import Database
from advocacy.outbox.schema import MOST_TRIES, OutboxRow

log = logging.getLogger(__name__)

_SHUT_AGAIN = timedelta(minutes=15)
"""A server that is shut to us is asked again after this, for as long as the mail makes sense."""

# What prepares one row for sending, with a session of its own; returns what does it (no database).
Kind = Callable[[Session, dict[str, Any]], Callable[[], None] | None]


@dataclass(frozen=True)
class Issuing:
    """A kind that issues something while it prepares, such as the token of a link.

    Its session writes and is committed before anything leaves. A row that is tried again issues
    again: a second token must do no harm, or end the first.
    """

    prepare: Kind


@dataclass(frozen=True)
class Noting:
    """A kind whose leaving is a fact of its own, such as that an ask was delivered.

    `note` runs once it has left, in the transaction that marks the row as done. `lost` runs when
    the other side refused it for good, at once or by a mail that came back: it is not tried again.
    """

    prepare: Kind
    note: Callable[[Session, dict[str, Any]], None]
    lost: Callable[[Session, dict[str, Any]], None]


@dataclass(frozen=True)
class Sweep:
    """Work that no act queued: time alone made it due.

    `is_due` only reads. `queue` works out again what is due and puts it in the outbox; it does so
    once however many workers look, so each row it writes names what it is for under a UNIQUE.
    """

    is_due: Callable[[Session], bool]
    queue: Callable[[Session], int]


class Refused(Exception):
    """The other side will never take this from us, for this address."""


class Later(Exception):
    """Not now: the work is due again at `at`, and this look costs it no try."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


_row: ContextVar[UUID | None] = ContextVar("outbox_row", default=None)


def row_now() -> UUID | None:
    """The row whose work is leaving now. A mail takes its id from it: sent twice, because the
    process died before it could say so, it is one mail to the program that shows it."""
    return _row.get()


@contextmanager
def _as_row(row_id: UUID) -> Iterator[None]:
    before = _row.set(row_id)
    try:
        yield
    finally:
        _row.reset(before)


kinds: dict[str, Kind | Issuing | Noting] = {}
sweeps: dict[str, Sweep] = {}


def enqueue(session: Session, kind: str, payload: dict[str, Any], *, due_at: datetime) -> None:
    """Ask for `kind` to be done once this transaction is a fact. Payload: ids as text."""
    session.add(OutboxRow(id=new_id(), kind=kind, payload=payload, due_at=due_at))
    session.flush()


def sweep(database: Database, *, now: datetime) -> int:
    """Queue what time made due; returns how much. A look that finds nothing takes no lock."""
    queued = 0
    for work in sweeps.values():
        with database.reading(anonymous(now)) as session:
            is_due = work.is_due(session)
        if is_due:
            with database.writing(anonymous(now)) as session:
                queued += work.queue(session)
    return queued


def come_back(session: Session, row_id: UUID) -> bool:
    """Take note that what this row sent came back for good; False where that tells us nothing.

    For the reader of bounces, whose session acts for nobody.
    """
    row = session.get(OutboxRow, row_id)
    doing = kinds.get(row.kind) if row else None
    if row is None or not isinstance(doing, Noting):
        return False
    doing.lost(session, row.payload)
    return True


def try_again(session: Session, *, now: datetime) -> int:
    """Make everything that waits due now, with all its tries; returns how much. For whoever has
    just mended the mail server."""
    rows = session.scalars(select(OutboxRow).where(OutboxRow.done_at.is_(None))).all()
    for row in rows:
        row.due_at, row.tries = min(row.due_at, now), 0
    return len(rows)


def drain(database: Database, *, now: datetime, most: int = 50) -> int:
    """Do what is due, one row at a time; returns how many were done."""
    done = 0
    for _ in range(most):
        row_id = _claim(database, now=now)
        if row_id is None:
            break
        done += _do(database, row_id, now=now)
    return done


def _claim(database: Database, *, now: datetime) -> UUID | None:
    """Take one due row and move its next try away, so that a crash costs a delay, not a row."""
    with database.writing(anonymous(now)) as session:
        row = session.scalars(
            select(OutboxRow)
            .where(OutboxRow.done_at.is_(None), OutboxRow.due_at <= now)
            .where(OutboxRow.tries < MOST_TRIES)
            .order_by(OutboxRow.due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if row is None:
            return None
        row.tries += 1
        row.due_at = now + timedelta(minutes=2**row.tries)
        return row.id


def _do(database: Database, row_id: UUID, *, now: datetime) -> int:
    with database.reading(anonymous(now)) as session:
        row = session.get_one(OutboxRow, row_id)
        kind, payload = row.kind, row.payload
    fault, has_left, is_lost, again_at = "", False, False, None
    try:
        deliver = _prepare(database, kinds[kind], payload, now=now)
        if deliver is not None:
            with _as_row(row_id):
                deliver()
            has_left = True
    except Refused:
        is_lost = True
    except Later as later:
        again_at = later.at
    except Unreachable as error:
        fault, again_at = str(error.fault), now + _SHUT_AGAIN
        # No mail server is a setting that `doctor` names, not news at each try.
        level = logging.DEBUG if error.fault == Fault.UNSET else logging.WARNING
        log.log(level, "outbox %s: the mail server is shut to us: %s", row_id, fault)
    except (OSError, SMTPException, DomainError, LookupError, ValueError) as error:
        fault = type(error).__name__
        log.warning("outbox %s %s: %s", kind, row_id, fault)
    with database.writing(anonymous(now)) as session:
        row = session.get_one(OutboxRow, row_id)
        row.fault = fault
        row.done_at = None if fault or again_at else now
        if again_at:
            row.due_at, row.tries = again_at, row.tries - 1
        doing = kinds.get(kind)
        if isinstance(doing, Noting) and (has_left or is_lost):
            (doing.note if has_left else doing.lost)(session, payload)
    return 0 if fault or again_at else 1


def _prepare(
    database: Database, kind: Kind | Issuing | Noting, payload: dict[str, Any], *, now: datetime
) -> Callable[[], None] | None:
    """Run a kind in a transaction that has ended when this returns: no network inside one."""
    if isinstance(kind, Issuing):
        with database.writing(anonymous(now)) as session:
            return kind.prepare(session, payload)
    with database.reading(anonymous(now)) as session:
        return (kind.prepare if isinstance(kind, Noting) else kind)(session, payload)
