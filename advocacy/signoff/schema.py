"""Rounds and their terms, whom they ask, the answers, and how a round ended."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from advocacy.access import kept
from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, Frozen, first_of_chain
from advocacy.ground.base import Base, Keyed


class Round(Base, Protected, Act):
    """A frozen version is put to organisations. Rounds of one position follow one another."""

    __tablename__ = "signoff_round"
    __chain__ = ("position_id",)
    __table_args__ = (first_of_chain("signoff_round", "position_id"),)

    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))
    content_hash: Mapped[str] = mapped_column(comment="of the version, with its release terms")
    blocks: Mapped[str] = mapped_column(comment="what a change that is asked for holds back")
    answers: Mapped[list[str]] = mapped_column(comment="the answers this round allows")
    closes_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(comment="IANA zone the deadline was said in")
    participants_id: Mapped[UUID] = mapped_column(comment="access group of the position")


kept.turns_at(Round.__table__.c.closes_at)


class RoundTerms(Base, Keyed, Protected, Frozen):
    """How a round works, as its lead said when it opened; a round without any is explicit."""

    __tablename__ = "signoff_terms"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"), unique=True)
    mode: Mapped[str]
    logos: Mapped[bool] = mapped_column(comment="a logo may stand under the text")
    answered_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("access_group.id"), comment="who answered; set = others' answers wait for that"
    )
    late_until: Mapped[datetime | None] = mapped_column(comment="names may still be added")
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    consulted: Mapped[str] = mapped_column(comment="where the text was consulted, for silence")
    short_reason: Mapped[str] = mapped_column(comment="why silence has under three working days")


kept.turns_at(RoundTerms.__table__.c.late_until)


class Extension(Base, Protected, Act):
    """A round that stays open longer. The last one of its chain says until when."""

    __tablename__ = "signoff_extension"
    __chain__ = ("round_id",)
    __table_args__ = (first_of_chain("signoff_extension", "round_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"), index=True)
    closes_at: Mapped[datetime]
    reason: Mapped[str]


kept.turns_at(Extension.__table__.c.closes_at)


class Invitation(Base, Keyed, Protected, Frozen):
    """One organisation on the roster. Seen by that organisation and the lead."""

    __tablename__ = "signoff_invitation"
    __table_args__ = (UniqueConstraint("round_id", "invited_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"))
    invited_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)


class RosterChange(Base, Protected, Act):
    """The frozen roster changed: an organisation was put on it later, or taken off."""

    __tablename__ = "signoff_roster"
    __chain__ = ("round_id", "invited_id")
    __table_args__ = (first_of_chain("signoff_roster", "round_id", "invited_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"), index=True)
    invited_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    is_on: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")


class Answer(Base, Protected, Act):
    """What an organisation answers, and how widely it is shown. The last row of a chain counts."""

    __tablename__ = "signoff_answer"
    __chain__ = ("round_id", "organisation_id")
    __table_args__ = (first_of_chain("signoff_answer", "round_id", "organisation_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("version.id"))
    content_hash: Mapped[str] = mapped_column(comment="what the signer was shown")
    kind: Mapped[str]
    outside: Mapped[str]
    inside: Mapped[str]
    shown_name: Mapped[str] = mapped_column(comment="confirmed by the organisation")
    logo: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="", comment="the reservation, or the change asked")
    printed: Mapped[bool] = mapped_column(default=False, comment="the note goes out with the text")
    clauses: Mapped[list[Any]] = mapped_column(comment="cid and hash of the clauses it is about")


class OfAnswer(Protected):
    """Mixin: rows that are read by exactly those who read an answer, also when it is lowered."""

    @declared_attr
    def answer_id(cls) -> Mapped[UUID]:
        return mapped_column(ForeignKey("signoff_answer.id"), index=True)


class RoundEnd(Base, Protected, Act):
    """A round ended before its time: abandoned, or closed because everybody had answered."""

    __tablename__ = "signoff_end"
    __chain__ = ("round_id",)
    __table_args__ = (first_of_chain("signoff_end", "round_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("signoff_round.id"))
    kind: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
