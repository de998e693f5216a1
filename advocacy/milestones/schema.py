"""Milestones of asks, as acts."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class State(StrEnum):
    """Where a milestone stands."""

    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


class Milestone(Base, Protected, Act):
    """What is said of a milestone since this act. The acts of one share `milestone_id`."""

    __tablename__ = "milestone"
    __chain__ = ("milestone_id",)
    __table_args__ = (
        first_of_chain("milestone", "milestone_id"),
        CheckConstraint(f"state IN ({', '.join(repr(s.value) for s in State)})", name="state"),
    )

    milestone_id: Mapped[UUID]
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("ask.id"), index=True)
    text: Mapped[str]
    due_on: Mapped[date]
    due_precision: Mapped[str]
    state: Mapped[str]
