"""What organisations say of a threat, act by act and as it is now; and agreed severities."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base, Keyed
from advocacy.threats.schema import FieldClass, OfThreat


class Stance(StrEnum):
    """What an organisation says of somebody's record."""

    CORROBORATES = "corroborates"
    DISPUTES = "disputes"
    ENDED = "ended"
    NO_INFORMATION = "no-information"
    CONTEXT = "context"


class Attribution(StrEnum):
    """Who learns whose view it is."""

    NAMED = "named"
    COORDINATOR = "coordinator"
    HIDDEN = "hidden"


class Reach(StrEnum):
    """Who reads a view: all who read the members part, its owner and coordinators, only us."""

    ALL = "all"
    OWNER = "owner"
    OWN = "own"


class AssessmentAct(Base, OfThreat, Act):
    """An organisation gave its view or took it back. For itself alone."""

    __tablename__ = "assessment_act"
    __chain__ = ("threat_id", "organisation_id")
    __table_args__ = (first_of_chain("assessment_act", "threat_id", "organisation_id"),)
    __follows__ = FieldClass.MEMBERS

    period: Mapped[str] = mapped_column(comment="the quarter it speaks of: 2026-Q4")
    said: Mapped[dict[str, Any]] = mapped_column(comment="field -> value; empty = taken back")


class Assessment(Base, Keyed, OfThreat):
    """The current view of one organisation for one quarter: the fold of its acts, kept."""

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("threat_id", "organisation_id", "period"),
        CheckConstraint("severity BETWEEN 1 AND 5", name="severity"),
        CheckConstraint("observed_to >= observed_from", name="observed"),
    )
    __follows__ = FieldClass.MEMBERS

    period: Mapped[str]
    stance: Mapped[str]
    severity: Mapped[int | None] = mapped_column(comment="empty = not assessed")
    scale_id: Mapped[str]
    likelihood: Mapped[str] = mapped_column(comment="empty = not said")
    trend: Mapped[str]
    how_known: Mapped[str]
    is_independent: Mapped[bool] = mapped_column(comment="its sources are not the record's")
    rationale: Mapped[str]
    observed_from: Mapped[date | None]
    observed_to: Mapped[date | None]
    reach: Mapped[str]
    attribution: Mapped[str]
    shows_dissent: Mapped[bool] = mapped_column(comment="beside an agreed severity that differs")
    verified_by: Mapped[str] = mapped_column(comment="a body that verifies, cited")
    verified_on: Mapped[date | None]
    act_id: Mapped[UUID] = mapped_column(ForeignKey("assessment_act.id"), comment="it came from")


class AssessmentDetail(Base, Keyed, OfThreat):
    """The restricted part of a view: for its organisation, and the record's owner if it says so."""

    __tablename__ = "assessment_detail"
    __erased__ = ("detail",)
    __follows__ = FieldClass.MEMBERS

    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"), unique=True)
    detail: Mapped[str]


class Contributor(Base, Keyed, OfThreat):
    """Whose a view is: its `organisation_id`, for those who may know."""

    __tablename__ = "assessment_contributor"
    __follows__ = FieldClass.MEMBERS

    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"), unique=True)


class AgreementAct(Base, OfThreat, Act):
    """A coordinator recorded, changed or ended the agreed severity."""

    __tablename__ = "severity_act"
    __chain__ = ("threat_id",)
    __table_args__ = (
        first_of_chain("severity_act", "threat_id"),
        CheckConstraint("severity BETWEEN 1 AND 5", name="severity"),
    )
    __follows__ = FieldClass.MEMBERS

    severity: Mapped[int | None] = mapped_column(comment="empty = no longer agreed")
    scale_id: Mapped[str]
    basis: Mapped[str]


class Agreement(Base, Keyed, OfThreat):
    """The agreed severity as it is now, kept. As wide as the record."""

    __tablename__ = "severity_agreed"
    __table_args__ = (
        UniqueConstraint("threat_id"),
        CheckConstraint("severity BETWEEN 1 AND 5", name="severity"),
    )
    __follows__ = FieldClass.SAFE

    severity: Mapped[int]
    scale_id: Mapped[str]
    agreed_at: Mapped[datetime]


class AgreementNote(Base, Keyed, OfThreat):
    """What it rests on and who recorded it. For members."""

    __tablename__ = "severity_note"
    __table_args__ = (UniqueConstraint("threat_id"),)
    __follows__ = FieldClass.MEMBERS

    basis: Mapped[str]
    decided_by: Mapped[UUID] = mapped_column(comment="organisation")
    act_id: Mapped[UUID] = mapped_column(ForeignKey("severity_act.id"))
