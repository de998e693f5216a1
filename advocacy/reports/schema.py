"""Files that were made of the list of recommendations."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Frozen
from advocacy.ground.base import Base, Keyed


class Report(Base, Keyed, Protected, Frozen):
    """Somebody took the list out. Read by their own organisation."""

    __tablename__ = "report"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    person_id: Mapped[UUID | None]
    at: Mapped[datetime]
    kind: Mapped[str]
    asked: Mapped[dict[str, Any]] = mapped_column(comment="the filter, as the address had it")
    lines: Mapped[int] = mapped_column(comment="how many there were when it was asked for")
