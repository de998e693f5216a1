"""Tables of what records point to."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.base import Base, Keyed


class ProtectionRisk(Base):
    """One of the protection risks. Retired, never deleted."""

    __tablename__ = "protection_risk"
    __table_args__ = (CheckConstraint("default_sensitivity BETWEEN 1 AND 4", name="sensitivity"),)

    code: Mapped[str] = mapped_column(primary_key=True, comment="PR01 to PR15")
    number: Mapped[int] = mapped_column(unique=True)
    labels: Mapped[dict[str, Any]] = mapped_column(comment="language -> name")
    description: Mapped[str]
    aor: Mapped[list[str]] = mapped_column(
        comment="areas of responsibility, for example CP, GBV; empty = protection in general"
    )
    default_sensitivity: Mapped[int] = mapped_column(comment="1 low to 4 severe")
    active: Mapped[bool] = mapped_column(default=True)
    replaced_by: Mapped[str | None]
    version: Mapped[str] = mapped_column(comment="of the data file it came from")


class Area(Keyed, Base):
    """A country (level 0) or a part of it, as the common operational data name it."""

    __tablename__ = "area"
    __table_args__ = (
        UniqueConstraint("country", "level", "code"),
        CheckConstraint("level BETWEEN 0 AND 5", name="level"),
        CheckConstraint("(level = 0) = (parent_id IS NULL)", name="parent"),
        Index(None, "country", "level", "name"),
    )

    country: Mapped[str] = mapped_column(comment="ISO 3166 alpha-3")
    level: Mapped[int]
    code: Mapped[str] = mapped_column(comment="P-code: text, even where it is all digits")
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"), index=True)
    name: Mapped[str]
    names: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="language -> name")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None] = mapped_column(comment="first day on which it is no more")


class AreaShape(Base):
    """The boundary of an area, simplified, as it is drawn on a map. One per area.

    Web Mercator, in thousandths of a degree of longitude from the first meridian; y grows towards
    the south, as in SVG. left, top, right and bottom enclose the path; x, y is a point inside.
    """

    __tablename__ = "area_shape"
    __table_args__ = (CheckConstraint('"left" <= "right" AND top <= bottom', name="box"),)

    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"), primary_key=True)
    path: Mapped[str] = mapped_column(comment="SVG path: closed rings, absolute, whole numbers")
    left: Mapped[int]
    top: Mapped[int]
    right: Mapped[int]
    bottom: Mapped[int]
    x: Mapped[int] = mapped_column(comment="where its number stands")
    y: Mapped[int]
    source: Mapped[str] = mapped_column(comment="who drew it; printed under the map")
    note: Mapped[str] = mapped_column(comment="what its drawer says of boundaries; may be empty")


class AreaName(Keyed, Base):
    """What a workspace calls an area, where the list's own name would be taking a side."""

    __tablename__ = "area_name"
    __table_args__ = (UniqueConstraint("workspace_id", "area_id"),)

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"), index=True)
    names: Mapped[dict[str, Any]] = mapped_column(comment="language -> name; all = in every one")
