"""Evidence that came with a step on an ask."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Frozen
from advocacy.ground.base import Base, Keyed


class Evidence(Base, Keyed, Protected, Frozen):
    """A link or words for or against. Withdrawn by an act that names it, never removed."""

    __tablename__ = "ask_evidence"
    __table_args__ = (
        CheckConstraint("direction IN ('supports', 'contradicts', 'context')", name="direction"),
        CheckConstraint("url <> '' OR text <> ''", name="something"),
    )

    ask_id: Mapped[UUID] = mapped_column(ForeignKey("ask.id"), index=True)
    act_id: Mapped[UUID] = mapped_column(ForeignKey("ask_act.id"), index=True)
    url: Mapped[str]
    text: Mapped[str]
    direction: Mapped[str]
    dated_on: Mapped[date]
    recorded_at: Mapped[datetime]
