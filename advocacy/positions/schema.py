"""Positions, their stages, and their frozen versions."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed


class Stage(StrEnum):
    """Where a position stands. That a round is over is asked of its clock, not kept here."""

    DRAFTING = "drafting"
    CONSULTATION = "consultation"
    FROZEN = "frozen"
    SIGNOFF = "signoff"
    PUBLISHED = "published"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What is written; each kind has a skeleton of clauses."""

    JOINT_STATEMENT = "joint_statement"
    KEY_MESSAGES = "key_messages"
    HCT_NOTE = "hct_note"
    OPEN_LETTER = "open_letter"
    PRIVATE_LETTER = "private_letter"


class Channel(StrEnum):
    """How the text goes out. Leave for one is no leave for the other."""

    PUBLIC = "public"
    PRIVATE = "private"


class Position(Base, Keyed, Protected):
    """A joint text as a case. organisation_id is the lead."""

    __tablename__ = "position"
    __table_args__ = (CheckConstraint("sensitivity BETWEEN 1 AND 4", name="sensitivity"),)

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    purpose: Mapped[str]
    audience_words: Mapped[str] = mapped_column(comment="who will read it, in words")
    channel: Mapped[str]
    attribution: Mapped[str] = mapped_column(comment="whose names stand under it")
    sensitivity: Mapped[int] = mapped_column(comment="1 low to 4 severe")
    language: Mapped[str] = mapped_column(comment="BCP 47; the language that is signed")
    document_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"), unique=True)
    participants_id: Mapped[UUID] = mapped_column(ForeignKey("access_group.id"))
    stage: Mapped[str] = mapped_column(index=True, comment="kept fold of its stage acts")
    created_at: Mapped[datetime]


class StageAct(Base, Protected, Act):
    """A position came to a stage."""

    __tablename__ = "position_stage"
    __chain__ = ("position_id",)
    __table_args__ = (first_of_chain("position_stage", "position_id"),)

    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"), index=True)
    stage: Mapped[str]


class Version(Base, Keyed, Protected, Frozen):
    """A frozen text with its release terms: what an organisation's answer names."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("position_id", "number"),)

    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    language: Mapped[str]
    terms: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(index=True)
    plain_digest: Mapped[str] = mapped_column(
        index=True, comment="words alone: finds the version of a printed copy"
    )
    frozen_at: Mapped[datetime]
    person_id: Mapped[UUID | None]


class Outlet(Base, Keyed, Protected, Frozen):
    """A version went out, and who reads it from when: what follows from it reaches no further."""

    __tablename__ = "version_outlet"
    __table_args__ = (UniqueConstraint("version_id"),)

    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    readers_id: Mapped[UUID] = mapped_column(ForeignKey("audience.id"))


class VersionClause(Base, Keyed, Protected, Frozen):
    """A clause of a frozen version, with its rendered copy."""

    __tablename__ = "version_clause"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    cid: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[str]
    heading: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    html_by: Mapped[str]
    language: Mapped[str] = mapped_column(comment="where it differs from the text's, else empty")
    hash: Mapped[str]
