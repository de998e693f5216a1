"""Who follows an ask up: the organisation, and the person in it."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class Minding(Base, Protected, Act):
    """The follow-up of an ask went from one organisation to another."""

    __tablename__ = "ask_minding"
    __chain__ = ("ask_id",)
    __table_args__ = (first_of_chain("ask_minding", "ask_id"),)

    ask_id: Mapped[UUID] = mapped_column(ForeignKey("ask.id"), index=True)
    from_id: Mapped[UUID | None] = mapped_column(comment="organisation before; empty = nobody")
    to_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    note: Mapped[str]


class Focal(Base, Protected, Act):
    """Who of the organisation that follows an ask up has it in hand. Read by that one alone."""

    __tablename__ = "ask_focal"
    __chain__ = ("ask_id", "organisation_id")
    __table_args__ = (first_of_chain("ask_focal", "ask_id", "organisation_id"),)

    ask_id: Mapped[UUID] = mapped_column(ForeignKey("ask.id"), index=True)
    focal_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), index=True, comment="empty = all focal points of it"
    )
    note: Mapped[str]
