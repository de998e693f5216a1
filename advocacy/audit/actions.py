"""Write an event, in the transaction of the act it tells of."""

from collections.abc import Callable
from secrets import token_hex
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.audit.rules import Event, commitment, event_hash
from advocacy.audit.schema import AuditDetail, AuditEvent, AuditHead
from advocacy.ground.base import new_id

# What else becomes part of the act: event name -> what is done beside it, in its transaction.
# Handed in by app.py, so that a lower room need not know the rooms that follow its acts.
followers: dict[str, Callable[[Session, Actor, Event, UUID], None]] = {}


def record(session: Session, actor: Actor, event: Event, *, book: str, about: UUID) -> None:
    """Append `event` to `book` (`kind:uuid`). `about` is the record whose readers may see it."""
    _one_at_a_time(session, book)
    head = session.get(AuditHead, book) or AuditHead(book=book, sequence=0, hash="")
    sequence, previous = head.sequence + 1, head.hash
    detail, salt = event.detail(), token_hex(16)
    promised = commitment(salt, detail)
    row_id = new_id()
    row = AuditEvent(
        id=row_id,
        book=book,
        sequence=sequence,
        at=actor.now,
        name=event.NAME,
        about_id=about,
        person_id=actor.person_id,
        seat_id=actor.seat_id,
        organisation_id=actor.organisation_id,
        commitment=promised,
        previous_hash=previous,
        hash=event_hash(
            book=book,
            sequence=sequence,
            at=actor.now,
            name=event.NAME,
            ids=(row_id, about, actor.person_id, actor.seat_id, actor.organisation_id),
            commitment=promised,
            previous=previous,
        ),
    )
    head.sequence, head.hash = sequence, row.hash
    session.add_all((row, head))
    session.flush()
    session.add(AuditDetail(event_id=row_id, salt=salt, detail=detail))
    session.flush()
    if event.NAME in followers:
        followers[event.NAME](session, actor, event, about)


def _one_at_a_time(session: Session, book: str) -> None:
    """Two writers of one book on PostgreSQL wait for each other (SQLite has one writer)."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(book, 0))))
