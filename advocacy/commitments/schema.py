"""Commitments of members, as acts."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class Reply(StrEnum):
    """What a member says to what was asked of its body."""

    COMMITTED = "committed"
    IN_PART = "in_part"
    CONSIDERING = "considering"
    NOTED = "noted"
    REFUSED = "refused"


class Done(StrEnum):
    """How far a member came with its own part, as it is told; nobody has confirmed it."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    PARTIAL = "partial"
    DONE = "done"


def _one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(repr(one.value) for one in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class Commitment(Base, Protected, Act):
    """What a member said since this act. On behalf of it, where another wrote it down."""

    __tablename__ = "ask_commitment"
    __chain__ = ("ask_id", "part_id")
    __table_args__ = (
        first_of_chain("ask_commitment", "ask_id", "part_id"),
        _one_of("reply", Reply),
        _one_of("done", Done),
    )

    ask_id: Mapped[UUID] = mapped_column(ForeignKey("ask.id"), index=True)
    part_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"))
    name: Mapped[str] = mapped_column(comment="of the member, when it said so")
    reply: Mapped[str]
    text: Mapped[str] = mapped_column(comment="what it will do, or why not")
    due_on: Mapped[date | None]
    due_precision: Mapped[str] = mapped_column(default="day")
    done: Mapped[str]
    source_url: Mapped[str] = mapped_column(default="")
    source_text: Mapped[str] = mapped_column(default="")
