"""The document as this process knows it, brought up to date from the tables."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from pycrdt import Doc, merge_updates
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.live import rules
from advocacy.live.rows import ROOMS, Room, Row
from advocacy.live.schema import Snapshot, Update

Seed = Callable[[], Iterable[rules.Words]]
"""The clauses of a draft that has no document yet."""

_update, _snapshot = Update.__table__, Snapshot.__table__
_SINCE = (
    select(_update.c.sequence, _update.c.payload)
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


def database_of(session: Session) -> str:
    """Which database this is: rooms of two are not mixed."""
    return str(session.connection().engine.url)


def room(session: Session, document_id: UUID) -> Room:
    """The room of a draft in this process."""
    return ROOMS.of(database_of(session), document_id)


def room_at(database: str, document_id: UUID) -> Room:
    """The same, for who has no session open."""
    return ROOMS.of(database, document_id)


def bring_up_to_date(session: Session, actor: Actor, room: Room, seed: Seed) -> Doc[Any]:
    """The document with every row that this session sees. The room's lock is held by the caller.

    A draft that was never written in together begins with its clauses, see `rules.made_of`.
    """
    doc = room.doc
    if doc is None:
        doc = Doc()
        whole = guard.ask(session, actor, _WHOLE, document=room.document_id).first()
        if whole is not None:
            doc.apply_update(whole.state)
        room.begin(doc, whole.sequence if whole is not None else 0)
    rows = since(session, actor, room.document_id, room.sequence)
    for number, payload in rows:
        doc.apply_update(payload)
        room.sequence = number
    if room.sequence == 0:
        room.genesis = rules.made_of(seed())
        doc.apply_update(room.genesis)
    room.touched, room.is_reordered, room.made = set(), False, b""
    return doc


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


def merged(rows: list[Row]) -> bytes:
    """Several rows as one update."""
    return rows[0][1] if len(rows) == 1 else merge_updates(*(payload for _n, payload in rows))
