"""What hangs on a threat beyond its short record, each table in one class of fields.

`__searched__`: columns whose words are found by who reads that class; an area counts by its names.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Double, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.base import Base, Keyed
from advocacy.threats.schema import FieldClass, OfThreat


class ThreatNature(Base, Keyed, OfThreat):
    """Safe: what kind of threat it is. At most one row of a threat."""

    __tablename__ = "threat_nature"
    __table_args__ = (UniqueConstraint("threat_id"),)
    __follows__ = FieldClass.SAFE

    kinds: Mapped[list[str]] = mapped_column(comment="of the list threat-kinds")
    is_watched: Mapped[bool] = mapped_column(comment="no new report, and not over either")


class ThreatRegion(Base, Keyed, OfThreat):
    """Safe: a first-level area in which one of its further places lies."""

    __tablename__ = "threat_region"
    __table_args__ = (UniqueConstraint("threat_id", "area_id"),)
    __follows__ = FieldClass.SAFE
    __searched__ = ()

    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"), index=True)


class ThreatBlocks(Base, Keyed, OfThreat):
    """Members: the texts of the framework's blocks. At most one row of a threat."""

    __tablename__ = "threat_blocks"
    __table_args__ = (UniqueConstraint("threat_id"),)
    __follows__ = FieldClass.MEMBERS
    __searched__ = ("subtype", "context", "effect", "capacity")
    __erased__ = ("context", "effect", "capacity")

    subtype: Mapped[str] = mapped_column(comment="the workspace's own word under the risk's code")
    context: Mapped[str]
    effect: Mapped[str] = mapped_column(comment="on people, and who is more exposed than others")
    capacity: Mapped[str]


class ThreatPlace(Base, Keyed, OfThreat):
    """Members: one more place of a threat."""

    __tablename__ = "threat_place"
    __follows__ = FieldClass.MEMBERS
    __searched__ = ("name",)

    area_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("area.id"), index=True, comment="of any level; empty = the whole country"
    )
    code: Mapped[str] = mapped_column(comment="the area's P-code as it was chosen")
    valid_from: Mapped[date | None] = mapped_column(comment="of the code as it was chosen")
    name: Mapped[str] = mapped_column(comment="the place's name as it was entered")
    precision: Mapped[str] = mapped_column(comment="of the list place-precision")
    number: Mapped[int] = mapped_column(comment="its turn among the places of the threat")


class ThreatPoint(Base, Keyed, OfThreat):
    """Restricted: where a place lies exactly. A place without a point has no row here."""

    __tablename__ = "threat_point"
    __table_args__ = (
        UniqueConstraint("place_id"),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
    )
    __follows__ = FieldClass.RESTRICTED

    place_id: Mapped[UUID] = mapped_column(ForeignKey("threat_place.id"))
    latitude: Mapped[float] = mapped_column(Double, comment="degrees, north is positive")
    longitude: Mapped[float] = mapped_column(Double, comment="degrees, east is positive")


class ThreatParty(Base, Keyed, OfThreat):
    """Members: the category of a party, and its part in the threat."""

    __tablename__ = "threat_party"
    __follows__ = FieldClass.MEMBERS

    role: Mapped[str] = mapped_column(comment="of the list actor-roles")
    category: Mapped[str] = mapped_column(comment="of actor-categories, or of duty-bearers")
    basis: Mapped[str] = mapped_column(comment="of the list actor-basis")
    number: Mapped[int]


class ThreatPartyName(Base, Keyed, OfThreat):
    """Restricted: what a party is called."""

    __tablename__ = "threat_party_name"
    __table_args__ = (UniqueConstraint("party_id"),)
    __follows__ = FieldClass.RESTRICTED
    __searched__ = ("name",)

    party_id: Mapped[UUID] = mapped_column(ForeignKey("threat_party.id"))
    name: Mapped[str]


class ThreatFigure(Base, Keyed, OfThreat):
    """Members: how many people of one group, or that nobody knows how many."""

    __tablename__ = "threat_figure"
    __table_args__ = (
        CheckConstraint("is_unknown = (low IS NULL)", name="known"),
        CheckConstraint("(low IS NULL) = (high IS NULL)", name="both"),
        CheckConstraint("low >= 0 AND high >= low", name="order"),
        CheckConstraint("until_on >= from_on", name="period"),
    )
    __follows__ = FieldClass.MEMBERS

    kind: Mapped[str] = mapped_column(comment="of the list figure-kinds")
    population: Mapped[str] = mapped_column(comment="of the list population-groups")
    sex: Mapped[str]
    age: Mapped[str] = mapped_column(comment="of the list age-bands")
    disability: Mapped[str]
    low: Mapped[int | None]
    high: Mapped[int | None]
    is_unknown: Mapped[bool] = mapped_column(comment="which is not 0")
    method: Mapped[str] = mapped_column(comment="of the list figure-methods")
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    number: Mapped[int]


PARTS: tuple[tuple[str, Any], ...] = (
    ("places", ThreatPlace),
    ("parties", ThreatParty),
    ("figures", ThreatFigure),
)
"""The lists of a threat that grow row by row, by the name they have in its history."""
