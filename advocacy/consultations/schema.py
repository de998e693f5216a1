"""What was sent to the circle."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class Sending(Base, Protected, Act):
    """A comment of an organisation's own was sent to the circle, as a thread of its own there."""

    __tablename__ = "comment_sending"
    __chain__ = ("thread_id",)
    __table_args__ = (first_of_chain("comment_sending", "thread_id"),)

    set_id: Mapped[UUID] = mapped_column(index=True, comment="what was sent at once")
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id"), comment="among ourselves")
    sent_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id"), comment="before the circle")
