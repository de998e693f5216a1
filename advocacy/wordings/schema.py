"""Texts of recommendations in other languages, as acts."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class Wording(Base, Protected, Act):
    """What a recommendation says in a language, since this act."""

    __tablename__ = "recommendation_wording"
    __chain__ = ("recommendation_id", "language")
    __table_args__ = (
        first_of_chain("recommendation_wording", "recommendation_id", "language"),
        CheckConstraint("NOT is_official OR source <> ''", name="official_source"),
    )

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"), index=True)
    language: Mapped[str] = mapped_column(comment="BCP 47")
    text: Mapped[str] = mapped_column(comment="word for word")
    is_official: Mapped[bool] = mapped_column(comment="issued like this; else our translation")
    source: Mapped[str] = mapped_column(default="", comment="where the official text is found")
