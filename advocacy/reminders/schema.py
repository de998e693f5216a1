"""How people want to be reminded, what was sent, and calls of the lead."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed


class MailChoice(Base, Keyed):
    """One person's own setting, like a language: nobody else reads or writes it."""

    __tablename__ = "mail_choice"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    how: Mapped[str]
    quiet_from: Mapped[int] = mapped_column(comment="hour of the person's zone, 0 to 23")
    quiet_until: Mapped[int] = mapped_column(comment="hour; the same as from = never quiet")


class Reminder(Base, Keyed, Protected, Frozen):
    """A reminder that was put in the outbox: it says who was silent, so only they may read it."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("to_id", "step"),)

    to_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    step: Mapped[str] = mapped_column(
        comment="round, organisation and step; or the day of a digest"
    )
    recorded_at: Mapped[datetime]


class ReminderCall(Base, Protected, Act):
    """The lead asked that the silent be reminded."""

    __tablename__ = "reminder_call"
    __chain__ = ("round_id",)
    __table_args__ = (first_of_chain("reminder_call", "round_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"))
