"""An outcome, its dated events, and what organisations say of it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed


class Level(StrEnum):
    """From words to less risk."""

    ATTITUDE = "attitude"
    COMMITMENT = "commitment"
    PROCEDURE = "procedure"
    POLICY = "policy"
    PRACTICE = "practice"
    REDUCED_RISK = "reduced_risk"


class Direction(StrEnum):
    """For the better or for the worse."""

    BETTER = "better"
    WORSE = "worse"


class Reach(StrEnum):
    """Who can read an outcome."""

    OWN = "own"
    MEMBERS = "members"
    DONORS = "donors"


class Happened(StrEnum):
    """What an event says. The first eight change how it stands, the next three tell of it."""

    ACHIEVED = "achieved"
    PARTLY = "partly"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    REVERSED = "reversed"
    RESTORED = "restored"
    EXPIRED = "expired"
    OVERTAKEN = "overtaken"
    CONFIRMED = "confirmed"
    CHALLENGED = "challenged"
    UPHELD = "upheld"
    TAKEN_BACK = "taken_back"


class Outcome(Base, Keyed, Protected):
    """The safe class: what whoever reads the outcome at all may read. The words are a kept fold."""

    __tablename__ = "outcome"
    __table_args__ = (
        CheckConstraint(f"level IN ({', '.join(repr(x.value) for x in Level)})", name="level"),
        CheckConstraint("direction IN ('better', 'worse')", name="direction"),
        CheckConstraint("reach IN ('own', 'members', 'donors')", name="reach"),
        Index("ix_outcome_newest", "workspace_id", "created_at", "id"),
    )

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))
    title: Mapped[str] = mapped_column(comment="who changed what, when and where")
    language: Mapped[str]
    level: Mapped[str]
    direction: Mapped[str]
    is_intended: Mapped[bool]
    reach: Mapped[str]
    created_at: Mapped[datetime]


class OutcomeWording(Base, Protected, Act):
    """How an outcome was put into words, each time. For members: donors read the outcome alone."""

    __tablename__ = "outcome_wording"
    __chain__ = ("outcome_id",)
    __table_args__ = (first_of_chain("outcome_wording", "outcome_id"),)

    outcome_id: Mapped[UUID] = mapped_column(ForeignKey("outcome.id"))
    title: Mapped[str]
    language: Mapped[str]
    level: Mapped[str]
    direction: Mapped[str]
    is_intended: Mapped[bool]
    significance: Mapped[str]
    others: Mapped[str] = mapped_column(comment="who else contributed, outside the workspace")


class OutcomeEvent(Base, Protected, Act):
    """One dated event. `effective_on` is the day it happened."""

    __tablename__ = "outcome_event"
    __chain__ = ("outcome_id",)
    __table_args__ = (
        first_of_chain("outcome_event", "outcome_id"),
        Index("ix_outcome_event_outcome", "outcome_id", "recorded_at"),
        CheckConstraint(f"kind IN ({', '.join(repr(x.value) for x in Happened)})", name="kind"),
        CheckConstraint("(kind = 'taken_back') = (takes_back_id IS NOT NULL)", name="takes_back"),
    )

    outcome_id: Mapped[UUID] = mapped_column(ForeignKey("outcome.id"))
    kind: Mapped[str]
    until_on: Mapped[date | None] = mapped_column(comment="meant to last until, if for a time")
    takes_back_id: Mapped[UUID | None] = mapped_column(ForeignKey("outcome_event.id"))


class OutcomeSecond(Base, Protected, Act):
    """An organisation that did not contribute says that it is so, or takes that back."""

    __tablename__ = "outcome_second"
    __chain__ = ("outcome_id", "organisation_id")
    __table_args__ = (first_of_chain("outcome_second", "outcome_id", "organisation_id"),)

    outcome_id: Mapped[UUID] = mapped_column(ForeignKey("outcome.id"), index=True)
    stands: Mapped[bool]


class OutcomeNote(Base, Keyed, Protected, Frozen):
    """What was said with an event or a second look: for members, never for donors."""

    __tablename__ = "outcome_note"

    outcome_id: Mapped[UUID] = mapped_column(ForeignKey("outcome.id"), index=True)
    about_id: Mapped[UUID] = mapped_column(unique=True, comment="the event, or the second look")
    text: Mapped[str]
    source: Mapped[str]


class OutcomePart(Base, Protected, Act):
    """What an organisation says it did, in its own words. Empty text: it took that back."""

    __tablename__ = "outcome_part"
    __chain__ = ("outcome_id", "organisation_id")
    __table_args__ = (first_of_chain("outcome_part", "outcome_id", "organisation_id"),)

    outcome_id: Mapped[UUID] = mapped_column(ForeignKey("outcome.id"), index=True)
    text: Mapped[str]
    is_hidden: Mapped[bool] = mapped_column(comment="read by its own organisation alone")
