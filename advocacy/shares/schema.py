"""One row per link, and one per opening."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.base import Base, Keyed


class Width(StrEnum):
    """Whose facts a link shows: those of all donors, or of everybody."""

    DONORS = "donors"
    PUBLIC = "public"


class Share(Base, Keyed, Protected):
    """A link that was given out. What opens it is a bearer; its token is kept nowhere."""

    __tablename__ = "share"
    __table_args__ = (CheckConstraint("width IN ('donors', 'public')", name="width"),)

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    label: Mapped[str] = mapped_column(comment="whom it is for, in the words of who made it")
    width: Mapped[str]
    view: Mapped[dict[str, Any]] = mapped_column(comment="filters of the donor page")
    has_password: Mapped[bool]
    bearer_id: Mapped[UUID] = mapped_column(ForeignKey("bearer.id"), comment="what opens it now")
    until_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    person_id: Mapped[UUID | None]


class ShareOpening(Base, Keyed):
    """Somebody opened a link: when, and nothing of who."""

    __tablename__ = "share_opening"

    share_id: Mapped[UUID] = mapped_column(ForeignKey("share.id"), index=True)
    at: Mapped[datetime]
