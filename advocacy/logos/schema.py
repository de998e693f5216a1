"""The pictures, as acts: put, put anew, taken away."""

from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class Logo(Base, Protected, Act):
    """One state of an organisation's logo. An empty media: it was taken away."""

    __tablename__ = "organisation_logo"
    __chain__ = ("of_id",)
    __table_args__ = (first_of_chain("organisation_logo", "of_id"),)

    of_id: Mapped[UUID] = mapped_column(index=True, comment="the organisation")
    media: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)
