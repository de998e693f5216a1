"""Workspaces, organisations, memberships, bodies, seats and holdings."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.base import Base, Keyed


class OrganisationKind(StrEnum):
    """Kinds of organisation; networks and forums count apart (practice B19)."""

    NGO = "ngo"
    NATIONAL_NGO = "national_ngo"
    HUMAN_RIGHTS = "human_rights"
    UN = "un"
    RED_CROSS = "red_cross"
    NETWORK = "network"
    FORUM = "forum"
    GOVERNMENT = "government"
    DONOR = "donor"


NETWORKS = frozenset({OrganisationKind.NETWORK, OrganisationKind.FORUM})


class Organisation(Base, Keyed):
    """An organisation. Its id is also the id of its own group."""

    __tablename__ = "organisation"

    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    registered_email: Mapped[str] = mapped_column(
        default="", comment="contact registered at joining; where codes and notices go"
    )
    language: Mapped[str] = mapped_column(default="en")
    created_at: Mapped[datetime]


class Workspace(Base, Keyed):
    """Where organisations work together. Names of its bodies are its own data."""

    __tablename__ = "workspace"
    __table_args__ = (CheckConstraint("smallest_cell >= 3", name="smallest_cell"),)

    name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    zone: Mapped[str] = mapped_column(default="UTC")
    country: Mapped[str] = mapped_column(default="", comment="ISO 3166-1 alpha-3")
    severity_scale: Mapped[str] = mapped_column(default="gpc5")
    smallest_cell: Mapped[int] = mapped_column(default=5, comment="below: shown as fewer than")
    weekend: Mapped[str] = mapped_column(default="5,6", comment="weekdays off, Monday is 0")
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Membership(Base, Keyed, Protected):
    """`member_id` stands in the workspace as `standing`, between two instants."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "ux_membership_open",
            "workspace_id",
            "member_id",
            unique=True,
            sqlite_where=text("until_at IS NULL"),
            postgresql_where=text("until_at IS NULL"),
        ),
    )

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    standing: Mapped[str]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]


class Body(Base, Keyed, Protected):
    """A cluster, an advisory group, a country team: whatever the workspace says decides."""

    __tablename__ = "body"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    name: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    group_id: Mapped[UUID] = mapped_column(comment="the access group of its members")


class SeatRow(Base, Keyed):
    """A function held for an organisation. There is one of each kind; several may hold it."""

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("organisation_id", "kind"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str]


class Holding(Base, Keyed):
    """A person in a seat. Never removed: `until_at` ends it."""

    __tablename__ = "holding"
    __table_args__ = (Index("ix_holding_person_until", "person_id", "until_at"),)

    seat_id: Mapped[UUID] = mapped_column(ForeignKey("seat.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    appointed_by: Mapped[UUID | None] = mapped_column(comment="person; empty = at founding")
    note: Mapped[str] = mapped_column(default="", comment="handover note to the successor")
