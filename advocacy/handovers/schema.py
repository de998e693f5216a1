"""Offers of records, and that a record was taken over."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base, Keyed
from advocacy.threats.schema import FieldClass, OfThreat


class HandOver(Base, Protected, Act):
    """A record is offered, taken back, accepted or declined. The two read it; once it is accepted,
    only the one that handed it over."""

    __tablename__ = "hand_over"
    __chain__ = ("threat_id", "owner_id")
    __table_args__ = (first_of_chain("hand_over", "threat_id", "owner_id"),)

    threat_id: Mapped[UUID] = mapped_column(ForeignKey("threat.id"), index=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), comment="when offered")
    to_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    what: Mapped[str] = mapped_column(comment="offered, taken-back, accepted, declined")


class TakenOver(Base, Keyed, OfThreat):
    """Until then another organisation kept this record; which one is said nowhere here."""

    __tablename__ = "threat_taken_over"
    __table_args__ = (UniqueConstraint("threat_id"),)
    __follows__ = FieldClass.MEMBERS

    at: Mapped[datetime]
