"""What was imported, by whom, from which file; and how each record looked before."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.base import Base, Keyed


class ImportRun(Keyed, Base):
    """One file brought in, in one transaction."""

    __tablename__ = "import_run"
    __table_args__ = (
        CheckConstraint("state IN ('applied', 'undoing', 'undone')", name="state"),
        Index(None, "organisation_id", "at"),
    )

    kind: Mapped[str] = mapped_column(comment="name of the mapper, for example recommendations.upr")
    # People, organisations and workspaces live on higher floors: ids without a foreign key.
    workspace_id: Mapped[UUID | None] = mapped_column(index=True)
    person_id: Mapped[UUID]
    organisation_id: Mapped[UUID]
    at: Mapped[datetime]
    file_name: Mapped[str]
    file_hash: Mapped[str] = mapped_column(comment="sha256 of the file's bytes, hex")
    state: Mapped[str] = mapped_column(
        default="applied", comment="while 'undoing', triggers let this run's acts be deleted"
    )
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ImportRow(Keyed, Base):
    """One record that a run made or changed. `before` is what the undo puts back."""

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("run_id", "key"),
        CheckConstraint("verdict IN ('new', 'changed')", name="verdict"),
    )

    run_id: Mapped[UUID] = mapped_column(ForeignKey("import_run.id"))
    key: Mapped[str] = mapped_column(comment="the mapper's key of the record")
    verdict: Mapped[str]
    target_id: Mapped[UUID] = mapped_column(index=True, comment="the record made or changed")
    fingerprint: Mapped[str] = mapped_column(comment="of the record as imported")
    before: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), comment="the record before; empty when it is new"
    )
    parts: Mapped[int | None] = mapped_column(
        comment="how many records came beneath a new one; empty where nobody asks"
    )
