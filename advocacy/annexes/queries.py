"""Read the annexes of a draft, of a version, of what went out; and the files of each."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor
from advocacy.annexes import rules
from advocacy.annexes.rows import AnnexRow, FileRow
from advocacy.annexes.schema import Annex, AnnexFile, VersionAnnex
from advocacy.drafting import queries as drafts
from advocacy.ground.errors import NotFound
from advocacy.text.hashes import Clause

_OF_FILE = (AnnexFile.media, AnnexFile.size, AnnexFile.sha256, AnnexFile.tells)
_DRAFT = select(Annex.id, Annex.file_id, Annex.number, Annex.title, *_OF_FILE).join(
    AnnexFile, AnnexFile.id == Annex.file_id
)
_VERSION = select(
    VersionAnnex.annex_id, VersionAnnex.file_id, VersionAnnex.number, VersionAnnex.title, *_OF_FILE
).join(AnnexFile, AnnexFile.id == VersionAnnex.file_id)


def of_draft(session: Session, actor: Actor, document_id: UUID) -> list[AnnexRow]:
    """The annexes of a draft in their order; none for those outside."""
    query = _DRAFT.where(Annex.document_id == document_id).order_by(Annex.number, Annex.id)
    return [_row(row) for row in session.execute(query)]


def in_no_version(session: Session, actor: Actor, document_id: UUID) -> list[AnnexRow]:
    """The annexes of a draft whose files go for ever with them: no version has them."""
    kept = select(VersionAnnex.file_id).join(AnnexFile, AnnexFile.id == VersionAnnex.file_id)
    files = set(session.scalars(kept.where(AnnexFile.document_id == document_id)))
    return [row for row in of_draft(session, actor, document_id) if row.file_id not in files]


def lines(session: Session, actor: Actor, document_id: UUID) -> tuple[str, ...]:
    """What of a draft's annexes goes into the content hash of a version."""
    return tuple(row.line for row in of_draft(session, actor, document_id))


def of_version(session: Session, actor: Actor, version_id: UUID) -> tuple[AnnexRow, ...]:
    """The annexes that a version was frozen with, in their order; none for those outside."""
    query = _VERSION.where(VersionAnnex.version_id == version_id).order_by(VersionAnnex.number)
    return tuple(_row(row) for row in session.execute(query))


def gone_out(session: Session, actor: Actor, version_id: UUID) -> tuple[AnnexRow, ...]:
    """The same for a version that went out. The caller has read its release as this reader."""
    with guard.system(session, guard.System.RELEASE):
        return of_version(session, actor, version_id)


def _row(row: Any) -> AnnexRow:
    of_file = (row.media, row.size, row.sha256, tuple(row.tells))
    return AnnexRow(row[0], row.file_id, row.number, row.title, *of_file)


def reading(session: Session, actor: Actor, document_id: UUID, clauses: Iterable[Clause]) -> str:
    """What a freeze is based on: the clauses as read, and the annexes of the draft."""
    return rules.basis(drafts.order_hash(clauses), of_draft(session, actor, document_id))


def annex(session: Session, actor: Actor, annex_id: UUID) -> Annex:
    """An annex of a draft. Raises NotFound."""
    found = session.scalars(select(Annex).where(Annex.id == annex_id)).first()
    if found is None:
        raise NotFound
    return found


def may_change(session: Session, actor: Actor, document_id: UUID) -> bool:
    """Whether this reader may add, change and remove annexes now."""
    of = drafts.document(session, actor, document_id)
    about = policy.About(organisation_id=of.organisation_id)
    return of.closed_at is None and policy.allows(actor, "annex:change", about)


def document_of(session: Session, actor: Actor, file_id: UUID) -> UUID:
    """The draft that a file belongs to. Raises NotFound for those outside."""
    found = session.scalars(select(AnnexFile.document_id).where(AnnexFile.id == file_id)).first()
    if found is None:
        raise NotFound
    return found


def file(session: Session, actor: Actor, file_id: UUID) -> FileRow:
    """A file with its bytes. Raises NotFound for those outside its text."""
    columns = (AnnexFile.media, AnnexFile.sha256, AnnexFile.data)
    found = session.execute(select(*columns).where(AnnexFile.id == file_id)).first()
    if found is None:
        raise NotFound
    row = FileRow(*found)
    if sha256(row.data).hexdigest() != row.sha256:
        raise RuntimeError(f"the file {file_id} is not what was signed")
    return row


def file_gone_out(session: Session, actor: Actor, version_id: UUID, file_id: UUID) -> FileRow:
    """A file of a version that went out. The caller has read its release as this reader.

    Raises NotFound for any other file.
    """
    if file_id not in {row.file_id for row in gone_out(session, actor, version_id)}:
        raise NotFound
    with guard.system(session, guard.System.RELEASE):
        return file(session, actor, file_id)
