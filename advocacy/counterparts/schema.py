"""Which two texts are editions of one."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Frozen
from advocacy.ground.base import Base, Keyed


class Counterpart(Base, Keyed, Protected, Frozen):
    """A text that was begun as the other edition of a text."""

    __tablename__ = "counterpart"
    __table_args__ = (UniqueConstraint("position_id"), UniqueConstraint("other_id"))

    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"), comment="the first")
    other_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"), comment="begun from it")
