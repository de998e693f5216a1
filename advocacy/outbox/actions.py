"""Queue work, and do what is due."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import anonymous
from advocacy.ground.base import new_id
from advocacy.ground.errors import Busy, DomainError
from advocacy.ground.unit import Database
from advocacy.outbox.schema import MOST_TRIES, OutboxRow

log = logging.getLogger(__name__)

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

    `note` runs once it has left, in the transaction that marks the row as done.
    """

    prepare: Kind
    note: Callable[[Session, dict[str, Any]], None]


kinds: dict[str, Kind | Issuing | Noting] = {}


def enqueue(session: Session, kind: str, payload: dict[str, Any], *, due_at: datetime) -> None:
    """Ask for `kind` to be done once this transaction is a fact. Payload: ids as text."""
    session.add(OutboxRow(id=new_id(), kind=kind, payload=payload, due_at=due_at))
    session.flush()


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
    fault, has_left = "", False
    try:
        deliver = _prepare(database, kinds[kind], payload, now=now)
        if deliver is not None:
            deliver()
            has_left = True
    except (OSError, SMTPException, DomainError, LookupError, ValueError) as error:
        fault = type(error).__name__
        # No mail server is a setting that `doctor` names, not news at each try.
        level = logging.DEBUG if isinstance(error, Busy) else logging.WARNING
        log.log(level, "outbox %s %s: %s", kind, row_id, fault)
    with database.writing(anonymous(now)) as session:
        row = session.get_one(OutboxRow, row_id)
        row.fault = fault
        row.done_at = None if fault else now
        doing = kinds.get(kind)
        if has_left and isinstance(doing, Noting):
            doing.note(session, payload)
    return 0 if fault else 1


def _prepare(
    database: Database, kind: Kind | Issuing | Noting, payload: dict[str, Any], *, now: datetime
) -> Callable[[], None] | None:
    """Run a kind in a transaction that has ended when this returns: no network inside one."""
    if isinstance(kind, Issuing):
        with database.writing(anonymous(now)) as session:
            return kind.prepare(session, payload)
    with database.reading(anonymous(now)) as session:
        return (kind.prepare if isinstance(kind, Noting) else kind)(session, payload)
