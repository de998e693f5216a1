"""What recommendations are about, as lists are narrowed by it."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.base import Base


class RecommendationSubject(Base):
    """One thing that a recommendation is about; read only beside the recommendation."""

    __tablename__ = "recommendation_subject"
    __table_args__ = (Index(None, "axis", "item", "recommendation_id"),)

    recommendation_id: Mapped[UUID] = mapped_column(
        ForeignKey("recommendation.id"), primary_key=True
    )
    axis: Mapped[str] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True, comment="a goal also for its targets")
