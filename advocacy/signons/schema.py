"""What was recorded on behalf, codes on their way, and who answered by link and code."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed
from advocacy.signoff.schema import OfAnswer


class Behalf(Base, Protected, Act):
    """What an organisation is said to answer. Read by the lead and by that organisation."""

    __tablename__ = "signon_behalf"
    __chain__ = ("round_id", "for_id")
    __table_args__ = (first_of_chain("signon_behalf", "round_id", "for_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"), index=True)
    for_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str]
    shown_name: Mapped[str] = mapped_column(default="")
    is_named: Mapped[bool] = mapped_column(comment="the name was given to be shown")
    logo: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[str] = mapped_column(default="", comment="who said so, in words")
    how: Mapped[str] = mapped_column(comment="phone, mail or sheet")


class Code(Base, Keyed):
    """A code that opens one link once. Its hash comes with the mail that carries it."""

    __tablename__ = "signon_code"

    link_id: Mapped[UUID] = mapped_column(index=True, comment="bearer")
    asked_at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(default="", comment="Argon2id; empty = not sent yet")
    until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0, comment="wrong ones")
    used_at: Mapped[datetime | None]


class By(Base, Keyed, OfAnswer, Frozen):
    """Who answered by link and code, as they typed it."""

    __tablename__ = "signon_by"
    __table_args__ = (UniqueConstraint("answer_id"),)

    name: Mapped[str]
    role: Mapped[str]
