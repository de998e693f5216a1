"""Windows of opportunity and what is to be raised in them, as acts."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class Window(Base, Protected, Act):
    """What is said of a window since this act. The acts of one window share `window_id`."""

    __tablename__ = "opportunity"
    __chain__ = ("window_id",)
    __table_args__ = (
        first_of_chain("opportunity", "window_id"),
        CheckConstraint("begins_on <= ends_on", name="days"),
        Index("ix_opportunity_days", "workspace_id", "ends_on"),
    )

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))
    window_id: Mapped[UUID]
    name: Mapped[str]
    forum: Mapped[str]
    begins_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(comment="its last day")
    is_off: Mapped[bool] = mapped_column(default=False, comment="it does not take place")


class Use(Base, Protected, Act):
    """A recommendation is to be raised in a window, or no longer so."""

    __tablename__ = "opportunity_use"
    __chain__ = ("window_id", "recommendation_id")
    __table_args__ = (first_of_chain("opportunity_use", "window_id", "recommendation_id"),)

    window_id: Mapped[UUID]
    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"), index=True)
    stands: Mapped[bool]
