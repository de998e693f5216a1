"""Remarks about a threat, whose answer they ask for, and what became of them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base, Keyed
from advocacy.threats.schema import FieldClass, OfThreat


class To(StrEnum):
    """Whom a remark is for, besides those who wrote it."""

    OWN = "own"
    OWNER = "owner"
    COORDINATORS = "coordinators"
    CIRCLE = "circle"
    RECORD = "record"


class Deed(StrEnum):
    """What was done with a remark."""

    TAKEN_BACK = "taken-back"
    FOLDED = "folded"
    UNFOLDED = "unfolded"


class Remark(Base, Keyed, OfThreat):
    """What an organisation said. Its words are never changed."""

    __tablename__ = "threat_remark"
    __erased__ = ("text",)
    __table_args__ = (Index("ix_threat_remark_said", "threat_id", "at", "id"),)
    __follows__ = FieldClass.MEMBERS

    to: Mapped[str] = mapped_column("said_to", comment="whom it is for")
    at: Mapped[datetime]
    person_id: Mapped[UUID | None]
    text: Mapped[str]


class RemarkAct(Base, OfThreat, Act):
    """A remark was taken back, folded away, or unfolded."""

    __tablename__ = "threat_remark_act"
    __chain__ = ("remark_id",)
    __table_args__ = (first_of_chain("threat_remark_act", "remark_id"),)
    __follows__ = FieldClass.MEMBERS

    remark_id: Mapped[UUID] = mapped_column(ForeignKey("threat_remark.id"), index=True)
    deed: Mapped[str]


class RemarkAsk(Base, Keyed, OfThreat):
    """Whose answer a remark asks for. Read by who wrote it and by those asked."""

    __tablename__ = "threat_remark_ask"
    __follows__ = FieldClass.MEMBERS

    remark_id: Mapped[UUID] = mapped_column(ForeignKey("threat_remark.id"), unique=True)
    to_id: Mapped[UUID] = mapped_column(index=True, comment="organisation")
    at: Mapped[datetime]
