"""Names that came under a release after its list was compiled."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Frozen
from advocacy.ground.base import Base, Keyed


class Joining(Base, Keyed, Protected, Frozen):
    """An organisation that signed late, by name. Its own audience alone: it may lower that name."""

    __tablename__ = "release_joining"
    __table_args__ = (
        UniqueConstraint("release_id", "organisation_id"),
        UniqueConstraint("release_id", "number"),
    )

    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"))
    answer_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_answer.id"))
    number: Mapped[int] = mapped_column(comment="in the order of joining, from 1; shown nowhere")
    joined_on: Mapped[date] = mapped_column(comment="in the time zone of the round")
    joined_at: Mapped[datetime]
    kind_of: Mapped[str]
    shown_name: Mapped[str]
    logo: Mapped[bool]
    note: Mapped[str]
    clause_ids: Mapped[list[str]]
    compiled: Mapped[dict[str, Any]] = mapped_column(comment="the addendum, after what it follows")
    list_hash: Mapped[str] = mapped_column(comment="SHA-256 of the addendum")
