"""Asks, and what was done about them."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base, Keyed


class Response(StrEnum):
    """Axis A: did they agree? A refusal is an answer, not an end."""

    NONE = "none"
    CONSIDERING = "considering"
    ACCEPTED = "accepted"
    IN_PART = "in_part"
    NOTED = "noted"
    REJECTED = "rejected"
    NO_REPLY_EXPECTED = "no_reply_expected"


class Progress(StrEnum):
    """Axis B: was it done?"""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    PARTIAL = "partial"
    CLAIMED = "claimed"
    IMPLEMENTED = "implemented"
    REGRESSED = "regressed"
    CLOSED_UNMET = "closed_unmet"
    SUPERSEDED = "superseded"
    OVERTAKEN = "overtaken"


class Axis(StrEnum):
    """What an act speaks of. Acts follow one another within an axis of an ask."""

    RESPONSE = "response"
    PROGRESS = "progress"
    DUE = "due"
    TALK = "talk"
    CLOSING = "closing"
    DISPUTE = "dispute"


class Ask(Base, Keyed, Protected):
    """A recommendation put to one institution. Response, progress and dates are kept folds."""

    __tablename__ = "ask"
    __table_args__ = (
        UniqueConstraint("recommendation_id", "institution_id"),
        Index(
            "ux_ask_lead",
            "recommendation_id",
            unique=True,
            sqlite_where=text("role = 'lead'"),
            postgresql_where=text("role = 'lead'"),
        ),
        CheckConstraint("role IN ('lead', 'contributing')", name="role"),
        CheckConstraint(f"response IN ({', '.join(repr(r.value) for r in Response)})", name="resp"),
        CheckConstraint(f"progress IN ({', '.join(repr(p.value) for p in Progress)})", name="prog"),
        CheckConstraint(
            "progress <> 'implemented' OR (claimed_by IS NOT NULL AND verified_by IS NOT NULL "
            "AND claimed_by <> verified_by "
            "AND (addressed_id IS NULL OR addressed_id <> verified_by) "
            "AND (minder_id IS NULL OR minder_id <> verified_by))",
            name="confirmed_by_another",
        ),
        CheckConstraint("(due_on IS NULL) = (original_due_on IS NULL)", name="first_date"),
        Index("ix_ask_progress", "workspace_id", "progress"),
        # One list of today's work: who may read it is asked of the few in that state.
        Index("ix_ask_state", "workspace_id", "progress", "audience_id"),
        # Few are about to be closed, so few are looked at.
        Index(
            "ix_ask_closing",
            "closing_to",
            sqlite_where=text("closing_to IS NOT NULL"),
            postgresql_where=text("closing_to IS NOT NULL"),
        ),
        Index("ix_ask_response", "workspace_id", "response"),
        Index("ix_ask_late", "workspace_id", "late_after"),
        # What somebody follows up, by when it was last looked at.
        Index("ix_ask_looked", "minder_id", "touched_on"),
        # What donors read is little of all there is: found by its readers, not one by one.
        Index("ix_ask_readers", "workspace_id", "audience_id"),
    )

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))
    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"))
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"), index=True)
    addressee: Mapped[str] = mapped_column(comment="the institution's name when it was asked")
    is_duty_bearer: Mapped[bool]
    is_sensitive: Mapped[bool] = mapped_column(comment="kept from donors until published (A8)")
    is_published: Mapped[bool] = mapped_column(
        default=False, comment="the lead let it be seen although it is sensitive"
    )
    addressed_id: Mapped[UUID | None] = mapped_column(
        index=True, comment="the organisation that the institution is, if it has an account"
    )
    minder_id: Mapped[UUID | None] = mapped_column(
        index=True, comment="organisation that follows up; empty = nobody"
    )
    role: Mapped[str]
    issued_on: Mapped[date | None] = mapped_column(comment="of the recommendation")
    delivered_on: Mapped[date | None] = mapped_column(comment="put to the addressee itself")
    do_how: Mapped[str] = mapped_column(default="", comment="what donors can do: fund and so on")
    do_words: Mapped[str] = mapped_column(default="")
    do_by: Mapped[date | None]

    original_due_on: Mapped[date | None] = mapped_column(comment="the first date; never changes")
    original_precision: Mapped[str | None] = mapped_column(comment="how that was meant")
    due_on: Mapped[date | None]
    due_precision: Mapped[str] = mapped_column(default="day")
    original_end_on: Mapped[date | None] = mapped_column(comment="last day of the first date")
    late_after: Mapped[date | None] = mapped_column(comment="last day before it is late")
    moves: Mapped[int] = mapped_column(default=0)
    response: Mapped[str] = mapped_column(default="none")
    response_on: Mapped[date | None]
    progress: Mapped[str] = mapped_column(default="not_started")
    progress_on: Mapped[date | None]
    held_from: Mapped[date | None] = mapped_column(comment="first day on which it was done")
    held_to: Mapped[date | None] = mapped_column(comment="the day it was reversed")
    claimed_by: Mapped[UUID | None] = mapped_column(comment="organisation of the latest report")
    verified_by: Mapped[UUID | None]
    alleged_by: Mapped[UUID | None] = mapped_column(
        comment="organisation that says it was reversed, while no second one has confirmed that"
    )
    closing_to: Mapped[str | None] = mapped_column(comment="the end that was proposed, if one was")
    closing_by: Mapped[UUID | None] = mapped_column(comment="organisation that proposed it")
    closing_on: Mapped[date | None] = mapped_column(comment="the day it was proposed")
    asked_on: Mapped[date] = mapped_column(comment="the day it was recorded")
    touched_on: Mapped[date] = mapped_column(comment="last act; stale is counted from here")


class AskAct(Base, Protected, Act):
    """One step on one axis of an ask. `value` is what the axis says after it."""

    __tablename__ = "ask_act"
    __chain__ = ("ask_id", "axis")
    __table_args__ = (
        first_of_chain("ask_act", "ask_id", "axis"),
        Index("ix_ask_act_ask", "ask_id", "recorded_at"),
        # An import brings answers in; it can never say that something was done.
        CheckConstraint("import_id IS NULL OR axis = 'response'", name="import_never_done"),
    )

    ask_id: Mapped[UUID] = mapped_column(ForeignKey("ask.id"))
    axis: Mapped[str]
    kind: Mapped[str]
    value: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict, comment="closed words and dates of this kind of act"
    )
