"""What was asked: the text, where it comes from, and its themes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import AudiencePart, Protected
from advocacy.ground.acts import Verbatim
from advocacy.ground.base import Base, Keyed
from advocacy.ground.search import Searched


class Recommendation(Base, Keyed, Protected, Verbatim):
    """What was asked. `organisation_id` leads it; its text is what it was then, for ever."""

    __tablename__ = "recommendation"
    __verbatim__ = ("workspace_id", "ref", "text", "language")
    __table_args__ = (
        # Per organisation: "this reference is taken" must not tell of a record one cannot see.
        UniqueConstraint("workspace_id", "organisation_id", "ref"),
        UniqueConstraint("workspace_id", "organisation_id", "import_key"),
        CheckConstraint("specificity BETWEEN 1 AND 5", name="specificity"),
        Index("ix_recommendation_newest", "workspace_id", "created_at", "id", "audience_id"),
        Index("ix_recommendation_session", "workspace_id", "session", "created_at"),
        # What one reader sees is little of all there is: found by its readers, not one by one.
        Index("ix_recommendation_readers", "workspace_id", "audience_id", "created_at", "id"),
        Index(
            "ix_recommendation_readers_session",
            *("workspace_id", "session", "audience_id", "created_at", "id"),
        ),
        Index(
            "ix_recommendation_readers_specificity",
            *("workspace_id", "specificity", "audience_id", "created_at", "id"),
        ),
    )

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))
    ref: Mapped[str] = mapped_column(comment="text: keeps leading zeros; for ever")
    title: Mapped[str]
    text: Mapped[str] = mapped_column(comment="word for word")
    language: Mapped[str] = mapped_column(comment="BCP 47")
    issuers: Mapped[list[str]] = mapped_column(comment="names of those who put it")
    issued_on: Mapped[date | None]
    position_id: Mapped[UUID | None] = mapped_column(index=True)
    version_id: Mapped[UUID | None]
    clause_id: Mapped[UUID | None] = mapped_column(comment="identity of the clause in the version")
    source: Mapped[str] = mapped_column(default="", comment="symbol, report and page, or address")
    session: Mapped[int | None] = mapped_column(comment="of the review it comes from")
    specificity: Mapped[int | None] = mapped_column(comment="1 minimal to 5 specific action")
    tags: Mapped[list[str]] = mapped_column(default=list)
    subjects: Mapped[dict[str, Any] | None] = mapped_column(
        comment="what it is about: axis -> items; kept by the acts"
    )
    judged: Mapped[dict[str, Any] | None] = mapped_column(
        comment="ticks and priority: axis -> items; kept by the acts, for members alone"
    )
    import_id: Mapped[UUID | None] = mapped_column(index=True)
    import_key: Mapped[str | None]
    fingerprint: Mapped[str] = mapped_column(default="", comment="of what an import would set")
    created_at: Mapped[datetime]


class RecommendationTag(Base):
    """A theme of a recommendation as it is compared; read only beside the recommendation."""

    __tablename__ = "recommendation_tag"

    recommendation_id: Mapped[UUID] = mapped_column(
        ForeignKey("recommendation.id"), primary_key=True
    )
    folded: Mapped[str] = mapped_column(primary_key=True, index=True)


def _readers(record: Any) -> Any:
    of, part = Recommendation.__table__.c, AudiencePart.__table__.c
    reads = select(part.group_id).join(Recommendation.__table__, of.audience_id == part.audience_id)
    return reads.where(of.id == record)


WORDS = Searched("recommendation", _readers)
