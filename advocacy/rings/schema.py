"""Sharing circles and the acts that put organisations into them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base, Keyed


class Ring(Base, Keyed, Protected):
    """A sharing circle. Its id is also the id of its access group."""

    __tablename__ = "ring"
    __table_args__ = (UniqueConstraint("organisation_id", "workspace_id", "name"),)

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    name: Mapped[str] = mapped_column(comment="unique for its owner only")
    hides_roster: Mapped[bool] = mapped_column(comment="each member knows of itself alone")
    created_at: Mapped[datetime]


class RingMember(Base, Protected, Act):
    """An organisation was put into a circle or is out of it. The last act counts."""

    __tablename__ = "ring_member"
    __chain__ = ("ring_id", "member_id")
    __table_args__ = (first_of_chain("ring_member", "ring_id", "member_id"),)

    ring_id: Mapped[UUID] = mapped_column(ForeignKey("ring.id"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    is_in: Mapped[bool]
    extends: Mapped[bool] = mapped_column(comment="it may put others in")
