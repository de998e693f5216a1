"""What was translated, and who checked it."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class What(StrEnum):
    """What was done to a rendering."""

    WRITTEN = "written"
    CHECKED = "checked"


class RenderingAct(Base, Protected, Act):
    """A clause put into another language, or such words checked (then the act before says them)."""

    __tablename__ = "rendering"
    __chain__ = ("position_id", "cid", "language")
    __table_args__ = (first_of_chain("rendering", "position_id", "cid", "language"),)

    position_id: Mapped[UUID] = mapped_column(ForeignKey("position.id"), index=True)
    cid: Mapped[UUID] = mapped_column(ForeignKey("draft_clause.id"))
    language: Mapped[str] = mapped_column(comment="BCP 47, of the rendering")
    what: Mapped[str]
    source_hash: Mapped[str] = mapped_column(comment="of the clause's words it was made from")
    heading: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    html_by: Mapped[str] = mapped_column(comment="the cleaner's version")
