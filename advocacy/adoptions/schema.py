"""Steps of adoption, their outcomes, and the chair of a body."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed


class Step(Base, Keyed, Protected, Frozen):
    """A body is asked to adopt a version, after the steps before it."""

    __tablename__ = "adoption_step"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    number: Mapped[int]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    body_name: Mapped[str] = mapped_column(comment="as it was called then")
    deed: Mapped[str] = mapped_column(comment="adopts, or clears")
    recorded_at: Mapped[datetime]
    person_id: Mapped[UUID | None]


class Outcome(Base, Protected, Act):
    """What a body decided about a version. The last one of a step counts."""

    __tablename__ = "adoption_outcome"
    __chain__ = ("step_id",)
    __table_args__ = (first_of_chain("adoption_outcome", "step_id"),)

    step_id: Mapped[UUID] = mapped_column(ForeignKey("adoption_step.id"), index=True)
    kind: Mapped[str]
    met_on: Mapped[date]
    chair: Mapped[str]
    minutes: Mapped[str] = mapped_column(default="", comment="in words")
    minutes_url: Mapped[str] = mapped_column(default="", comment="where the minutes lie")
    words: Mapped[str] = mapped_column(default="", comment="the change, where to, or why not")
    roster: Mapped[list[str]] = mapped_column(comment="ids of the organisations in the body then")


class Chair(Base, Protected, Act):
    """Who chairs a body, in words. The last one counts."""

    __tablename__ = "adoption_chair"
    __chain__ = ("body_id",)
    __table_args__ = (first_of_chain("adoption_chair", "body_id"),)

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    chair: Mapped[str]
