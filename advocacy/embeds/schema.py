"""One row for each embed that was made."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.base import Base, Keyed


class What(StrEnum):
    """What an embed shows."""

    CHART = "chart"
    TABLE = "table"


class Embed(Base, Keyed, Protected):
    """An embed that was given out. What opens it is a bearer; its token is kept nowhere."""

    __tablename__ = "share_embed"
    __table_args__ = (CheckConstraint("what IN ('chart', 'table')", name="what"),)

    share_id: Mapped[UUID] = mapped_column(ForeignKey("share.id"), index=True)
    what: Mapped[str]
    language: Mapped[str]
    origins: Mapped[list[Any]] = mapped_column(comment="https sites that may frame it")
    bearer_id: Mapped[UUID] = mapped_column(ForeignKey("bearer.id"), comment="what opens it")
    link_id: Mapped[UUID] = mapped_column(ForeignKey("bearer.id"), comment="the link it lives with")
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    person_id: Mapped[UUID | None]
