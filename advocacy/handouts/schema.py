"""One row for each file that was taken through a link."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.base import Base, Keyed


class ShareFile(Base, Keyed):
    """Somebody took the page of a link as a file: when, which kind, and nothing of who."""

    __tablename__ = "share_file"

    share_id: Mapped[UUID] = mapped_column(ForeignKey("share.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str]
