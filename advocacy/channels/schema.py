"""Where each organisation leaves its name out, as acts."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class Quiet(Base, Protected, Act):
    """Whom an organisation does not show its name to, under one text. The last row counts."""

    __tablename__ = "channel_quiet"
    __chain__ = ("position_id", "organisation_id")
    __table_args__ = (first_of_chain("channel_quiet", "position_id", "organisation_id"),)

    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"), index=True)
    left_out: Mapped[list[str]] = mapped_column(comment="readers who do not get the name")
