"""How small a number may be that is told outside."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class DisclosureLimit(Base, Protected, Act):
    """The smallest cell of a workspace. The last act counts; before the first, the usual one."""

    __tablename__ = "disclosure_limit"
    __chain__ = ("workspace_id",)
    __table_args__ = (
        first_of_chain("disclosure_limit", "workspace_id"),
        CheckConstraint("smallest_cell >= 3", name="smallest_cell"),
    )

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    smallest_cell: Mapped[int] = mapped_column(comment="numbers below it are not told outside")
    tells_zero: Mapped[bool] = mapped_column(comment="whether 0 is told as 0")
