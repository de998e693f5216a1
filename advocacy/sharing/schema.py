"""Widenings, areas of responsibility, what their coordinators said, and hand-overs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class Widening(Base, Protected, Act):
    """A wider audience is asked for, confirmed or taken back. Its own organisation reads it."""

    __tablename__ = "widening"
    __chain__ = ("threat_id",)
    __table_args__ = (first_of_chain("widening", "threat_id"),)

    threat_id: Mapped[UUID] = mapped_column(ForeignKey("threat.id"), index=True)
    what: Mapped[str] = mapped_column(comment="asked, confirmed, taken-back")
    choice: Mapped[dict[str, Any]] = mapped_column(comment="level and who is named")
    on_audience: Mapped[UUID] = mapped_column(comment="who saw it when this was asked")
    until: Mapped[datetime] = mapped_column(comment="it must be confirmed before")
    alone_from: Mapped[datetime | None] = mapped_column(
        comment="who asked may confirm it from then on; empty = never"
    )


class AreaLead(Base, Protected, Act):
    """Which organisation coordinates an area of responsibility, from when this was written."""

    __tablename__ = "area_lead"
    __chain__ = ("workspace_id", "area")
    __table_args__ = (first_of_chain("area_lead", "workspace_id", "area"),)

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    area: Mapped[str]
    lead_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisation.id"), comment="empty = nobody"
    )


class AreaWord(Base, Protected, Act):
    """The owner asks an area's coordinator; that organisation agrees or does not. They alone."""

    __tablename__ = "area_word"
    __chain__ = ("threat_id", "lead_id")
    __table_args__ = (first_of_chain("area_word", "threat_id", "lead_id"),)

    threat_id: Mapped[UUID] = mapped_column(ForeignKey("threat.id"), index=True)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))
    lead_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    what: Mapped[str] = mapped_column(comment="asked, agreed, refused")
    choice: Mapped[dict[str, Any]] = mapped_column(comment="level and who is named")
    told: Mapped[dict[str, Any]] = mapped_column(comment="the safe part, as it was asked about")
    reason: Mapped[str] = mapped_column(comment="why not; empty when asked or agreed")
