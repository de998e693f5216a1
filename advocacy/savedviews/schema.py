"""One table: who keeps which question."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.base import Base, Keyed


class SavedView(Base, Keyed, Protected):
    """Read by its organisation at most; by its maker alone unless it is shared."""

    __tablename__ = "saved_view"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    view: Mapped[str] = mapped_column(comment="matrix, table, map, trend")
    query: Mapped[str] = mapped_column(comment="filters, columns and order, as in an address")
    is_shared: Mapped[bool] = mapped_column(comment="with the maker's organisation")
    created_at: Mapped[datetime]
