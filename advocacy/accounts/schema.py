"""People and failed sign-ins."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground.base import Base, Keyed


class Person(Base, Keyed):
    """Someone who can sign in."""

    __tablename__ = "person"

    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True, comment="lower case, trimmed")
    password_hash: Mapped[str] = mapped_column(default="", comment="Argon2id; empty = none set")
    language: Mapped[str] = mapped_column(default="en")
    zone: Mapped[str] = mapped_column(default="UTC")
    created_at: Mapped[datetime]
    is_active: Mapped[bool] = mapped_column(default=True)


class Attempt(Base, Keyed):
    """A failed sign-in. `about` is a keyed hash of an account or of a network address."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_about_at", "about", "at"),)

    about: Mapped[str]
    at: Mapped[datetime]
