"""Evidence as it stands, its files, and who added and withdrew it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base, Keyed
from advocacy.threats.schema import FieldClass, OfThreat


class Kind(StrEnum):
    """What a piece of evidence is."""

    ACCOUNT = "account"
    VISIT = "visit"
    PICTURE = "picture"
    PAPER = "paper"
    PUBLISHED = "published"
    FIGURES = "figures"
    OTHER = "other"


class Direction(StrEnum):
    """Whether it speaks for what the view says, or against it."""

    SUPPORTS = "supports"
    WEAKENS = "weakens"


class Consent(StrEnum):
    """Whether the people whom it came from agreed."""

    GIVEN = "given"
    NOT_NEEDED = "not-needed"
    NOT_ASKED = "not-asked"


class Reach(StrEnum):
    """Who reads it: all who read what it belongs to, the record's owner and coordinators, us."""

    ALL = "all"
    OWNER = "owner"
    OWN = "own"


class Why(StrEnum):
    """Why it was withdrawn."""

    CONSENT = "consent"
    WRONG = "wrong"
    DANGER = "danger"


class Exhibit(Base, Keyed, OfThreat):
    """One piece of evidence as it stands. Erased with the full account of its record."""

    __tablename__ = "exhibit"
    __table_args__ = (
        CheckConstraint("direction IN ('supports', 'weakens')", name="direction"),
        CheckConstraint("consent IN ('given', 'not-needed', 'not-asked')", name="consent"),
        CheckConstraint("is_held OR consent <> 'not-asked'", name="agreed"),
        CheckConstraint("NOT is_held OR ask <> ''", name="whom"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_why = '')", name="withdrawn"),
    )
    __follows__ = FieldClass.MEMBERS
    __is_of_account__ = True

    period: Mapped[str] = mapped_column(
        comment="the view's quarter, 2026-Q4; empty = of the record itself"
    )
    kind: Mapped[str]
    words: Mapped[str] = mapped_column(comment="what it is, in one sentence")
    dated_on: Mapped[date]
    direction: Mapped[str]
    is_held: Mapped[bool] = mapped_column(comment="by its organisation, not shared")
    ask: Mapped[str] = mapped_column(comment="whom to ask, in words of a role; empty = nobody")
    consent: Mapped[str]
    consent_to: Mapped[str] = mapped_column(comment="what was agreed to")
    consent_by: Mapped[str] = mapped_column(comment="who agreed, in words of a role")
    consent_on: Mapped[date | None]
    reach: Mapped[str]
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[str]


class ExhibitFile(Base, Keyed, OfThreat):
    """The file of a shared piece, as far as it was kept. Read by who reads the piece."""

    __tablename__ = "exhibit_file"
    __follows__ = FieldClass.MEMBERS
    __is_of_account__ = True

    exhibit_id: Mapped[UUID] = mapped_column(
        ForeignKey("exhibit.id", ondelete="CASCADE"), unique=True
    )
    sha256: Mapped[str]
    media: Mapped[str] = mapped_column(comment="its type, found by what it holds")
    size: Mapped[int] = mapped_column(comment="bytes")
    tells: Mapped[list[str]] = mapped_column(comment="what it says of its writers, in closed words")
    scanned_at: Mapped[datetime | None] = mapped_column(comment="empty = not scanned for viruses")
    scanned_by: Mapped[str] = mapped_column(comment="the scanner and the day of its signatures")
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class ExhibitAct(Base, OfThreat, Act):
    """A piece was added or withdrawn, by whom and when. For its organisation alone; no words."""

    __tablename__ = "exhibit_act"
    __chain__ = ("exhibit_id", "organisation_id")
    __table_args__ = (first_of_chain("exhibit_act", "exhibit_id", "organisation_id"),)
    __follows__ = FieldClass.MEMBERS

    # No foreign key: that something was there outlives its words.
    exhibit_id: Mapped[UUID] = mapped_column(index=True)
    what: Mapped[str] = mapped_column(comment="added, withdrawn")
    why: Mapped[str]
