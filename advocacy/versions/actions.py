"""Note what somebody has read; bring a version back as the draft."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.annexes import actions as annexing
from advocacy.annexes import queries as annexes
from advocacy.annexes.rows import AnnexRow
from advocacy.annexes.rules import digest
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
from advocacy.versions.schema import ReadAnnexes, Reading, ReadText


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
    annexed = annexes.of_draft(session, actor, of.document_id)
    lines = tuple(row.line for row in annexed)
    hashed = content_hash(of.title, of.language, clauses, terms, lines)
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
    if not _add_once(session, row):
        return session.scalars(same).one()
    if annexed:
        _keep_annexes(session, row, annexed)
    return row


def _keep_annexes(session: Session, text: ReadText, annexed: Sequence[AnnexRow]) -> None:
    session.add(
        ReadAnnexes(
            id=new_id(),
            organisation_id=text.organisation_id,
            audience_id=text.audience_id,
            own_audience_id=text.own_audience_id,
            text_id=text.id,
            annexes=[rules.annex_kept(row) for row in annexed],
        )
    )
    session.flush()


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
    """Bring a version back as the draft, with its annexes; clauses keep their history.

    Title and terms stay as they are. A clause that was removed since comes back as a new one; a
    file that only the draft had is erased. based_on: `annexes.queries.reading` of the draft as it
    was read: its words, their order and its annexes.
    Raises: NotFound; Denied; Invalid when the draft reads like this already; Conflict with
    today's clauses when it reads otherwise, when a round runs or the text is out.
    """
    of = positions.position(session, actor, position_id)
    policy.require(actor, "position:lead", positions.about(of, frozenset()))
    version = positions.version(session, actor, version_id)
    if version.position_id != of.id:
        raise NotFound
    now = drafts.clauses(session, actor, of.document_id)
    if annexes.reading(session, actor, of.document_id, now) != based_on:
        raise Conflict(Reason("versions.draft-moved"), current=now)
    annexed = annexes.of_draft(session, actor, of.document_id)
    is_same = digest(annexed) == digest(version.annexes)
    if is_same and drafts.order_hash(version.clauses) == drafts.order_hash(now):
        raise Invalid(Reason("versions.same"))
    saw(session, actor, position_id)
    if Stage(of.stage) not in WRITABLE:
        positioning.reopen(session, actor, position_id)
    _write(session, actor, of.document_id, now, version.clauses)
    annexing.bring_back(session, actor, of.document_id, version_id=version.id)
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
