"""Store steps of a document. Drafting alone calls this, after it has asked who writes."""

from collections.abc import Callable
from time import monotonic
from typing import Any, cast
from uuid import UUID

from pycrdt import Doc, get_update
from sqlalchemy import Table, bindparam, event, func, insert, select, update
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.ground.base import new_id
from advocacy.ground.errors import Busy, Invalid
from advocacy.ground.reasons import Reason
from advocacy.live import queries, rules
from advocacy.live.queries import Seed
from advocacy.live.rows import Room, Where
from advocacy.live.schema import Snapshot, Update

CHANNEL = "live"
_HELD, _TOLD, _LATER = "live_held", "live_told", "live_later"
_UPDATE = insert(Update)
_snapshot = cast(Table, Snapshot.__table__)
_KEEP = (
    update(_snapshot)
    .where(_snapshot.c.document_id == bindparam("document"), guard.readers(_snapshot.c.audience_id))
    .values(sequence=bindparam("number"), state=bindparam("whole"))
)


def hold(
    session: Session, actor: Actor, where: Where, seed: Seed, *, last: int | None = None
) -> Room:
    """The room, up to date and for this transaction alone, until it is committed or undone.

    The draft's row is locked by the caller, so that rows are numbered by one writer at a time.
    last: the number of its last row, where the caller knows it for sure.
    """
    held: set[Room] = session.info.setdefault(_HELD, set())
    room = queries.room(session, where.document_id)
    if room not in held:
        room.lock.acquire()
        held.add(room)
    elif room.doc is not None:
        return room  # nobody else has written since
    session.flush()  # what this transaction stored a moment ago is read like the rest
    queries.bring_up_to_date(session, actor, room, seed, last=last)
    return room


def together(first: Session, session: Session) -> None:
    """What `session` holds is held until `first` ends, in whose transaction it works.

    Its steps wait to be written with those of others, see `write`.
    """
    for name in (_HELD, _TOLD):
        session.info[name] = first.info.setdefault(name, set())
    session.info[_LATER] = first.info.setdefault(_LATER, [])


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    """Only now does anybody hear of it."""
    held: set[Room] = session.info.get(_HELD) or set()
    if not held or session.in_nested_transaction():
        return
    done = list(held)
    held.clear()
    for room in done:
        room.lock.release()
        room.stir(is_at_once=True)


@event.listens_for(Session, "after_soft_rollback")
def _undone(session: Session, previous: Any) -> None:
    """The copy has what was never stored: it is made anew from the tables."""
    held: set[Room] = session.info.get(_HELD) or set()
    if previous.parent is not None or not held:
        return
    undone = list(held)
    held.clear()
    for room in undone:
        room.forget()
        room.lock.release()
        room.stir()  # somebody else's step may have been passed over for ours


def take(
    session: Session, actor: Actor, where: Where, room: Room, payload: bytes, *, key: str
) -> int | None:
    """Store a step that came from a browser; its number, or None when it holds nothing new.

    Raises: Invalid for what is no update; Busy when it builds on steps that have not come yet.
    """
    doc = _document(room)
    room.clean()
    try:
        doc.apply_update(payload)
    except ValueError:
        room.forget()
        raise Invalid(Reason("live.broken")) from None
    # What was integrated is what came: nothing is left waiting for other steps. A document that
    # holds several such loses some of them, so none is ever stored.
    if room.made != payload and get_update(payload, doc.get_state())[:1] != b"\0":
        raise Busy(Reason("live.not-yet"))
    if not room.made and not _deletes(payload):
        return None
    return _store(session, actor, where, room, payload, key)


def _deletes(payload: bytes) -> bool:
    return payload[-1:] != b"\0"


def make(
    session: Session,
    actor: Actor,
    where: Where,
    room: Room,
    deed: Callable[[Doc[Any]], None],
) -> int | None:
    """Change the document ourselves and store that as a step; None when nothing changed."""
    doc = _document(room)
    room.clean()
    with doc.transaction():
        deed(doc)
    made = bytes(room.made)
    return _store(session, actor, where, room, made, f"service:{new_id()}") if made else None


def _document(room: Room) -> Doc[Any]:
    if room.doc is None:
        raise RuntimeError("hold the room first")
    return room.doc


def _store(
    session: Session, actor: Actor, where: Where, room: Room, payload: bytes, key: str
) -> int:
    if room.sequence == 0:
        room.sequence = 1
        _add(session, actor, where, room, 1, rules.GENESIS, room.genesis)
    number = room.sequence = room.sequence + 1
    _add(session, actor, where, room, number, key, payload)
    room.note(number, actor.organisation_id, actor.now)
    told = session.info.setdefault(_TOLD, set())
    if where.document_id not in told and session.get_bind().dialect.name == "postgresql":
        # Told at the commit, in the order of commits; other processes read the rows themselves.
        told.add(where.document_id)
        said = f"{where.document_id} {number} {rules.own_name()}"
        session.connection().execute(select(func.pg_notify(CHANNEL, said)))
    return number


def tell(session: Session, document_id: UUID, entry: str) -> None:
    """Tell other processes where somebody is in the text (PostgreSQL)."""
    said = f"{document_id} {entry}"
    session.execute(select(func.pg_notify(CHANNEL, said)))


def _add(
    session: Session,
    actor: Actor,
    where: Where,
    room: Room,
    number: int,
    key: str,
    payload: bytes,
) -> None:
    row = {
        "id": new_id(),
        **where.beside(actor.must_organisation()),
        "sequence": number,
        "key": key,
        "payload": payload,
        "person_id": actor.person_id,
        "at": actor.now,
    }
    later: list[dict[str, Any]] | None = session.info.get(_LATER)
    if later is None:
        guard.store(session, actor, _UPDATE, [row])
        return
    later.append(row)


def write(session: Session, actor: Actor) -> None:
    """Write the steps that waited for it, all of the actor's organisation; see `together`."""
    later: list[dict[str, Any]] = session.info.get(_LATER) or []
    if later:
        guard.store(session, actor, _UPDATE, later)
        later.clear()


def keep(session: Session, actor: Actor, where: Where, room: Room) -> None:
    """Keep the whole, so that the next to open it need not read every step.

    The clauses are in line with it: the steps after a snapshot tell who wrote what they lack.
    """
    state = _document(room).get_update()
    room.kept, room.kept_at = room.sequence, monotonic()
    session.flush()
    reader = {guard.READER: actor.organisation_id, guard.AT: actor.now}
    values = {"document": where.document_id, "number": room.sequence, "whole": state, **reader}
    if session.connection().execute(_KEEP, values).rowcount:
        return
    row = {"id": new_id(), **where.beside(actor.must_organisation())}
    session.add(Snapshot(**row, sequence=room.sequence, state=state))
