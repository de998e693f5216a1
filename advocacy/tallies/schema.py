"""Whether the ask of a round reached a person who may answer."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class Delivery(Base, Protected, Act):
    """The mail that asks was taken by the server of a person, or came back.

    `recorded_at` says when. Seen by the organisation and the lead, like its invitation.
    """

    __tablename__ = "signoff_delivery"
    __chain__ = ("round_id", "invited_id", "to_id")
    __table_args__ = (first_of_chain("signoff_delivery", "round_id", "invited_id", "to_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"), index=True)
    invited_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    to_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), comment="who was written to")
    state: Mapped[str]
    how: Mapped[str] = mapped_column(default="", comment="kind of the failure, no text")
