"""What was erased."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.base import Base, Keyed
from advocacy.threats.schema import FieldClass, OfThreat


class Erasure(Base, Keyed, OfThreat):
    """The full account of a record was erased. While `done_at` is empty its history may lose words
    (see `ground.acts.ERASABLE`); that is so inside one transaction only."""

    __tablename__ = "threat_erasure"
    __table_args__ = (UniqueConstraint("threat_id"),)
    __follows__ = FieldClass.SAFE

    done_at: Mapped[datetime | None] = mapped_column(comment="empty = going on")
    person_id: Mapped[UUID | None] = mapped_column(comment="empty = the command")
