"""One row for each time that a last day was set, moved or taken away."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class GrantEnd(Base, Act, Protected):
    """The last day of a donor in a workspace, as of then. It is kept at the membership too."""

    __tablename__ = "grant_end"
    __chain__ = ("membership_id",)
    __table_args__ = (
        first_of_chain("grant_end", "membership_id"),
        Index("ix_grant_end_near", "workspace_id", "last_on"),
    )

    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))
    donor_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), comment="whose day it is")
    last_on: Mapped[date | None] = mapped_column(comment="in the workspace's zone; empty = no end")
    reason: Mapped[str]
