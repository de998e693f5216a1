"""Add, change and remove annexes of a draft; keep them with a version."""

from hashlib import sha256
from typing import cast
from uuid import UUID

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from advocacy.access import audience
from advocacy.access.actor import Actor
from advocacy.annexes import queries, rules
from advocacy.annexes.rows import AnnexRow
from advocacy.annexes.schema import Annex, AnnexFile, VersionAnnex
from advocacy.audit import actions as audit
from advocacy.audit.rules import Event
from advocacy.drafting import queries as drafts
from advocacy.formats.attachment import Attachment
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.text.canon import normalise


def add(
    session: Session, actor: Actor, document_id: UUID, *, title: str, sent: Attachment
) -> Annex:
    """Put a file at the end of a draft's annexes. By who writes for its lead.

    Raises: NotFound; Denied; Conflict for a closed draft; Invalid for a title or a file that is
    there already, and beyond what a text takes.
    """
    others = _open(session, actor, document_id)
    title, digest = _tidied(title), sha256(sent.data).hexdigest()
    Invalid.unless_empty(rules.faults(title, len(sent.data), digest, others=others))
    kept = _keep(session, actor, document_id, sent, digest)
    made = Annex(
        id=new_id(),
        organisation_id=kept.organisation_id,
        audience_id=kept.audience_id,
        own_audience_id=kept.own_audience_id,
        document_id=document_id,
        file_id=kept.id,
        title=title,
        number=len(others) + 1,
        changed_at=actor.now,
    )
    session.add(made)
    session.flush()
    _record(session, actor, document_id, rules.Added(sha256=digest, size=len(sent.data)))
    return made


def change(
    session: Session,
    actor: Actor,
    annex_id: UUID,
    *,
    title: str,
    number: int,
    sent: Attachment | None,
    based_on: str,
) -> Annex:
    """Give an annex another title, place or file. sent: None = the file stays.

    based_on: `rules.digest` of the list as read. Raises: as `add`; Conflict with today's list.
    """
    found = queries.annex(session, actor, annex_id)
    rows = _open(session, actor, found.document_id, based_on=based_on)
    mine = next(row for row in rows if row.id == annex_id)
    others = [row for row in rows if row.id != annex_id]
    title = _tidied(title)
    digest = sha256(sent.data).hexdigest() if sent else mine.sha256
    size = len(sent.data) if sent else mine.size
    found_faults = rules.faults(title, size, digest, others=others)
    if not 1 <= number <= len(rows):
        found_faults.append(Reason("form.choice", "number"))
    Invalid.unless_empty(found_faults)
    found.title, found.changed_at = title, actor.now
    if sent and digest != mine.sha256:
        found.file_id = _keep(session, actor, found.document_id, sent, digest).id
        session.flush()
        _erase(session, mine.file_id)
    order = [row.id for row in others]
    order.insert(number - 1, annex_id)
    _number(session, found.document_id, order)
    event = rules.Changed(number=number, sha256=digest)
    _record(session, actor, found.document_id, event)
    return found


def remove(session: Session, actor: Actor, annex_id: UUID, *, based_on: str) -> UUID:
    """Take an annex out; its file is erased unless a version has it. Returns the draft's id.

    based_on: as for `change`. Raises: NotFound; Denied; Conflict.
    """
    found = queries.annex(session, actor, annex_id)
    document_id = found.document_id
    rows = _open(session, actor, document_id, based_on=based_on)
    mine = next(row for row in rows if row.id == annex_id)
    session.delete(found)
    session.flush()
    _erase(session, mine.file_id)
    _number(session, document_id, [row.id for row in rows if row.id != annex_id])
    event = rules.Removed(number=mine.number, sha256=mine.sha256)
    _record(session, actor, document_id, event)
    return document_id


def bring_back(session: Session, actor: Actor, document_id: UUID, *, version_id: UUID) -> None:
    """Give a draft the annexes of one of its versions: the same files, titles and order.

    A file that only the draft had is erased. For `versions`, in its transaction, after it has
    checked what was read. Raises: NotFound; Denied; Conflict for a closed draft.
    """
    rows = _open(session, actor, document_id)
    wanted = queries.of_version(session, actor, version_id)
    if rules.digest(rows) == rules.digest(wanted):
        return
    for row in session.scalars(select(Annex).where(Annex.document_id == document_id)):
        session.delete(row)
    session.flush()
    for file_id in {row.file_id for row in rows}:
        _erase(session, file_id)
    document = drafts.document(session, actor, document_id)
    session.add_all(
        Annex(
            id=row.id,
            organisation_id=document.organisation_id,
            audience_id=document.audience_id,
            own_audience_id=document.own_audience_id,
            document_id=document_id,
            file_id=row.file_id,
            title=row.title,
            number=row.number,
            changed_at=actor.now,
        )
        for row in wanted
    )
    session.flush()
    _record(session, actor, document_id, rules.BroughtBack(version=str(version_id)))


def freeze(session: Session, actor: Actor, document_id: UUID, *, version_id: UUID) -> None:
    """Keep the annexes as they are now with a version. For `positions`, in its transaction."""
    document = drafts.document(session, actor, document_id)
    session.add_all(
        VersionAnnex(
            id=new_id(),
            organisation_id=actor.must_organisation(),
            audience_id=document.audience_id,
            own_audience_id=document.own_audience_id,
            version_id=version_id,
            annex_id=row.id,
            file_id=row.file_id,
            title=row.title,
            number=row.number,
        )
        for row in queries.of_draft(session, actor, document_id)
    )
    session.flush()


def let_read(session: Session, version_id: UUID, organisation_id: UUID) -> None:
    """Let one more organisation read the annexes of a version. Inside `guard.system`.

    A file may be in other versions too, each with readers of its own: each keeps those it has.
    """
    annexes, files = (cast(Table, table.__table__) for table in (VersionAnnex, AnnexFile))
    its = select(annexes.c.file_id).where(annexes.c.version_id == version_id)
    for table, which in (
        (annexes, annexes.c.version_id == version_id),
        (files, files.c.id.in_(its)),
    ):
        for row in session.execute(select(table.c.id, table.c.audience_id).where(which)).all():
            parts = audience.parts_of(session, row.audience_id)
            who = audience.intern(session, [*parts, organisation_id])
            session.execute(update(table).where(table.c.id == row.id).values(audience_id=who))


def _open(
    session: Session, actor: Actor, document_id: UUID, *, based_on: str | None = None
) -> list[AnnexRow]:
    """The annexes of a draft that this actor may change, while its other writers wait."""
    document = drafts.locked(session, actor, document_id)
    drafts.require(actor, "annex:change", document)
    rows = queries.of_draft(session, actor, document_id)
    if document.closed_at is not None:
        raise Conflict(Reason("annexes.closed"), current=rows)
    if based_on is not None and based_on != rules.digest(rows):
        raise Conflict(Reason("acts.stale"), current=rows)
    return rows


def _keep(
    session: Session, actor: Actor, document_id: UUID, sent: Attachment, digest: str
) -> AnnexFile:
    """The file; the same row where a version of this text has it already."""
    same = (AnnexFile.document_id == document_id, AnnexFile.sha256 == digest)
    found = session.scalars(select(AnnexFile).where(*same)).first()
    if found is not None:
        return found
    document = drafts.document(session, actor, document_id)
    made = AnnexFile(
        id=new_id(),
        organisation_id=actor.must_organisation(),
        audience_id=document.audience_id,
        own_audience_id=document.own_audience_id,
        document_id=document_id,
        sha256=digest,
        media=sent.media,
        size=len(sent.data),
        tells=list(sent.tells),
        data=sent.data,
    )
    session.add(made)
    session.flush()
    return made


def _erase(session: Session, file_id: UUID) -> None:
    if session.scalars(select(VersionAnnex.id).where(VersionAnnex.file_id == file_id)).first():
        return
    session.delete(session.get_one(AnnexFile, file_id))
    session.flush()


def _number(session: Session, document_id: UUID, order: list[UUID]) -> None:
    for row in session.scalars(select(Annex).where(Annex.document_id == document_id)):
        row.number = order.index(row.id) + 1
    session.flush()


def _tidied(title: str) -> str:
    return " ".join(normalise(title).split())


def _record(session: Session, actor: Actor, document_id: UUID, event: Event) -> None:
    audit.record(session, actor, event, book=f"draft:{document_id}", about=document_id)
