"""With whom an ask was raised, the reply, and the next date."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Frozen
from advocacy.ground.base import Base, Keyed


class Raising(Base, Keyed, Protected, Frozen):
    """Beside the step that says that it was raised, where and at what level."""

    __tablename__ = "ask_raising"
    __table_args__ = (Index("ix_ask_raising_next", "organisation_id", "next_on"),)

    act_id: Mapped[UUID] = mapped_column(ForeignKey("ask_act.id"), unique=True)
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("ask.id"), index=True)
    whom: Mapped[str] = mapped_column(comment="by role, never by name")
    reply: Mapped[str]
    next_on: Mapped[date | None] = mapped_column(comment="when to raise it again")
    recorded_at: Mapped[datetime]
