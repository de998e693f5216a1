"""The steps of a document and its last snapshot."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Frozen
from advocacy.ground.base import Base, Keyed


class Update(Base, Keyed, Protected, Frozen):
    """One step, as it came. Its organisation is the writer's."""

    __tablename__ = "draft_update"
    __table_args__ = (
        UniqueConstraint("document_id", "key"),
        Index("ux_draft_update_sequence", "document_id", "sequence", unique=True),
    )

    document_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"))
    sequence: Mapped[int] = mapped_column(comment="from 1 in each document, without gaps")
    key: Mapped[str] = mapped_column(comment="person and the number their browser gave it")
    payload: Mapped[bytes] = mapped_column(comment="a Yjs update, version 1")
    person_id: Mapped[UUID | None]
    at: Mapped[datetime]


class Snapshot(Base, Keyed, Protected):
    """The whole document as of one step. Made anew now and then; the steps stay."""

    __tablename__ = "draft_snapshot"

    document_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"), unique=True)
    sequence: Mapped[int]
    state: Mapped[bytes] = mapped_column(comment="a Yjs update, version 1: everything so far")
