"""The document as this process knows it, brought up to date from the tables."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from pycrdt import Doc, merge_updates
from sqlalchemy import URL, bindparam, select, tuple_
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.live import rules
from advocacy.live.rows import ROOMS, Room, Row, Wrote
from advocacy.live.schema import Snapshot, Update
from advocacy.text.shape import Words, made_of

Seed = Callable[[], Iterable[Words]]
"""The clauses of a draft that has no document yet."""

_update, _snapshot = Update.__table__, Snapshot.__table__
_SINCE = (
    select(_update.c.sequence, _update.c.payload, _update.c.organisation_id, _update.c.at)
    .where(
        _update.c.document_id == bindparam("document"),
        _update.c.sequence > bindparam("since"),
        guard.readers(_update.c.audience_id),
    )
    .order_by(_update.c.sequence)
)
_SINCE_SOME = _SINCE.limit(rules.MOST_ROWS + 1)
_WHOLE = select(_snapshot.c.sequence, _snapshot.c.state).where(
    _snapshot.c.document_id == bindparam("document"), guard.readers(_snapshot.c.audience_id)
)
_STORED = select(_update.c.sequence).where(
    _update.c.document_id == bindparam("document"),
    _update.c.key == bindparam("key"),
    guard.readers(_update.c.audience_id),
)


@lru_cache(maxsize=64)
def named(url: URL) -> str:
    """A database by its address."""
    return str(url)


def database_of(session: Session) -> str:
    """Which database this is: rooms of two are not mixed."""
    return named(session.get_bind().engine.url)


def last(document: Any) -> Any:
    """SQL: the number of the last step of a document, for a statement that has its table."""
    return (
        select(_update.c.sequence)
        .where(_update.c.document_id == document, guard.readers(_update.c.audience_id))
        .order_by(_update.c.sequence.desc())
        .limit(1)
        .correlate(document.table)
        .scalar_subquery()
    )


def kept(document: Any) -> Any:
    """SQL: the number of the step that a document's snapshot was made at; as `last`."""
    return (
        select(_snapshot.c.sequence)
        .where(_snapshot.c.document_id == document, guard.readers(_snapshot.c.audience_id))
        .correlate(document.table)
        .scalar_subquery()
    )


def room(session: Session, document_id: UUID) -> Room:
    """The room of a draft in this process."""
    return ROOMS.of(database_of(session), document_id)


def room_at(database: str, document_id: UUID) -> Room:
    """The same, for who has no session open."""
    return ROOMS.of(database, document_id)


def bring_up_to_date(
    session: Session, actor: Actor, room: Room, seed: Seed, *, last: int | None = None
) -> Doc[Any]:
    """The document with every row that this session sees. The room's lock is held by the caller.

    A draft that was never written in together begins with its clauses, see `made_of`.
    last: the number of its last row, where that is known for sure.
    """
    if room.doc is not None and last is not None and room.sequence == last:
        room.clean()
        return room.doc
    doc = room.doc
    if doc is None:
        doc = Doc()
        whole = guard.ask(session, actor, _WHOLE, document=room.document_id).first()
        if whole is not None:
            doc.apply_update(whole.state)
        room.begin(doc, whole.sequence if whole is not None else 0)
    values = {"document": room.document_id, "since": room.sequence}
    for row in guard.ask(session, actor, _SINCE, **values):
        room.clean()
        doc.apply_update(bytes(row.payload))
        room.sequence = row.sequence
        if row.sequence > 1:  # what it began with is nobody's writing
            room.note(row.sequence, row.organisation_id, row.at)
    if room.sequence == 0:
        room.genesis = made_of(seed())
        doc.apply_update(room.genesis)
    room.clean()
    return doc


_PATIENCE = 1.0


def newer(
    session: Session, actor: Actor, document_id: UUID, number: int, seed: Seed
) -> dict[UUID, Wrote]:
    """The clauses that were written in after a step, as they read now.

    Who writes keeps the room until the commit, and may wait there for what this reader holds:
    after a second the reader makes a copy of its own.
    """
    found = room(session, document_id)
    if not found.lock.acquire(timeout=_PATIENCE):
        found = Room(document_id)
        found.lock.acquire()
    try:
        bring_up_to_date(session, actor, found, seed)
        return found.newer(number)
    finally:
        found.lock.release()


def state(session: Session, actor: Actor, document_id: UUID, seed: Seed) -> tuple[bytes, int]:
    """The whole as one update, and the number of its last row."""
    found = room(session, document_id)
    with found.lock:
        doc = bring_up_to_date(session, actor, found, seed)
        return doc.get_update(), found.sequence


def since(session: Session, actor: Actor, document_id: UUID, number: int) -> list[Row]:
    """Every row after this number."""
    rows = guard.ask(session, actor, _SINCE, document=document_id, since=number)
    return [(row.sequence, bytes(row.payload)) for row in rows]


def since_some(session: Session, actor: Actor, document_id: UUID, number: int) -> list[Row] | None:
    """The same; None where they are too many to be told one by one."""
    rows = guard.ask(session, actor, _SINCE_SOME, document=document_id, since=number).all()
    if len(rows) > rules.MOST_ROWS:
        return None
    return [(row.sequence, bytes(row.payload)) for row in rows]


def stored(session: Session, actor: Actor, document_id: UUID, key: str) -> int | None:
    """The number under which something was stored with this key."""
    found = guard.ask(session, actor, _STORED, document=document_id, key=key).first()
    return None if found is None else int(found.sequence)


def stored_at(session: Session, numbers: dict[UUID, int]) -> set[UUID]:
    """Those of the documents that have a step of this number; the caller is the system."""
    pairs = list(numbers.items())
    query = select(_update.c.document_id).where(
        tuple_(_update.c.document_id, _update.c.sequence).in_(pairs)
    )
    return set(session.connection().execute(query).scalars())


def merged(rows: list[Row]) -> bytes:
    """Several rows as one update."""
    return rows[0][1] if len(rows) == 1 else merge_updates(*(payload for _n, payload in rows))
