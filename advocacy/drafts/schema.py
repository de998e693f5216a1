"""What was done with a draft, act by act."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Act, first_of_chain
from advocacy.ground.base import Base


class Deed(StrEnum):
    """What an act did."""

    BEGUN = "begun"
    OPENED = "opened"
    PUT_ASIDE = "put-aside"


class DraftAct(Base, Protected, Act):
    """A draft was begun, opened or put aside. For its own organisation alone."""

    __tablename__ = "threat_draft_act"
    __chain__ = ("threat_id",)
    __table_args__ = (first_of_chain("threat_draft_act", "threat_id"),)

    threat_id: Mapped[UUID] = mapped_column(ForeignKey("threat.id"), index=True)
    what: Mapped[str] = mapped_column(comment="begun, opened, put-aside")
    choice: Mapped[dict[str, Any]] = mapped_column(comment="level and who is named, as chosen")
