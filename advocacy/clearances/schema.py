"""The ladder of an organisation, what was said on it about a round, and the line for the lead."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class Ladder(Base, Protected, Act):
    """The steps of an organisation, first to last. The last row counts."""

    __tablename__ = "clearance_ladder"
    __chain__ = ("organisation_id",)
    __table_args__ = (first_of_chain("clearance_ladder", "organisation_id"),)

    steps: Mapped[list[str]] = mapped_column(comment="names, in the order they are asked")


class Step(Base, Protected, Act):
    """What was said at a step about the text of a round. Of each step the last row counts."""

    __tablename__ = "clearance_step"
    __chain__ = ("round_id", "organisation_id")
    __table_args__ = (first_of_chain("clearance_step", "round_id", "organisation_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"), index=True)
    step: Mapped[str]
    said: Mapped[str]
    by_name: Mapped[str] = mapped_column(comment="who said so, in words; needs no account")
    note: Mapped[str] = mapped_column(default="")


class Line(Base, Protected, Act):
    """What the lead is told: a day, or nothing any more."""

    __tablename__ = "clearance_line"
    __chain__ = ("round_id", "organisation_id")
    __table_args__ = (first_of_chain("clearance_line", "round_id", "organisation_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"), index=True)
    expected_on: Mapped[date | None] = mapped_column(comment="empty = taken back")
