"""Invitations; the token of a link is a bearer that is about one of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.base import Base, Keyed


class Invitation(Base, Keyed):
    """Someone is asked into seats of an organisation."""

    __tablename__ = "invitation"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    seats: Mapped[list[str]]
    email: Mapped[str] = mapped_column(comment="lower case; only this address may accept")
    name: Mapped[str]
    note: Mapped[str] = mapped_column(default="", comment="handover note to the successor")
    replaces_id: Mapped[UUID | None] = mapped_column(comment="holding that ends as theirs begins")
    invited_by: Mapped[UUID | None] = mapped_column(comment="person; empty = a coordinator")
    at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None] = mapped_column(
        comment="when the link could go; a signatory waits for a second word"
    )
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
