"""Between the document that people write in and the clauses that everybody else reads.

The rows are brought in line within the transaction of each step, and only where it wrote: what is
derived lazily would have to be derived by every reader, and a reader does not write. What costs
(rendering) waits for a reader. An act tells when an organisation begins to write in a clause, and
again when it goes on later; each letter is in the steps.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from pycrdt import Doc, XmlElement
from sqlalchemy import Row, Table, and_, bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.drafting import rules
from advocacy.drafting.rules import Edit, Insert, Move, Replace
from advocacy.drafting.schema import ClauseAct, Document, DraftClause, What
from advocacy.ground.acts import append, stamp
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.live import actions as live
from advocacy.live import rules as shape
from advocacy.live.rows import Room, Where
from advocacy.live.rules import Words
from advocacy.text.hashes import Clause

GOES_ON = timedelta(minutes=10)
_clause, _act = cast(Table, DraftClause.__table__), ClauseAct.__table__


_AS_READ = (
    select(
        _clause.c.id,
        _clause.c.kind,
        _clause.c.heading,
        _clause.c.text,
        _act.c.organisation_id,
        _act.c.recorded_at,
    )
    .select_from(_clause)
    .outerjoin(_act, and_(_act.c.id == _clause.c.act_id, guard.readers(_act.c.audience_id)))
    .where(
        _clause.c.id.in_(bindparam("clauses", expanding=True)),
        guard.readers(_clause.c.audience_id),
    )
)


_REWORD = (
    update(_clause)
    .where(_clause.c.id == bindparam("clause"), guard.readers(_clause.c.audience_id))
    .values(
        kind=bindparam("new_kind"),
        heading=bindparam("new_heading"),
        text=bindparam("new_text"),
        html="",
        html_by="",
        changed_at=bindparam("at"),
        changed_by=bindparam("by"),
    )
)


def where(document: Document | Row[Any], actor: Actor) -> Where:
    """Beside what a step is stored."""
    return Where(document.id, document.audience_id, document.own_audience_id, actor.now)


def seed(clauses: Iterable[Clause]) -> list[Words]:
    """What a document begins with."""
    return [Words(each.cid, each.kind, each.heading, each.text) for each in clauses]


# --- edits become a step -------------------------------------------------------------------------


def make(doc: Doc[Any], edits: Iterable[tuple[Edit, UUID]]) -> None:
    """Make edits in the document. Each comes with the id of its clause."""
    for edit, cid in edits:
        text = shape.fragment(doc)
        places = {shape.cid_of(n): at for at, n in enumerate(text.children) if shape.is_clause(n)}
        if isinstance(edit, Insert):
            at = 0 if edit.after is None else places[edit.after] + 1
            shape.put(text, at, Words(cid, edit.kind, rules.one_line(edit.heading), edit.text))
        elif isinstance(edit, Replace):
            element = shape.clause_at(text, places[cid])
            shape.reword(element, rules.one_line(edit.heading), edit.text)
        elif isinstance(edit, Move):
            words = shape.words_of(shape.clause_at(text, places[cid]))
            del text.children[places[cid]]
            at = 0 if edit.after is None else places[edit.after] + 1
            shape.put(text, at - (at > places[cid]), words)
        else:
            del text.children[places[cid]]


# --- rows become what the document says ----------------------------------------------------------


def bring_in_line(
    session: Session,
    actor: Actor,
    document: Document | Row[Any],
    room: Room,
    *,
    moved: Collection[UUID] | None = None,
) -> list[ClauseAct]:
    """Give the clauses the words and the order of the document; the acts that tell of it.

    moved: clauses that a form has moved, which then tells of every edit; None = typed live.
    Raises: Invalid when a clause or the text has become longer than it may be.
    """
    acts: list[ClauseAct] = []
    children = shape.fragment(_doc(room)).children
    touched = [children[at] for at in room.touched if at < len(children)]
    written: dict[UUID | None, XmlElement] = {
        shape.cid_of(node): node for node in touched if shape.is_clause(node)
    }
    order = [UUID(cid) for cid in document.order]
    if room.is_reordered or not set(written) <= set(order):
        whole = session.get_one(Document, document.id)
        acts += _reorder(session, actor, whole, room, order, moved)
    known = [cid for cid in written if cid in order]
    if known:
        is_typed = moved is None
        acts += _rewrite(session, actor, document, written, known, is_typed=is_typed)
    return acts


def _doc(room: Room) -> Doc[Any]:
    if room.doc is None:
        raise RuntimeError("hold the room first")
    return room.doc


def _rewrite(
    session: Session,
    actor: Actor,
    document: Document | Row[Any],
    written: dict[UUID | None, XmlElement],
    cids: Sequence[UUID],
    *,
    is_typed: bool,
) -> list[ClauseAct]:
    acts = []
    for row in guard.ask(session, actor, _AS_READ, clauses=list(cids)).all():
        words = shape.words_of(written[row.id])
        if (row.kind, row.heading, row.text) == (words.kind, words.heading, words.text):
            continue
        _write(session, actor, row.id, words)
        goes_on = row.organisation_id == actor.organisation_id and (
            actor.now - row.recorded_at < GOES_ON
        )
        if not (is_typed and goes_on):
            found = session.get_one(DraftClause, row.id, populate_existing=True)
            whole = session.get_one(Document, document.id)
            acts.append(note(session, actor, whole, found, What.CHANGED))
    return acts


def _write(session: Session, actor: Actor, cid: UUID, words: Words) -> None:
    Invalid.unless_empty(rules.words_faults(words.heading, words.text))
    values = {
        "clause": cid,
        "new_kind": words.kind,
        "new_heading": words.heading,
        "new_text": words.text,
        "at": actor.now,
        "by": actor.must_organisation(),
        guard.READER: actor.organisation_id,
        guard.AT: actor.now,
    }
    session.connection().execute(_REWORD, values)
    kept = session.identity_map.get(session.identity_key(DraftClause, cid))
    if kept is not None:
        session.expire(kept)


def _reorder(
    session: Session,
    actor: Actor,
    document: Document,
    room: Room,
    before: Sequence[UUID],
    moved: Collection[UUID] | None,
) -> list[ClauseAct]:
    """Clauses that came, went or changed places."""
    nodes = [node for node in shape.fragment(_doc(room)).children if shape.is_clause(node)]
    if len(nodes) > max(rules.MOST_CLAUSES, len(before)):
        raise Invalid(Reason("drafting.too-many", facts={"most": rules.MOST_CLAUSES}))
    made = _identified(session, actor, document, room, nodes, set(before))
    now = [cid for cid, _row in made]
    document.order = [str(cid) for cid in now]
    session.flush()
    acts = [note(session, actor, document, row, What.ADDED) for _cid, row in made if row]
    acts += _removed(session, actor, document, [cid for cid in before if cid not in set(now)])
    stayed = [cid for cid in now if cid in set(before)]
    for cid in rules.moved(list(before), stayed) if moved is None else moved:
        row = session.get_one(DraftClause, cid)
        acts.append(note(session, actor, document, row, What.MOVED))
    return acts


def _identified(
    session: Session,
    actor: Actor,
    document: Document,
    room: Room,
    nodes: Sequence[XmlElement],
    known: set[UUID],
) -> list[tuple[UUID, DraftClause | None]]:
    """Each clause with an identity of its own, and its row where it is new.

    Two that were split or pasted may share one for a moment, and what was copied from another text
    brings that text's: the first in its own text keeps it, the others get one here.
    """
    made: list[tuple[UUID, DraftClause | None]] = []
    repairs: list[tuple[XmlElement, UUID]] = []
    seen: set[UUID] = set()
    for node in nodes:
        cid, row = shape.cid_of(node), None
        if cid is None or cid in seen:
            cid = new_id()
            repairs.append((node, cid))
        if cid not in known:
            words = shape.words_of(node)
            row = _admitted(session, actor, document, cid, words)
            if row is None:
                cid = new_id()
                repairs.append((node, cid))
                row = _admitted(session, actor, document, cid, words)
        seen.add(cid)
        made.append((cid, row))
    if repairs:
        live.make(session, actor, where(document, actor), room, lambda _doc: _repair(repairs))
    return made


def _repair(repairs: Iterable[tuple[XmlElement, UUID]]) -> None:
    for node, cid in repairs:
        node.attributes["cid"] = str(cid)


def _admitted(
    session: Session, actor: Actor, document: Document, cid: UUID, words: Words
) -> DraftClause | None:
    """The row of a clause that is new in the text or back in it; None when it is another text's."""
    Invalid.unless_empty(rules.words_faults(words.heading, words.text))
    found = session.get(DraftClause, cid)
    if found is not None:
        if found.document_id != document.id:
            return None
        found.removed_at = None
        session.flush()
        _write(session, actor, cid, words)
        return found
    try:
        with session.begin_nested():
            words = Words(cid, words.kind, words.heading, words.text)
            return added(session, actor, document, words)
    except IntegrityError:
        return None


def _removed(
    session: Session, actor: Actor, document: Document, cids: Iterable[UUID]
) -> list[ClauseAct]:
    acts = []
    for cid in cids:
        row = session.get_one(DraftClause, cid)
        row.removed_at = actor.now
        acts.append(note(session, actor, document, row, What.REMOVED))
    return acts


def added(session: Session, actor: Actor, document: Document, words: Words) -> DraftClause:
    """A new row for a clause; its place is the caller's to give."""
    row = DraftClause(
        id=words.cid,
        organisation_id=actor.must_organisation(),
        audience_id=document.audience_id,
        own_audience_id=document.own_audience_id,
        document_id=document.id,
        kind=words.kind,
        heading=words.heading,
        text=words.text,
        html="",
        html_by="",
        changed_at=actor.now,
        changed_by=actor.must_organisation(),
        removed_at=None,
        act_id=None,
    )
    session.add(row)
    session.flush()
    return row


def note(
    session: Session, actor: Actor, document: Document, row: DraftClause, what: What
) -> ClauseAct:
    """The act that tells of an edit, after the last one about this clause."""
    row.changed_at, row.changed_by = actor.now, actor.must_organisation()
    session.flush()
    removed = what is What.REMOVED
    act = ClauseAct(
        id=new_id(),
        **stamp(actor),
        audience_id=document.audience_id,
        own_audience_id=document.own_audience_id,
        cid=row.id,
        document_id=document.id,
        what=what.value,
        heading=row.heading,
        text=row.text,
        number=0 if removed else document.order.index(str(row.id)) + 1,
    )
    append(session, act, after=row.act_id)
    row.act_id = act.id
    return act
