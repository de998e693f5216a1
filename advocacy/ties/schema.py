"""Ties between recommendations, as acts."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class Kind(StrEnum):
    """How the first stands to the second (recommendations.md, row 5)."""

    DUPLICATES = "duplicates"
    REPEATS = "repeats"
    SUPERSEDES = "supersedes"
    PART_OF = "part_of"
    WAITS_FOR = "waits_for"


class Tie(Base, Protected, Act):
    """One recommendation tied to another, or no longer so. Read by those who see both ends."""

    __tablename__ = "recommendation_tie"
    __chain__ = ("source_id", "target_id", "kind")
    __table_args__ = (
        first_of_chain("recommendation_tie", "source_id", "target_id", "kind"),
        CheckConstraint("source_id <> target_id", name="two_ends"),
        Index("ix_recommendation_tie_target", "target_id", "kind"),
        Index("ix_recommendation_tie_workspace", "workspace_id"),
    )

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))
    source_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"))
    target_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"))
    kind: Mapped[str]
    stands: Mapped[bool] = mapped_column(comment="false: the tie was ended")
    text: Mapped[str] = mapped_column(default="", comment="why")
