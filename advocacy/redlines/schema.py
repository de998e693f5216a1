"""Red lines, and what of them a text's circle sees."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.base import Base, Keyed


class RedLine(Base, Keyed, Protected):
    """A word that organisation_id does not use. Read by its own people only."""

    __tablename__ = "red_line"

    words: Mapped[str]
    why: Mapped[str]
    instead: Mapped[str]
    is_shown: Mapped[bool] = mapped_column(comment="to those who write texts its owner is in")
    changed_at: Mapped[datetime]


class RedLineShown(Base, Keyed, Protected):
    """The same words as the circle of one text sees them."""

    __tablename__ = "red_line_shown"
    __table_args__ = (UniqueConstraint("red_line_id", "position_id"),)

    red_line_id: Mapped[UUID] = mapped_column(ForeignKey("red_line.id"))
    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"), index=True)
    words: Mapped[str]
    why: Mapped[str]
    instead: Mapped[str]
