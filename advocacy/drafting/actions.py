"""Open, change, close a text. Every edit names what it was based on."""

from collections.abc import Sequence
from time import monotonic
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.drafting import mapper, rules
from advocacy.drafting.queries import clauses as clauses_now
from advocacy.drafting.queries import derived, locked, require, seed_of
from advocacy.drafting.rules import Edit, Insert, Move, NewClause
from advocacy.drafting.schema import ClauseAct, Document, What
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.live import actions as live
from advocacy.live import queries as live_queries
from advocacy.live import rules as live_rules
from advocacy.live.rows import Room, pace
from advocacy.text.canon import normalise
from advocacy.text.shape import Words


def open_document(
    session: Session,
    actor: Actor,
    *,
    audience_id: UUID,
    language: str,
    clauses: Sequence[NewClause] = (),
) -> UUID:
    """Begin a text for an audience; whoever is in it writes in it. Returns the document's id.

    Raises: Invalid for clauses that are too long or too many. Whether the actor may begin
    anything is asked by the room that the text is for.
    """
    edits: list[Edit] = [Insert(None, c.kind, c.heading, c.text) for c in clauses]
    Invalid.unless_empty(rules.edit_faults(edits, count=0) if edits else [])
    made = Document(
        id=new_id(),
        organisation_id=actor.must_organisation(),
        audience_id=audience_id,
        own_audience_id=audience_id,
        language=language,
        order=[],
        created_at=actor.now,
        closed_at=None,
    )
    session.add(made)
    session.flush()
    last: UUID | None = None
    for new in clauses:
        last = _insert(session, actor, made, Insert(last, new.kind, new.heading, new.text))
    event = rules.Opened(clauses=len(clauses))
    audit.record(session, actor, event, book=_book(made.id), about=made.id)
    return made.id


def change(
    session: Session,
    actor: Actor,
    document_id: UUID,
    edits: Sequence[Edit],
    *,
    based_on: str,
) -> list[UUID]:
    """Make edits in one step; returns the ids of the clauses concerned, one per edit.

    The edits become one step of the same document that people write in live.
    based_on: the clause's hash for Replace and Remove, `order_hash` for Insert and Move.
    Raises: NotFound; Denied; Invalid; Conflict, with today's clauses as `current`, when the text
    is closed or is not what the edits were based on.
    """
    head = locked(session, actor, document_id)
    if head.last:
        _settle(session, actor, head)
    document = session.get_one(Document, document_id, populate_existing=True)
    require(actor, "clause:edit", document)
    now = clauses_now(session, actor, document_id)
    if document.closed_at is not None:
        raise Conflict(Reason("drafting.closed"), current=now)
    if rules.without_places(edits, now):
        raise Conflict(Reason("drafting.clause-gone"), current=now)
    if not all(rules.is_on_basis(edit, based_on, now) for edit in edits):
        raise Conflict(Reason("acts.stale"), current=now)
    Invalid.unless_empty(rules.edit_faults(edits, count=len(now)))
    named = [(edit, new_id() if isinstance(edit, Insert) else edit.cid) for edit in edits]
    where = mapper.where(document, actor)
    room = live.hold(session, actor, where, seed_of(session, actor, document_id))
    since = room.sequence
    live.make(session, actor, where, room, lambda doc: mapper.make(doc, named))
    moved = {cid for edit, cid in named if isinstance(edit, Move)}
    acts = mapper.bring_in_line(session, actor, document, room, since=since, moved=moved)
    _record(session, actor, document_id, acts)
    if _is_full(room):
        live.keep(session, actor, where, room)
    return [cid for _edit, cid in named]


def push(
    session: Session,
    actor: Actor,
    document_id: UUID,
    payload: bytes,
    *,
    key: str,
    is_repeat: bool = False,
    is_counted: bool = False,
    heads: dict[UUID | None, Row[Any]] | None = None,
) -> int:
    """Store one step of somebody who writes live; its number in the document.

    payload: a Yjs update as their browser saw it. key: names it; the same key, the same number.
    is_repeat: the key was refused a moment ago, as one that is stored. is_counted: its sender's
    pace was counted when it was tried with others, of which one was bad. heads: the draft's row as
    this very transaction has locked it for each organisation; what is missing is put there.
    Mostly that is one row; `mapper` says when the clauses get the words, and that nobody reads
    yesterday's text meanwhile. Raises: NotFound; Denied; Conflict when the text is closed;
    TooLarge; TooMany; Busy when it builds on steps that have not come; Invalid for what is no step,
    or one that makes a clause or the text longer than it may be.
    """
    live_rules.check(payload, key)
    if not is_counted:
        pace(actor.person_id)
    heads = {} if heads is None else heads
    document = _once(session, actor, document_id, heads)
    require(actor, "clause:edit", document)
    key = f"{actor.person_id}:{key}"
    if is_repeat or document.closed_at is not None:
        stored = live_queries.stored(session, actor, document_id, key)
        if stored is not None:
            return stored
        if document.closed_at is not None:
            raise closed()
    where, seed = mapper.where(document, actor), seed_of(session, actor, document_id)
    room = live.hold(session, actor, where, seed, last=_last(session, document))
    number = live.take(session, actor, where, room, payload, key=key)
    if number is None:  # nothing new in it: it came before, under this name or another
        return _repeated(session, actor, document_id, key) or room.sequence
    since = _line(session, actor, document, room)
    is_full = _is_full(room)
    if is_full or not mapper.goes_on(actor, document.order, room, payload):
        acts = mapper.bring_in_line(session, actor, document, room, since=since)
        _record(session, actor, document_id, acts)
        heads.clear()  # its order and its line may be others now
    if is_full:
        live.keep(session, actor, where, room)
    return number


def _repeated(session: Session, actor: Actor, document_id: UUID, key: str) -> int | None:
    live.write(session, actor)  # the step it repeats may be one that waits to be written
    return live_queries.stored(session, actor, document_id, key)


def _once(
    session: Session, actor: Actor, document_id: UUID, heads: dict[UUID | None, Row[Any]]
) -> Row[Any]:
    """The draft's row, locked once for each organisation that writes in this transaction."""
    if actor.organisation_id not in heads:
        heads[actor.organisation_id] = locked(session, actor, document_id, is_for_step=True)
    return heads[actor.organisation_id]


def _is_full(room: Room) -> bool:
    """Whether it is time for a snapshot: after so many steps, and not again in the same moment."""
    if room.sequence - room.kept < live_rules.SNAPSHOT_EVERY:
        return False
    return monotonic() - room.kept_at > rules.DERIVED_EVERY


def _line(session: Session, actor: Actor, document: Row[Any], room: Room) -> int:
    """As of which step the clauses have their words.

    Who has waited for the lock (PostgreSQL) was told that before another gave them theirs: before
    it is done a second time, for nothing, it is asked again.
    """
    line = document.line or 0
    room.heard_of_line(line)
    is_due = monotonic() - room.derived_at > rules.DERIVED_EVERY or _is_full(room)
    if is_due and session.get_bind().dialect.name == "postgresql":
        line, kept = derived(session, actor, document.id)
        room.heard_of_line(line)
        room.heard_of_snapshot(kept)
    return line


def _last(session: Session, document: Row[Any]) -> int | None:
    """The number of the last step, where the lock was had before it was read (SQLite)."""
    is_sure = session.get_bind().dialect.name == "sqlite"
    return (document.last or 0) if is_sure else None


def _settle(session: Session, actor: Actor, document: Row[Any]) -> None:
    """Give the clauses every word that was typed so far. The document is locked."""
    where, seed = mapper.where(document, actor), seed_of(session, actor, document.id)
    room = live.hold(session, actor, where, seed, last=_last(session, document))
    if room.sequence > (document.line or 0):
        since = document.line or 0
        mapper.bring_in_line(session, actor, document, room, since=since, is_own=False)


def rest(session: Session, actor: Actor, document_id: UUID) -> None:
    """Nobody has it open any more: keep the whole as it is now. Raises NotFound."""
    document = locked(session, actor, document_id)
    if not document.last:
        return
    _settle(session, actor, document)
    where, seed = mapper.where(document, actor), seed_of(session, actor, document_id)
    live.keep(session, actor, where, live.hold(session, actor, where, seed))


def _record(session: Session, actor: Actor, document_id: UUID, acts: Sequence[ClauseAct]) -> None:
    for act in acts:
        event = rules.Changed(clause=str(act.cid), what=act.what, number=act.number)
        audit.record(session, actor, event, book=_book(document_id), about=document_id)


def closed() -> Conflict:
    """What is answered to who would write in a closed text."""
    return Conflict(Reason("drafting.closed"))


def close(session: Session, actor: Actor, document_id: UUID) -> None:
    """Take no more edits. Raises NotFound, Denied (only the lead closes)."""
    head = locked(session, actor, document_id)
    require(actor, "position:lead", head)
    if head.closed_at is not None:
        return
    if head.last:
        _settle(session, actor, head)
    document = session.get_one(Document, document_id, populate_existing=True)
    document.closed_at = actor.now
    session.flush()
    audit.record(session, actor, rules.Closed(), book=_book(document_id), about=document_id)


def reopen(session: Session, actor: Actor, document_id: UUID) -> None:
    """Take edits again. Raises NotFound, Denied (only the lead reopens)."""
    document = _locked(session, document_id)
    require(actor, "position:lead", document)
    if document.closed_at is None:
        return
    document.closed_at = None
    session.flush()
    audit.record(session, actor, rules.Reopened(), book=_book(document_id), about=document_id)


def _locked(session: Session, document_id: UUID) -> Document:
    """The document; its other writers wait until this transaction ends. Raises NotFound."""
    query = select(Document).where(Document.id == document_id)
    again = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalars(again).first()
    if found is None:
        raise NotFound
    return found


def _insert(session: Session, actor: Actor, document: Document, edit: Insert) -> UUID:
    words = Words(new_id(), edit.kind, rules.one_line(edit.heading), normalise(edit.text))
    row = mapper.added(session, actor, document, words)
    document.order = rules.placed(document.order, row.id, edit.after)
    mapper.note(session, actor, document, row, What.ADDED)
    return row.id


def _book(document_id: UUID) -> str:
    return f"draft:{document_id}"
