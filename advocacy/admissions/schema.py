"""Organisations asked into a workspace; the token of a link is a bearer that is about one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.base import Base, Keyed


class Admission(Base, Keyed):
    """Whoever holds an address is asked to bring their organisation in."""

    __tablename__ = "admission"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    workspace_name: Mapped[str] = mapped_column(comment="as it was called when it asked")
    standing: Mapped[str]
    email: Mapped[str] = mapped_column(comment="lower case; only this address may accept")
    language: Mapped[str] = mapped_column(default="en")
    asked_for: Mapped[UUID] = mapped_column(comment="the coordinating organisation that asks")
    asked_by: Mapped[UUID | None] = mapped_column(comment="person")
    at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
