"""One row per feed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.base import Base, Keyed


class What(StrEnum):
    """What a feed tells."""

    CALENDAR = "calendar"
    NEWS = "news"


class Feed(Base, Keyed, Protected):
    """An address that was given out. What opens it is a bearer; its token is kept nowhere."""

    __tablename__ = "feed"
    __table_args__ = (CheckConstraint("what IN ('calendar', 'news')", name="what"),)

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    what: Mapped[str]
    with_titles: Mapped[bool] = mapped_column(comment="of a calendar: the titles of asks too")
    bearer_id: Mapped[UUID] = mapped_column(ForeignKey("bearer.id"), comment="what opens it")
    until_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
