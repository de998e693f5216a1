"""One row per event, and its erasable detail in a side table."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.acts import Frozen
from advocacy.ground.base import Base, Keyed


class AuditEvent(Base, Keyed, Frozen):
    """What happened, chained within its book."""

    __tablename__ = "audit_event"
    __table_args__ = (UniqueConstraint("book", "sequence"),)

    book: Mapped[str] = mapped_column(comment="kind:uuid of what the chain is about")
    sequence: Mapped[int]
    at: Mapped[datetime]
    name: Mapped[str]
    about_id: Mapped[UUID] = mapped_column(index=True, comment="the record; who sees it sees this")
    person_id: Mapped[UUID | None]
    seat_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None]
    commitment: Mapped[str] = mapped_column(comment="SHA-256 of salt and detail")
    previous_hash: Mapped[str]
    hash: Mapped[str]


class AuditDetail(Base):
    """Salt and fields of an event. May be erased; the chain stays whole."""

    __tablename__ = "audit_detail"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("audit_event.id"), primary_key=True)
    salt: Mapped[str]
    detail: Mapped[dict[str, Any]]


class AuditHead(Base):
    """Where each book ends, so that a removed last row is missed."""

    __tablename__ = "audit_head"

    book: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int]
    hash: Mapped[str]
