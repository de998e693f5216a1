"""Versions of a protocol, and the acceptances."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access import kept
from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed


class Protocol(Base, Protected, Act):
    """One version of a workspace's protocol, for everybody in the workspace."""

    __tablename__ = "protocol"
    __chain__ = ("workspace_id",)
    __table_args__ = (
        first_of_chain("protocol", "workspace_id"),
        CheckConstraint("keep_months IS NULL OR keep_months >= 1", name="keep_months"),
    )

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    number: Mapped[int] = mapped_column(comment="of the version, from 1")
    title: Mapped[str]
    decided_by: Mapped[str] = mapped_column(comment="the body that decided, in words")
    decided_on: Mapped[date]
    asks_from: Mapped[datetime] = mapped_column(comment="from then on it must be accepted")
    levels: Mapped[dict[str, Any]] = mapped_column(comment="sensitivity -> label and widest reach")
    text: Mapped[str]
    link: Mapped[str]
    host: Mapped[str] = mapped_column(comment="who keeps the data")
    country: Mapped[str] = mapped_column(comment="where it lies, in words")
    readers: Mapped[str] = mapped_column(comment="who at the host could read it, in words")
    keep_months: Mapped[int | None] = mapped_column(
        comment="full accounts are purged so long after closure; empty = never"
    )


class ProtocolAcceptance(Base, Keyed, Protected, Frozen):
    """An organisation has accepted a version. It and the coordinating organisation read it."""

    __tablename__ = "protocol_acceptance"
    __table_args__ = (UniqueConstraint("protocol_id", "organisation_id"),)

    protocol_id: Mapped[UUID] = mapped_column(ForeignKey("protocol.id"), index=True)
    person_id: Mapped[UUID | None]
    seat_id: Mapped[UUID | None]
    at: Mapped[datetime]


kept.turns_at(Protocol.__table__.c.asks_from)
