"""Which institutions belong to which."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class BodyPart(Base, Protected, Act):
    """An institution belongs to a body between two days, as far as was said."""

    __tablename__ = "institution_part"
    __chain__ = ("body_id", "part_id")
    __table_args__ = (
        first_of_chain("institution_part", "body_id", "part_id"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="until_after"),
    )

    body_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"), index=True)
    part_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"))
    name: Mapped[str] = mapped_column(comment="of the part, when this was said")
    member_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisation.id"), index=True, comment="the organisation that the part is"
    )
    is_sensitive: Mapped[bool] = mapped_column(comment="of the part: practice A8")
    from_on: Mapped[date]
    until_on: Mapped[date | None] = mapped_column(comment="its last day; empty = it belongs")
    note: Mapped[str] = mapped_column(default="")
