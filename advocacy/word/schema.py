"""Word files that came in, and what was found in each."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.base import Base, Keyed


class WordFile(Base, Keyed, Protected):
    """A Word file as it was read. Read by the organisation that sent it, and nobody else."""

    __tablename__ = "word_file"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))
    position_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("position.id"), index=True, comment="the text it belongs to; empty = none yet"
    )
    version_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("version.id"), comment="the version it was made from, where not the draft"
    )
    version_number: Mapped[int] = mapped_column(comment="the same as people call it; 0 = draft")
    person_id: Mapped[UUID | None]
    at: Mapped[datetime]
    title: Mapped[str] = mapped_column(comment="as the file says")
    digest: Mapped[str] = mapped_column(index=True, comment="SHA-256 of its bytes, hex")
    facts: Mapped[dict[str, Any]] = mapped_column(comment="counts, as the file was read")
    sent_at: Mapped[datetime | None] = mapped_column(comment="when somebody confirmed it")


class WordItem(Base, Keyed, Protected):
    """One thing that was found in a file. Its words never change, its state does."""

    __tablename__ = "word_item"
    __table_args__ = (UniqueConstraint("file_id", "number"),)

    file_id: Mapped[UUID] = mapped_column(ForeignKey("word_file.id"))
    number: Mapped[int] = mapped_column(comment="its place in the file, from 1")
    what: Mapped[str]
    state: Mapped[str]
    why: Mapped[str] = mapped_column(comment="code of a reason; empty = none")
    facts: Mapped[dict[str, Any]]
    cid: Mapped[UUID | None]
    after: Mapped[UUID | None]
    clause_kind: Mapped[str]
    heading: Mapped[str]
    wording: Mapped[str]
    base_hash: Mapped[str]
    base_heading: Mapped[str]
    base_text: Mapped[str]
    quote: Mapped[str]
    author: Mapped[str] = mapped_column(comment="as the file says; goes nowhere else")
    is_untracked: Mapped[bool]
    count: Mapped[int] = mapped_column(comment="tracked changes it is made of")
    result_id: Mapped[UUID | None] = mapped_column(comment="the proposal or thread it became")
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[UUID | None] = mapped_column(comment="person")
