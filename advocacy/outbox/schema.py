"""Rows of work to be done after the commit."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.base import Base, Keyed

MOST_TRIES = 8


class OutboxRow(Base, Keyed):
    """One thing to do outside. Payload holds ids only, never text: it is rendered when sent."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_open", "done_at", "due_at"),)

    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(default="", comment="kind of the last failure, no text")
