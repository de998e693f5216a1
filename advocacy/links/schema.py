"""One row per link."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.base import Base, Keyed


class End(StrEnum):
    """What can be linked."""

    THREAT = "threat"
    POSITION = "position"
    RECOMMENDATION = "recommendation"
    OUTCOME = "outcome"


class Link(Base, Keyed, Protected):
    """A source stands in a target: the threat that a position answers."""

    __tablename__ = "link"
    __table_args__ = (
        # Per organisation: a link that one cannot see must not stand in the way of one's own.
        UniqueConstraint(
            "organisation_id",
            "source_kind",
            "source_id",
            "target_kind",
            "target_id",
            name="link_once",
        ),
        Index("ix_link_target", "target_kind", "target_id"),
    )

    source_kind: Mapped[str]
    source_id: Mapped[UUID]
    target_kind: Mapped[str]
    target_id: Mapped[UUID]
    created_at: Mapped[datetime]


class Citation(Base, Keyed, Protected):
    """What a source named in a text stands for: `[label]` there, the record here.

    The text itself holds the label alone, so that it tells the same to everybody.
    """

    __tablename__ = "citation"
    __table_args__ = (
        UniqueConstraint("organisation_id", "position_id", "kind", "record_id", "label"),
    )

    position_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str]
    record_id: Mapped[UUID] = mapped_column(index=True)
    label: Mapped[str]
    created_at: Mapped[datetime]
