"""What a person has read of a text, so that it can be told what changed since."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Frozen
from advocacy.ground.base import Base, Keyed


class ReadText(Base, Keyed, Protected, Frozen):
    """A draft as it read when somebody said that they have read it. One row for equal texts."""

    __tablename__ = "read_text"
    __table_args__ = (UniqueConstraint("position_id", "content_hash"),)

    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"))
    content_hash: Mapped[str]
    title: Mapped[str]
    terms: Mapped[dict[str, Any]]
    clauses: Mapped[list[Any]] = mapped_column(comment="cid, kind, heading, text, language of each")


class ReadAnnexes(Base, Keyed, Protected, Frozen):
    """The annexes of a text as somebody read it; none of them = there is no row."""

    __tablename__ = "read_annexes"

    text_id: Mapped[UUID] = mapped_column(ForeignKey("read_text.id"), unique=True)
    annexes: Mapped[list[Any]] = mapped_column(comment="id, number, title and file of each")


class Reading(Base, Keyed, Protected):
    """Which text a person last read of a position, for the organisation they acted for."""

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("position_id", "person_id", "organisation_id"),)

    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"))
    person_id: Mapped[UUID]
    text_id: Mapped[UUID] = mapped_column(ForeignKey("read_text.id"))
    at: Mapped[datetime]
