"""The weekend and zone of a workspace, and its days off."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class CalendarTerms(Base, Protected, Act):
    """Zone and weekend as the coordinator put them. Before the first, the workspace's own hold."""

    __tablename__ = "calendar_terms"
    __chain__ = ("workspace_id",)
    __table_args__ = (first_of_chain("calendar_terms", "workspace_id"),)

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    zone: Mapped[str] = mapped_column(comment="IANA zone its days are counted in")
    weekend: Mapped[str] = mapped_column(comment="weekdays off, Monday is 0")


class CalendarDay(Base, Protected, Act):
    """What one day is: a holiday, a blackout day, or a working day again."""

    __tablename__ = "calendar_day"
    __chain__ = ("workspace_id", "falls_on")
    __table_args__ = (first_of_chain("calendar_day", "workspace_id", "falls_on"),)

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    falls_on: Mapped[date]
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
