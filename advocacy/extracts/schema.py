"""Files that were made of the register, and texts whose authors said they are about nobody."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.access.schema import Protected
from advocacy.ground.acts import Frozen
from advocacy.ground.base import Base, Keyed
from advocacy.threats.schema import FieldClass, OfThreat


class Kind(StrEnum):
    """How a file is written."""

    CSV = "csv"
    HXL = "hxl"
    XLSX = "xlsx"
    GEOJSON = "geojson"
    DOCX = "docx"


class Reach(StrEnum):
    """Whom a file is for."""

    OURS = "ours"
    OUTSIDE = "outside"


class Extract(Base, Keyed, Protected, Frozen):
    """Somebody began to take a file out. Read by their own organisation."""

    __tablename__ = "extract"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), index=True)
    person_id: Mapped[UUID | None]
    at: Mapped[datetime]
    kind: Mapped[str]
    reach: Mapped[str]
    asked: Mapped[dict[str, Any]] = mapped_column(comment="the filter, as the address had it")


class ExtractEnd(Base, Keyed, Protected, Frozen):
    """The file went out whole. Without this row it broke off."""

    __tablename__ = "extract_end"

    extract_id: Mapped[UUID] = mapped_column(ForeignKey("extract.id"), unique=True)
    at: Mapped[datetime]
    rows: Mapped[int]
    digest: Mapped[str] = mapped_column(comment="sha256 of the file's bytes, hex")


class NobodysWords(Base, Keyed, OfThreat, Frozen):
    """The author of a record said that the marked words of its safe part are no person's data."""

    __tablename__ = "threat_nobodys_words"
    __follows__ = FieldClass.SAFE

    digest: Mapped[str] = mapped_column(comment="of the marked words, none of which is kept")
    at: Mapped[datetime]
    person_id: Mapped[UUID | None]
