"""A batch between its upload and its plan. It goes when the plan is written."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.base import Base, Keyed


class Batch(Base, Keyed, Protected):
    """Rows as they were sent, for the organisation that sent them."""

    __tablename__ = "recommendation_batch"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    person_id: Mapped[UUID | None]
    at: Mapped[datetime]
    name: Mapped[str] = mapped_column(comment="of the file")
    digest: Mapped[str] = mapped_column(comment="sha256 of what was sent, hex")
    header: Mapped[list[str]]
    lines: Mapped[list[Any]] = mapped_column(comment="[line in the file, cells] of each row")
    refused: Mapped[list[Any]] = mapped_column(comment="[line, code, facts] of rows not readable")
    notes: Mapped[list[Any]] = mapped_column(comment="[code, facts]: what was found of the file")
    matched: Mapped[dict[str, Any]] = mapped_column(comment="column -> field, as confirmed")
    about: Mapped[dict[str, Any]] = mapped_column(comment="what holds for every row")
    owners: Mapped[dict[str, Any]] = mapped_column(
        comment="name, as compared -> institution, new:kind, or empty: leave it out"
    )
