"""Who follows up new asks to an institution."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class DefaultMinder(Base, Protected, Act):
    """New asks to an institution are followed up by this one. Read by those who know of it."""

    __tablename__ = "institution_minder"
    __chain__ = ("institution_id",)
    __table_args__ = (first_of_chain("institution_minder", "institution_id"),)

    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"), index=True)
    minder_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisation.id"), comment="empty = whoever puts the ask"
    )
    note: Mapped[str]
