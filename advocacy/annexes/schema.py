"""Files, the annexes of a draft, and those of a frozen version."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Frozen
from advocacy.ground.base import Base, Keyed


class AnnexFile(Base, Keyed, Protected):
    """A file as it was sent. Not for ever: what no version has is erased with its annex."""

    __tablename__ = "annex_file"
    __table_args__ = (UniqueConstraint("document_id", "sha256"),)

    document_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"))
    sha256: Mapped[str]
    media: Mapped[str] = mapped_column(comment="its type, found by what it holds")
    size: Mapped[int] = mapped_column(comment="bytes")
    tells: Mapped[list[str]] = mapped_column(comment="what it says of its writers, in closed words")
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Annex(Base, Keyed, Protected):
    """An annex of a draft, as it is now. Its id stays when its file is replaced."""

    __tablename__ = "annex"
    __table_args__ = (UniqueConstraint("document_id", "file_id"),)

    document_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"))
    file_id: Mapped[UUID] = mapped_column(ForeignKey("annex_file.id"))
    title: Mapped[str]
    number: Mapped[int] = mapped_column(comment="its place, from 1")
    changed_at: Mapped[datetime]


class VersionAnnex(Base, Keyed, Protected, Frozen):
    """An annex as it was when a version was frozen."""

    __tablename__ = "version_annex"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    annex_id: Mapped[UUID] = mapped_column(comment="the same in each version it is in")
    # No cascade: a file that a version has cannot be erased.
    file_id: Mapped[UUID] = mapped_column(ForeignKey("annex_file.id"))
    title: Mapped[str]
    number: Mapped[int]
