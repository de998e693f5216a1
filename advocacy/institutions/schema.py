"""Institutions that asks are addressed to."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base, Keyed


class InstitutionKind(StrEnum):
    """What an institution is; decides what it is called (practice D36)."""

    STATE = "state"
    AUTHORITY = "authority"
    PARTY = "party"
    COUNTRY_TEAM = "country_team"
    UN = "un"
    DONOR = "donor"
    COMPANY = "company"
    NGO = "ngo"
    OTHER = "other"


class Institution(Base, Keyed, Protected):
    """Who can be asked. Its own organisation, if it is one of ours, is `member_id`."""

    __tablename__ = "institution"
    __table_args__ = (Index("ix_institution_workspace_folded", "workspace_id", "folded"),)

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(comment="the name as it is compared")
    kind: Mapped[str]
    country: Mapped[str] = mapped_column(default="", comment="ISO 3166-1 alpha-3")
    aliases: Mapped[list[str]] = mapped_column(default=list, comment="other names, as written")
    member_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisation.id"), index=True, comment="the organisation it is, with an account"
    )
    is_sensitive: Mapped[bool] = mapped_column(
        default=False, comment="armed group, de facto authority or listed: practice A8"
    )
    created_at: Mapped[datetime]


class Succession(Base, Protected, Act):
    """What an institution became: renamed, merged, replaced. Empty `into_id` takes that back.

    Read by those who know of it. Nothing that was put to it is rewritten.
    """

    __tablename__ = "institution_succession"
    __chain__ = ("institution_id",)
    __table_args__ = (first_of_chain("institution_succession", "institution_id"),)

    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"))
    into_id: Mapped[UUID | None] = mapped_column(ForeignKey("institution.id"), index=True)
    note: Mapped[str]
