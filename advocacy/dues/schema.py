"""What was put off, and which mails were sent."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed


class Snooze(Base, Protected, Act):
    """An organisation put an ask off, or (no day) took that back. Its lead reads it too."""

    __tablename__ = "ask_snooze"
    __chain__ = ("ask_id", "organisation_id")
    __table_args__ = (first_of_chain("ask_snooze", "ask_id", "organisation_id"),)

    ask_id: Mapped[UUID] = mapped_column(ForeignKey("ask.id"), index=True)
    until_on: Mapped[date | None] = mapped_column(comment="it comes back on this day")
    reason: Mapped[str]


class DueMail(Base, Keyed, Protected, Frozen):
    """One person's digest of a week was worked out: sent where anything was due."""

    __tablename__ = "ask_due_mail"
    __table_args__ = (UniqueConstraint("to_id", "step"),)

    to_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    step: Mapped[str] = mapped_column(comment="workspace, organisation and week")
    recorded_at: Mapped[datetime]
