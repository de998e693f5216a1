"""Copies of a text that were given to somebody, and what followed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed


class Delivery(Base, Keyed, Protected, Frozen):
    """A copy of a text was given to somebody. Read by the lead and those who were asked."""

    __tablename__ = "delivery"

    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"), index=True)
    to_name: Mapped[str]
    to_role: Mapped[str]
    how: Mapped[str] = mapped_column(comment="hand, mail, post, meeting, read or other")
    by_name: Mapped[str] = mapped_column(comment="who gave it, in words")
    given_at: Mapped[datetime]
    note: Mapped[str]
    recorded_at: Mapped[datetime]
    person_id: Mapped[UUID | None]


class DeliveryAddress(Base, Keyed, Protected, Frozen):
    """Where a notice reaches them. Of the lead alone."""

    __tablename__ = "delivery_address"
    __table_args__ = (UniqueConstraint("delivery_id"),)

    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"))
    address: Mapped[str]
    language: Mapped[str]


class DeliveryAct(Base, Protected, Act):
    """They answered, or were told that the text is corrected or withdrawn."""

    __tablename__ = "delivery_act"
    __chain__ = ("delivery_id",)
    __table_args__ = (first_of_chain("delivery_act", "delivery_id"),)

    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"), index=True)
    kind: Mapped[str] = mapped_column(comment="reply or told")
    words: Mapped[str]
