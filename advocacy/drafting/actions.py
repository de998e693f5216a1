"""Open, change, close a text. Every edit names what it was based on."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.drafting import rules
from advocacy.drafting.queries import clauses as clauses_now
from advocacy.drafting.rules import Edit, Insert, Move, NewClause, Replace
from advocacy.drafting.schema import ClauseAct, ClauseKind, Document, DraftClause, What
from advocacy.ground.acts import append, stamp
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.text.canon import normalise
from advocacy.text.markdown import CLEANER_VERSION, render


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
        last = _insert(session, actor, made, Insert(last, new.kind, new.heading, new.text)).cid
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

    based_on: the clause's hash for Replace and Remove, `order_hash` for Insert and Move.
    Raises: NotFound; Denied; Invalid; Conflict, with today's clauses as `current`, when the text
    is closed or is not what the edits were based on.
    """
    document = _locked(session, document_id)
    _require(actor, "clause:edit", document)
    now = clauses_now(session, actor, document_id)
    if document.closed_at is not None:
        raise Conflict(Reason("drafting.closed"), current=now)
    if rules.without_places(edits, now):
        raise Conflict(Reason("drafting.clause-gone"), current=now)
    if not all(rules.is_on_basis(edit, based_on, now) for edit in edits):
        raise Conflict(Reason("acts.stale"), current=now)
    Invalid.unless_empty(rules.edit_faults(edits, count=len(now)))
    acts = [_apply(session, actor, document, edit) for edit in edits]
    for act in acts:
        event = rules.Changed(clause=str(act.cid), what=act.what, number=act.number)
        audit.record(session, actor, event, book=_book(document_id), about=document_id)
    return [act.cid for act in acts]


def close(session: Session, actor: Actor, document_id: UUID) -> None:
    """Take no more edits. Raises NotFound, Denied (only the lead closes)."""
    document = _locked(session, document_id)
    _require(actor, "position:lead", document)
    if document.closed_at is not None:
        return
    document.closed_at = actor.now
    session.flush()
    audit.record(session, actor, rules.Closed(), book=_book(document_id), about=document_id)


def reopen(session: Session, actor: Actor, document_id: UUID) -> None:
    """Take edits again. Raises NotFound, Denied (only the lead reopens)."""
    document = _locked(session, document_id)
    _require(actor, "position:lead", document)
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


def _require(actor: Actor, permission: str, document: Document) -> None:
    # Whoever sees a draft takes part in it: its audience is its circle of writers.
    parties = frozenset({actor.organisation_id} if actor.organisation_id else ())
    about = policy.About(organisation_id=document.organisation_id, party_ids=parties)
    policy.require(actor, permission, about)


def _apply(session: Session, actor: Actor, document: Document, edit: Edit) -> ClauseAct:
    if isinstance(edit, Insert):
        return _insert(session, actor, document, edit)
    row = session.get_one(DraftClause, edit.cid)
    if isinstance(edit, Replace):
        _write(row, document, edit.heading, edit.text)
        return _note(session, actor, document, row, What.CHANGED)
    if isinstance(edit, Move):
        document.order = rules.placed(document.order, edit.cid, edit.after)
        return _note(session, actor, document, row, What.MOVED)
    return _remove(session, actor, document, row)


def _insert(session: Session, actor: Actor, document: Document, edit: Insert) -> ClauseAct:
    row = DraftClause(
        id=new_id(),
        organisation_id=actor.must_organisation(),
        audience_id=document.audience_id,
        own_audience_id=document.own_audience_id,
        document_id=document.id,
        kind=ClauseKind(edit.kind).value,
        changed_at=actor.now,
        changed_by=actor.must_organisation(),
        removed_at=None,
        act_id=None,
    )
    _write(row, document, edit.heading, edit.text)
    session.add(row)
    session.flush()
    document.order = rules.placed(document.order, row.id, edit.after)
    return _note(session, actor, document, row, What.ADDED)


def _remove(session: Session, actor: Actor, document: Document, row: DraftClause) -> ClauseAct:
    document.order = [entry for entry in document.order if entry != str(row.id)]
    row.removed_at = actor.now
    return _note(session, actor, document, row, What.REMOVED)


def _write(row: DraftClause, document: Document, heading: str, text: str) -> None:
    row.heading, row.text = rules.one_line(heading), normalise(text)
    row.html, row.html_by = render(row.text, document.language), CLEANER_VERSION


def _note(
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


def _book(document_id: UUID) -> str:
    return f"draft:{document_id}"
