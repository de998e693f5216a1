"""For whom a network signs, as acts."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class OnBehalf(Base, Protected, Act):
    """For whom a network signs in a round. The last row counts."""

    __tablename__ = "network_mandate"
    __chain__ = ("round_id", "organisation_id")
    __table_args__ = (first_of_chain("network_mandate", "round_id", "organisation_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"), index=True)
    for_members: Mapped[bool]
    mandate: Mapped[str] = mapped_column(comment="who decided, and how; the network's own words")
    decided_on: Mapped[date | None]
