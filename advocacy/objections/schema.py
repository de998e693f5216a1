"""What would settle a request for change, and what was said about it since."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed
from advocacy.signoff.schema import OfAnswer


class Wish(Base, Keyed, OfAnswer, Frozen):
    """What would settle the request that an answer makes. One at most for an answer."""

    __tablename__ = "objection_wish"
    __table_args__ = (UniqueConstraint("answer_id"),)

    fix: Mapped[str] = mapped_column(default="", comment="what would settle it")
    clause_id: Mapped[UUID | None] = mapped_column(comment="we endorse if this clause reads …")
    wording: Mapped[str] = mapped_column(default="", comment="… exactly so")
    clause_hash: Mapped[str] = mapped_column(default="", comment="the clause's with this wording")
    outside: Mapped[str] = mapped_column(default="", comment="how we would then be shown")
    shown_name: Mapped[str] = mapped_column(default="")
    logo: Mapped[bool] = mapped_column(default=False)


class Talk(Base, OfAnswer, Act):
    """Somebody spoke about a request for change, or its owner cleared it."""

    __tablename__ = "objection_talk"
    __chain__ = ("answer_id",)
    __table_args__ = (first_of_chain("objection_talk", "answer_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"), index=True)
    kind: Mapped[str] = mapped_column(comment="said or cleared")
    text: Mapped[str] = mapped_column(default="")
