"""A person's passkeys, code app and recovery codes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.base import Base, Keyed


class Passkey(Base, Keyed):
    """A key in a device of a person."""

    __tablename__ = "passkey"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    credential: Mapped[str] = mapped_column(unique=True, comment="id that the device gave it")
    public_key: Mapped[str] = mapped_column(comment="COSE, base64 for addresses")
    sign_count: Mapped[int]
    name: Mapped[str] = mapped_column(comment="what its owner calls it")
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class CodeApp(Base):
    """An authenticator app (RFC 6238). It counts once its first code was given."""

    __tablename__ = "code_app"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(comment="with the server's secret makes the app's secret")
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0, comment="half minute of the last code taken")


class RecoverySheet(Base):
    """Ten codes on paper. They are made again and again from the salt, for ten minutes shown."""

    __tablename__ = "recovery_sheet"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    salt: Mapped[str]
    made_at: Mapped[datetime]
    used: Mapped[list[Any]] = mapped_column(comment="numbers of the codes that were used")
