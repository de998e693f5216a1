"""A threat and its three classes of fields, and its history."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Frozen
from advocacy.ground.base import Base, Keyed


class Level(StrEnum):
    """How far a record goes. Each is one choice, so observers and donors never share one."""

    OWN = "own"
    NAMED = "named"
    MEMBERS = "members"
    OBSERVERS = "observers"
    DONORS = "donors"
    PUBLIC = "public"


class Status(StrEnum):
    """Whether the threat goes on."""

    DRAFT = "draft"  # its own organisation's alone, whatever it will be opened to
    ACTIVE = "active"
    MONITORING = "monitoring"  # nothing new, and not over
    CLOSED = "closed"
    MERGED = "merged"
    DROPPED = "dropped"  # brought in by mistake and taken back: in no list, on no page


GOING_ON = frozenset({Status.ACTIVE, Status.MONITORING})
"""What is looked at again, and compared with others."""


class FieldClass(StrEnum):
    """Who may read a field at most."""

    SAFE = "safe"
    MEMBERS = "members"
    RESTRICTED = "restricted"
    SHARING = "sharing"


class What(StrEnum):
    """What an act did."""

    REPORTED = "reported"
    CHANGED = "changed"
    STILL_TRUE = "still-true"
    CLOSED = "closed"
    REOPENED = "reopened"
    SHARED = "shared"


class Due(StrEnum):
    """How a check stands today."""

    FINE = "fine"
    SOON = "soon"
    LATE = "late"


_LISTED = ("workspace_id", "status")
_SORTED = {"newest": ["checked_at"], "worst": ["severity", "checked_at"]}
_SORTED |= {"most": ["people_least", "checked_at"], "title": ["title"]}


class Threat(Base, Keyed, Protected):
    """The safe class: what everybody in the record's audience reads."""

    __tablename__ = "threat"
    __table_args__ = (
        CheckConstraint("severity BETWEEN 1 AND 5", name="severity"),
        CheckConstraint("sensitivity BETWEEN 1 AND 4", name="sensitivity"),
        CheckConstraint("people_most >= people_least", name="people"),
        Index("ix_threat_workspace_checked", "workspace_id", "checked_at", "id"),
        # What is counted of the records that one may see stands in the index alone.
        Index(
            "ix_threat_counted",
            *("workspace_id", "status", "audience_id"),
            *("risk_code", "area_id", "severity", "trend", "id"),
        ),
        # The first of each order that one may see are found without a look at the others' rows.
        *(Index(f"ix_threat_{n}", *_LISTED, *of, "id", "audience_id") for n, of in _SORTED.items()),
    )

    ref: Mapped[str] = mapped_column(unique=True, comment="10 base32 characters, says nothing")
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))
    risk_code: Mapped[str] = mapped_column(ForeignKey("protection_risk.code"), index=True)
    title: Mapped[str] = mapped_column(comment="who does what")
    summary: Mapped[str] = mapped_column(comment="without names, exact places or exact figures")
    words: Mapped[str] = mapped_column(comment="title and summary, folded for searching")
    language: Mapped[str]
    status: Mapped[str]
    area_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("area.id"), comment="level 1 at most; empty = the whole country"
    )
    severity: Mapped[int | None] = mapped_column(comment="empty = not assessed")
    scale_id: Mapped[str]
    trend: Mapped[str]
    people_least: Mapped[int | None] = mapped_column(comment="of the band; empty = not known")
    people_most: Mapped[int | None] = mapped_column(comment="of the band; empty = open")
    sensitivity: Mapped[int] = mapped_column(comment="1 low to 4 severe; caps the audience")
    is_survivor_record: Mapped[bool] = mapped_column(comment="of a child or of sexual violence")
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    next_review: Mapped[date | None] = mapped_column(comment="as its owner chose")
    checked_at: Mapped[datetime]
    created_at: Mapped[datetime]
    edition: Mapped[int] = mapped_column(comment="what an edit is based on; never shown")


class ThreatMembers(Base, Keyed, Protected):
    """The members class: never for observers, donors or the public."""

    __tablename__ = "threat_members"
    __table_args__ = (
        CheckConstraint("people_low >= 0", name="people_low"),
        CheckConstraint("people_high >= people_low", name="people_high"),
        CheckConstraint("(people_low IS NULL) = (people_high IS NULL)", name="people_known"),
    )

    threat_id: Mapped[UUID] = mapped_column(ForeignKey("threat.id"), unique=True)
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"), comment="as chosen")
    place: Mapped[str] = mapped_column(comment="the place's name as it was entered")
    people_low: Mapped[int | None] = mapped_column(comment="empty = not known, which is not 0")
    people_high: Mapped[int | None]
    how_known: Mapped[str]
    party: Mapped[str] = mapped_column(comment="category of the party, never its name")


class ThreatRestricted(Base, Keyed, Protected):
    """The restricted class: own organisation and the organisations it named for this part."""

    __tablename__ = "threat_restricted"

    threat_id: Mapped[UUID] = mapped_column(ForeignKey("threat.id"), unique=True)
    narrative: Mapped[str]


class OfThreat(Protected):
    """Mixin: rows of any room that hang on a threat and are read no further than a class of it.

    Their effective audience is what that class and the one they ask for share; it follows when
    the threat's changes.
    """

    __follows__: ClassVar[FieldClass]
    # Whether it is erased with the full account, though it is read by others than that.
    __is_of_account__: ClassVar[bool] = False

    @declared_attr
    def threat_id(cls) -> Mapped[UUID]:
        return mapped_column(ForeignKey("threat.id"), index=True)


def hanging() -> list[tuple[Any, FieldClass]]:
    """Every table whose rows hang on a threat, with the class of fields that they follow."""
    kinds: list[Any] = [mapper.class_ for mapper in Base.registry.mappers]
    return [(kind.__table__, kind.__follows__) for kind in kinds if issubclass(kind, OfThreat)]


class ThreatVersion(Base, Keyed, Protected, Frozen):
    """What one act changed in one class of fields. Read by those who could read it then and now."""

    __tablename__ = "threat_version"
    __table_args__ = (UniqueConstraint("threat_id", "number", "field_class"),)

    threat_id: Mapped[UUID] = mapped_column(ForeignKey("threat.id"), index=True)
    number: Mapped[int] = mapped_column(comment="of the act; never shown, gaps would tell")
    field_class: Mapped[str]
    what: Mapped[str]
    # Empty: erased when the time of the full account was over (`retention`).
    changes: Mapped[dict[str, Any] | None] = mapped_column(comment="field -> [before, after]")
    at: Mapped[datetime]
    person_id: Mapped[UUID | None]
