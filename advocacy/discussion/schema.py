"""Threads, what each is, comments, mentions, and the acts that settle and answer them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed


class ThreadState(StrEnum):
    """Whether a thread waits for something."""

    OPEN = "open"
    RESOLVED = "resolved"


class Reach(StrEnum):
    """Who a thread is for."""

    CIRCLE = "circle"
    LEAD = "lead"
    OWN = "own"


class PointKind(StrEnum):
    """What a comment asks for."""

    EDITORIAL = "editorial"
    SUBSTANTIVE = "substantive"
    QUESTION = "question"
    RED_LINE = "red-line"


class Outcome(StrEnum):
    """What the lead did with a comment."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    NOTED = "noted"
    REJECTED = "rejected"


class Thread(Base, Keyed, Protected):
    """A talk about a record. organisation_id began it; lead_id leads the record."""

    __tablename__ = "thread"
    __table_args__ = (Index("ix_thread_lead_state", "lead_id", "state"),)

    about_id: Mapped[UUID] = mapped_column(index=True, comment="the record, a position")
    lead_id: Mapped[UUID] = mapped_column(comment="organisation that leads the record")
    clause_id: Mapped[UUID | None] = mapped_column(comment="the clause; empty = the whole")
    clause_hash: Mapped[str] = mapped_column(comment="as the clause read on that day")
    quote: Mapped[str] = mapped_column(comment="the words pointed at; empty = all of them")
    began_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(comment="kept fold of its acts")
    last_at: Mapped[datetime] = mapped_column(comment="of the last comment, kept")
    last_by: Mapped[UUID] = mapped_column(comment="organisation of the last comment, kept")


class Comment(Base, Keyed, Protected, Frozen):
    """What was said. Rows are for ever."""

    __tablename__ = "comment"

    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id"), index=True)
    person_id: Mapped[UUID | None]
    number: Mapped[int] = mapped_column(comment="its place in the thread, from 1")
    at: Mapped[datetime]
    text: Mapped[str]
    html: Mapped[str]
    html_by: Mapped[str]


class ThreadAct(Base, Protected, Act):
    """Somebody resolved or reopened a thread."""

    __tablename__ = "thread_act"
    __chain__ = ("thread_id",)
    __table_args__ = (first_of_chain("thread_act", "thread_id"),)

    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id"), index=True)
    state: Mapped[str]


class Point(Base, Keyed, Protected, Frozen):
    """What the first comment of a thread is. A thread without one is a plain remark to all."""

    __tablename__ = "comment_point"

    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id"), unique=True)
    reach: Mapped[str]
    kind: Mapped[str] = mapped_column(comment="empty = a plain comment")
    wording: Mapped[str] = mapped_column(comment="proposed instead; empty = none")


class Addressed(Base, Keyed, Protected, Frozen):
    """A thread that the lead began with one organisation. Read by those two."""

    __tablename__ = "thread_to"

    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id"), unique=True)
    to_id: Mapped[UUID] = mapped_column(index=True, comment="organisation")


class Mention(Base, Keyed, Protected, Frozen):
    """A comment asks for somebody's attention. Read by the writer's organisation and theirs."""

    __tablename__ = "mention"

    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id"), index=True)
    comment_id: Mapped[UUID] = mapped_column(ForeignKey("comment.id"))
    number: Mapped[int] = mapped_column(comment="of the comment in its thread")
    to_id: Mapped[UUID] = mapped_column(index=True, comment="organisation")
    to_person_id: Mapped[UUID | None] = mapped_column(comment="a person of one's own organisation")


class Disposition(Base, Protected, Act):
    """What the lead did with a thread's point; a later one takes the place of an earlier."""

    __tablename__ = "disposition"
    __chain__ = ("thread_id",)
    __table_args__ = (first_of_chain("disposition", "thread_id"),)

    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id"), index=True)
    outcome: Mapped[str]
    reason: Mapped[str]
