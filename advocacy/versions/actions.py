"""Note what somebody has read; bring a version back as the draft."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.positions import actions as positioning
from advocacy.positions import queries as positions
from advocacy.positions.rules import WRITABLE
from advocacy.positions.schema import Position, Stage
from advocacy.text.hashes import Clause, content_hash
from advocacy.versions import rules
from advocacy.versions.schema import Reading, ReadText


def saw(session: Session, actor: Actor, position_id: UUID) -> None:
    """Note that the actor has read a text as it reads now; nobody but their organisation knows.

    Raises: NotFound.
    """
    of = positions.position(session, actor, position_id)
    mine = actor.must_organisation()
    if actor.person_id is None:
        return
    text = _kept(session, actor, of)
    last = session.scalars(
        select(Reading).where(
            Reading.position_id == of.id,
            Reading.person_id == actor.person_id,
            Reading.organisation_id == mine,
        )
    ).first()
    if last is not None:
        last.text_id, last.at = text.id, actor.now
        session.flush()
        return
    own = audience.intern(session, {mine})
    row = Reading(
        id=new_id(),
        organisation_id=mine,
        audience_id=audience.meet(session, of.audience_id, own, now=actor.now),
        own_audience_id=own,
        position_id=of.id,
        person_id=actor.person_id,
        text_id=text.id,
        at=actor.now,
    )
    _add_once(session, row)


def _kept(session: Session, actor: Actor, of: Position) -> ReadText:
    """The draft as it reads now, kept once however many have read it."""
    clauses = drafts.clauses(session, actor, of.document_id)
    terms = positions.details(of).terms
    hashed = content_hash(of.title, of.language, clauses, terms)
    same = select(ReadText).where(ReadText.position_id == of.id, ReadText.content_hash == hashed)
    found = session.scalars(same).first()
    if found is not None:
        return found
    row = ReadText(
        id=new_id(),
        organisation_id=actor.must_organisation(),
        audience_id=of.audience_id,
        own_audience_id=of.own_audience_id,
        position_id=of.id,
        content_hash=hashed,
        title=of.title,
        terms=asdict(terms),
        clauses=[[str(c.cid), c.kind, c.heading, c.text, c.lang] for c in clauses],
    )
    return row if _add_once(session, row) else session.scalars(same).one()


def _add_once(session: Session, row: ReadText | Reading) -> bool:
    """Whether the row was added; another tab may have been quicker by a moment."""
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return False
    return True


def restore(
    session: Session, actor: Actor, position_id: UUID, version_id: UUID, *, based_on: str
) -> None:
    """Bring the words of a version back as the draft; what the draft says now stays in its history.

    Only the clauses: title and terms stay. A clause that was removed since comes back as a new
    one. based_on: `drafting.queries.order_hash` of the draft as it was read.
    Raises: NotFound; Denied; Invalid when the draft reads like this already; Conflict with
    today's clauses when it reads otherwise, when a round runs or the text is out.
    """
    of = positions.position(session, actor, position_id)
    policy.require(actor, "position:lead", positions.about(of, frozenset()))
    version = positions.version(session, actor, version_id)
    if version.position_id != of.id:
        raise NotFound
    now = drafts.clauses(session, actor, of.document_id)
    if drafts.order_hash(now) != based_on:
        raise Conflict(Reason("versions.draft-moved"), current=now)
    if drafts.order_hash(version.clauses) == based_on:
        raise Invalid(Reason("versions.same"))
    saw(session, actor, position_id)
    if Stage(of.stage) not in WRITABLE:
        positioning.reopen(session, actor, position_id)
    _write(session, actor, of.document_id, now, version.clauses)
    event = rules.Restored(version=str(version.id), number=version.number)
    audit.record(session, actor, event, book=f"position:{of.id}", about=of.id)


def _write(
    session: Session,
    actor: Actor,
    document_id: UUID,
    now: Sequence[Clause],
    wanted: Sequence[Clause],
) -> None:
    for edit, basis in rules.words_back(now, wanted):
        drafting.change(session, actor, document_id, [edit], based_on=basis)
    for edits_of in (rules.order_back, rules.clauses_back):
        there = drafts.clauses(session, actor, document_id)
        edits = edits_of(there, wanted)
        if edits:
            order = drafts.order_hash(there)
            drafting.change(session, actor, document_id, edits, based_on=order)
