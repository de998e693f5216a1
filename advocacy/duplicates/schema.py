"""Which pairs are not the same, and which records were put together."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed
from advocacy.threats.schema import FieldClass, OfThreat


class Distinct(Base, Keyed, Protected, Frozen):
    """An organisation said, for itself, that two records are not the same."""

    __tablename__ = "threat_distinct"
    __table_args__ = (
        UniqueConstraint("organisation_id", "first_id", "second_id"),
        CheckConstraint("first_id <> second_id", name="two"),
    )

    first_id: Mapped[UUID] = mapped_column(ForeignKey("threat.id"), comment="the smaller id")
    second_id: Mapped[UUID] = mapped_column(ForeignKey("threat.id"))
    at: Mapped[datetime]
    person_id: Mapped[UUID | None]


class ThreatMerge(Base, Protected, Act):
    """A record was absorbed by another, or that was undone. For its own organisation."""

    __tablename__ = "threat_merge"
    __chain__ = ("absorbed_id",)
    __table_args__ = (first_of_chain("threat_merge", "absorbed_id"),)

    absorbed_id: Mapped[UUID] = mapped_column(ForeignKey("threat.id"))
    survivor_id: Mapped[UUID] = mapped_column(ForeignKey("threat.id"))
    is_merged: Mapped[bool] = mapped_column(comment="false = undone")
    before: Mapped[dict[str, Any]] = mapped_column(comment="audiences and status of both")
    undo_until: Mapped[datetime]


class ThreatInto(Base, Keyed, OfThreat):
    """A merge that stands, kept: `threat_id` survives. Read by all who read the survivor."""

    __tablename__ = "threat_into"
    __follows__ = FieldClass.SAFE

    absorbed_id: Mapped[UUID] = mapped_column(ForeignKey("threat.id"), unique=True)
