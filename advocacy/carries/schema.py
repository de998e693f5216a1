"""What organisations ticked, what was carried for them, and who said that it is only spelling."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed


class How(StrEnum):
    """Why an answer was carried."""

    SAME = "same"
    SPELLING = "spelling"


class What(StrEnum):
    """What was done about a change of spelling."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"


class Choice(Base, Keyed, Protected, Frozen):
    """What an organisation ticked beside an answer. Read by it alone."""

    __tablename__ = "answer_choice"

    answer_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_answer.id"), unique=True)
    spelling: Mapped[bool] = mapped_column(comment="spelling and layout need not come back to us")
    translations: Mapped[bool] = mapped_column(comment="our name may stand under translations")


class Carried(Base, Keyed, Protected, Frozen):
    """An answer that stands because an earlier one did. Read by its organisation alone."""

    __tablename__ = "answer_carried"

    answer_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_answer.id"), unique=True)
    from_answer_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_answer.id"))
    how: Mapped[str]
    recall_until: Mapped[datetime | None] = mapped_column(comment="for spelling: 24 hours")


class Spelling(Base, Protected, Act):
    """That a round's text differs from an earlier one in spelling only. Read by the lead."""

    __tablename__ = "spelling_act"
    __chain__ = ("round_id",)
    __table_args__ = (first_of_chain("spelling_act", "round_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"))
    what: Mapped[str]
