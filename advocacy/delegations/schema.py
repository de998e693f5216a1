"""What was lent, by whom, to whom, from when until when."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class Delegation(Base, Protected, Act):
    """A power given for a time, or ended before its time. Read by its organisation alone."""

    __tablename__ = "delegation"
    __chain__ = ("holding_id",)
    __table_args__ = (first_of_chain("delegation", "holding_id"),)

    holding_id: Mapped[UUID] = mapped_column(ForeignKey("holding.id"), index=True)
    principal_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), comment="who lends")
    delegate_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), comment="who acts")
    scope: Mapped[str]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime]
