"""Read the trail of a record, and check the chains."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.access.schema import Protected
from advocacy.audit.rules import commitment, event_hash
from advocacy.audit.schema import AuditDetail, AuditEvent, AuditHead
from advocacy.ground.errors import NotFound


@dataclass(frozen=True)
class Entry:
    """One line of a trail."""

    at: datetime
    name: str
    person_id: UUID | None
    organisation_id: UUID | None
    detail: dict[str, Any]


def trail(session: Session, actor: Actor, record: Any) -> list[Entry]:
    """What happened to a record, newest first, for those who may see the record.

    Raises: NotFound when this reader does not see it.
    """
    table = type(record)
    if not isinstance(record, Protected):
        raise TypeError("a trail belongs to a protected record")
    if session.scalar(select(table.id).where(table.id == record.id)) is None:  # type: ignore[attr-defined]  # Keyed
        raise NotFound
    rows = session.execute(
        select(
            AuditEvent.at,
            AuditEvent.name,
            AuditEvent.person_id,
            AuditEvent.organisation_id,
            AuditDetail.detail,
        )
        .outerjoin(AuditDetail, AuditDetail.event_id == AuditEvent.id)
        .where(AuditEvent.about_id == record.id)  # type: ignore[attr-defined]  # Keyed
        .order_by(AuditEvent.at.desc(), AuditEvent.sequence.desc())
    )
    return [Entry(at, name, person, org, detail or {}) for at, name, person, org, detail in rows]


@dataclass(frozen=True)
class Fault:
    """Where a chain does not hold, and how."""

    book: str
    sequence: int
    what: str


def faults(session: Session) -> Iterator[Fault]:
    """Every place where the log is not as it was written: changed, removed or swapped rows."""
    heads = {head.book: head for head in session.scalars(select(AuditHead))}
    book, expected, previous = "", 1, ""
    rows = session.execute(
        select(AuditEvent, AuditDetail.salt, AuditDetail.detail)
        .outerjoin(AuditDetail, AuditDetail.event_id == AuditEvent.id)
        .order_by(AuditEvent.book, AuditEvent.sequence)
        .execution_options(yield_per=500)
    )
    for row, salt, detail in rows:
        if row.book != book:
            yield from _end(heads.pop(book, None), book, expected, previous)
            book, expected, previous = row.book, 1, ""
        for what in _wrong(row, salt, detail, expected, previous):
            yield Fault(book, row.sequence, what)
        expected, previous = row.sequence + 1, row.hash
    yield from _end(heads.pop(book, None), book, expected, previous)
    for head in heads.values():
        yield Fault(head.book, head.sequence, "removed-at-end")


def _end(head: AuditHead | None, book: str, expected: int, previous: str) -> Iterator[Fault]:
    if book and (head is None or (head.sequence, head.hash) != (expected - 1, previous)):
        yield Fault(book, expected - 1, "removed-at-end")


def _wrong(
    row: AuditEvent, salt: str | None, detail: Any, expected: int, previous: str
) -> Iterator[str]:
    if row.sequence != expected:
        yield "removed-before"
    elif row.previous_hash != previous:
        yield "chain-broken"
    again = event_hash(
        book=row.book,
        sequence=row.sequence,
        at=row.at,
        name=row.name,
        ids=(row.id, row.about_id, row.person_id, row.seat_id, row.organisation_id),
        commitment=row.commitment,
        previous=row.previous_hash,
    )
    if again != row.hash:
        yield "row-changed"
    if salt is not None and commitment(salt, detail) != row.commitment:
        yield "detail-changed"
