"""The live text, its clauses, and what was done to each."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base, Keyed


class ClauseKind(StrEnum):
    """What a clause is in the text."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    RECOMMENDATION = "recommendation"


class What(StrEnum):
    """What was done to a clause."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"


class Document(Base, Keyed, Protected):
    """A text being written."""

    __tablename__ = "draft"

    language: Mapped[str] = mapped_column(comment="BCP 47")
    order: Mapped[list[str]] = mapped_column(comment="ids of the clauses, first to last")
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(comment="no edits from then on")


class DraftClause(Base, Keyed, Protected):
    """A clause as it reads now. Its id is the `cid` of versions, comments and answers."""

    __tablename__ = "draft_clause"

    document_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"), index=True)
    kind: Mapped[str]
    heading: Mapped[str]
    text: Mapped[str]
    html: Mapped[str] = mapped_column(comment="the text, rendered and cleaned")
    html_by: Mapped[str] = mapped_column(comment="the cleaner's version")
    changed_at: Mapped[datetime]
    changed_by: Mapped[UUID] = mapped_column(comment="organisation of the last change")
    removed_at: Mapped[datetime | None]
    act_id: Mapped[UUID | None] = mapped_column(comment="its last act, kept")


class Line(Base, Keyed, Protected):
    """As of which step of its document a draft's clauses have been given its words."""

    __tablename__ = "draft_line"

    document_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"), unique=True)
    sequence: Mapped[int]


class ClauseAct(Base, Protected, Act):
    """One edit of one clause: what it became, and whose edit it was."""

    __tablename__ = "draft_clause_act"
    __chain__ = ("cid",)
    __table_args__ = (first_of_chain("draft_clause_act", "cid"),)

    cid: Mapped[UUID] = mapped_column(ForeignKey("draft_clause.id"), index=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"), index=True)
    what: Mapped[str]
    heading: Mapped[str]
    text: Mapped[str]
    number: Mapped[int] = mapped_column(comment="its place after the edit, from 1; 0 = removed")
