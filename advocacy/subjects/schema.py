"""What is said of recommendations, as acts."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class SubjectAct(Base, Protected, Act):
    """What holds of one axis of a recommendation, since this act."""

    __tablename__ = "subject_act"
    __chain__ = ("recommendation_id", "axis")
    __table_args__ = (
        first_of_chain("subject_act", "recommendation_id", "axis"),
        CheckConstraint("axis <> 'priority' OR reason <> ''", name="priority_reason"),
    )

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"), index=True)
    axis: Mapped[str] = mapped_column(comment="group, sdg, cluster, review, themes and so on")
    items: Mapped[list[str]] = mapped_column(comment="codes of its list, or words: all that holds")
    was: Mapped[list[str]] = mapped_column(comment="what stood before")
    reason: Mapped[str] = mapped_column(default="")
