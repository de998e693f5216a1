"""Between the document that people write in and the clauses that everybody else reads.

A step is one row, and mostly no more: whoever goes on typing in a clause changes no row of ours.
The rows get the words with the first step after a second, and before anything else is written: a
form, freezing, a snapshot. Until then every reader computes: where the last step is newer than
`draft_line` says, the words come from the document itself (`queries`), so nothing depends on a job
having run. At once, in their own transaction, come the steps that change which clauses there are,
and those with which an organisation begins to write in a clause: so acts, events and "written by"
are never behind. An act tells when an organisation begins to write in a clause, and again when it
goes on later; each letter is in the steps.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from time import monotonic
from typing import Any, cast
from uuid import UUID

from pycrdt import Doc, XmlElement
from sqlalchemy import Row, Table, bindparam, column, func, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.drafting import queries, rules
from advocacy.drafting.rules import Edit, Insert, Move, Replace
from advocacy.drafting.schema import ClauseAct, Document, DraftClause, Line, What
from advocacy.ground.acts import append, stamp
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.live import actions as live
from advocacy.live.rows import Room, Where, Wrote
from advocacy.text import shape
from advocacy.text.shape import Words

_clause, _act = cast(Table, DraftClause.__table__), ClauseAct.__table__
_line = cast(Table, Line.__table__)


_WORDED = {
    "new_kind": _clause.c.kind,
    "new_heading": _clause.c.heading,
    "new_text": _clause.c.text,
    "at": _clause.c.changed_at,
    "by": _clause.c.changed_by,
}
_GIVEN = {"clause": _clause.c.id, **_WORDED}
_arrays = (bindparam(name, type_=ARRAY(of.type)) for name, of in _GIVEN.items())
_columns = (column(name, of.type) for name, of in _GIVEN.items())
_typed = func.unnest(*_arrays).table_valued(*_columns, name="typed").render_derived()
_OF_READER = update(_clause).where(guard.readers(_clause.c.audience_id))
_REWORD = _OF_READER.where(_clause.c.id == bindparam("clause")).values(
    html="", html_by="", **{of.name: bindparam(name) for name, of in _WORDED.items()}
)
# PostgreSQL asks its wall again for each statement, while all who write wait: one for all clauses.
_REWORD_ALL = _OF_READER.where(_clause.c.id == _typed.c.clause).values(
    html="", html_by="", **{of.name: _typed.c[name] for name, of in _WORDED.items()}
)


_ADVANCE = (
    update(_line)
    .where(_line.c.document_id == bindparam("document"), guard.readers(_line.c.audience_id))
    .values(sequence=bindparam("number"))
)


def where(document: Document | Row[Any], actor: Actor) -> Where:
    """Beside what a step is stored."""
    return Where(document.id, document.audience_id, document.own_audience_id, actor.now)


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


def goes_on(actor: Actor, order: Collection[str], room: Room, payload: bytes) -> bool:
    """Whether a step only goes on with what its organisation is writing: a row, and no more.

    The room has taken the step. What may come near a limit is looked at in full.
    """
    if room.is_reordered or room.is_marked or monotonic() - room.derived_at > rules.DERIVED_EVERY:
        return False
    for cid, node in room.clauses_touched().items():
        began = room.began.get((cid, actor.organisation_id))
        if began is None or actor.now - began >= rules.GOES_ON:
            return False
        room.room_left[cid] = room.room_left.get(cid, 0) - rules.GROWTH * len(payload)
        if room.room_left[cid] < 0:  # by the worst that such a step can do; so how long is it?
            room.room_left[cid] = rules.MOST_CHARACTERS - len(shape.words_of(node).text)
        if room.room_left[cid] < 0:
            return False
        heading = node.attributes.get("heading")
        if str(cid) not in order or rules.words_faults(str(heading or ""), ""):
            return False
    return True


def bring_in_line(
    session: Session,
    actor: Actor,
    document: Document | Row[Any],
    room: Room,
    *,
    since: int,
    is_own: bool = True,
    moved: Collection[UUID] | None = None,
) -> list[ClauseAct]:
    """Give the clauses the words and the order of the document; the acts that tell of it.

    since: the step that the clauses had the words of. is_own: the last step is the actor's, who
    may have begun to write somewhere. moved: clauses that a form has moved, which then tells of
    every edit; None = typed live.
    Raises: Invalid when a clause or the text has become longer than it may be.
    """
    acts: list[ClauseAct] = []
    order = [UUID(cid) for cid in document.order]
    places, known = set(room.touched), set(order)
    if is_own and (room.is_reordered or not set(room.clauses_touched()) <= known):
        document = session.get_one(Document, document.id)
        acts += _reorder(session, actor, document, room, order, moved)
        room.touched = places  # a repair changes no places
    mine = set(room.clauses_touched()) & known if is_own else set()
    behind = {cid: wrote for cid, wrote in room.newer(since).items() if cid in known}
    acts += _rewrite(session, actor, document, room, behind, mine, is_typed=moved is None)
    _advance(session, actor, where(document, actor), room.sequence)
    room.derived_at = monotonic()
    return acts


def _advance(session: Session, actor: Actor, where: Where, number: int) -> None:
    session.flush()
    reader = {guard.READER: actor.organisation_id, guard.AT: actor.now}
    values = {"document": where.document_id, "number": number, **reader}
    if session.connection().execute(_ADVANCE, values).rowcount:
        return
    session.add(Line(id=new_id(), **where.beside(actor.must_organisation()), sequence=number))
    session.flush()


def _rewrite(
    session: Session,
    actor: Actor,
    document: Document | Row[Any],
    room: Room,
    behind: dict[UUID, Wrote],
    mine: Collection[UUID],
    *,
    is_typed: bool,
) -> list[ClauseAct]:
    _remember(session, actor, room, [cid for cid in mine if cid in behind])
    changed: dict[UUID, tuple[Words, Wrote | None]] = {}
    for row in queries.as_read(session, actor, behind):
        words = behind[row.id].words
        if words and (row.kind, row.heading, row.text) != (words.kind, words.heading, words.text):
            changed[row.id] = words, behind[row.id]
            room.room_left[row.id] = rules.MOST_CHARACTERS - len(words.text)
    _write(session, actor, changed)
    acts = []
    for cid in [cid for cid in changed if cid in mine]:
        began = room.began.get((cid, actor.organisation_id))
        if is_typed and began is not None and actor.now - began < rules.GOES_ON:
            continue
        found = session.get_one(DraftClause, cid, populate_existing=True)
        acts.append(note(session, actor, document, found, What.CHANGED))
        room.began[cid, actor.organisation_id] = actor.now
    return acts


def _remember(session: Session, actor: Actor, room: Room, cids: Sequence[UUID]) -> None:
    """When the actor's organisation began to write in these."""
    asked = [cid for cid in cids if (cid, actor.organisation_id) not in room.began]
    if asked:
        for row in queries.began(session, actor, asked):
            room.began[row.cid, actor.organisation_id] = row.at


def _write(
    session: Session, actor: Actor, changed: Mapping[UUID, tuple[Words, Wrote | None]]
) -> None:
    """Give clauses their words, all at once. Raises Invalid."""
    for words, _wrote in changed.values():
        Invalid.unless_empty(rules.words_faults(words.heading, words.text))
    values = [
        {
            "clause": cid,
            "new_kind": words.kind,
            "new_heading": words.heading,
            "new_text": words.text,
            "at": (wrote and wrote.at) or actor.now,
            "by": (wrote and wrote.organisation_id) or actor.must_organisation(),
        }
        for cid, (words, wrote) in changed.items()
    ]
    reader = {guard.READER: actor.organisation_id, guard.AT: actor.now}
    if values and session.get_bind().dialect.name == "postgresql":
        together = {name: [each[name] for each in values] for name in _GIVEN}
        session.connection().execute(_REWORD_ALL, {**together, **reader})
    elif values:
        session.connection().execute(_REWORD, [{**each, **reader} for each in values])
    for cid in changed:
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
    nodes = [node for node in room.text.children if shape.is_clause(node)]
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
        _write(session, actor, {cid: (words, None)})
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
    session: Session, actor: Actor, document: Document | Row[Any], row: DraftClause, what: What
) -> ClauseAct:
    """The act that tells of an edit, after the last one about this clause."""
    row.changed_at, row.changed_by = actor.now, actor.must_organisation()
    session.flush()
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
        number=0 if what is What.REMOVED else document.order.index(str(row.id)) + 1,
    )
    append(session, act, after=row.act_id)
    row.act_id = act.id
    return act
