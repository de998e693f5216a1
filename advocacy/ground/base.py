"""The declarative base all tables share, and the few column types of the house."""

import random
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, DateTime, Dialect, MetaData, Uuid, types
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

_seeded: random.Random | None = None


def seed_ids(seed: int | None) -> None:
    """Make `new_id` repeat itself (tests that compare two worlds); None returns to chance."""
    global _seeded  # noqa: PLW0603 - one process-wide switch, used by tests only
    _seeded = None if seed is None else random.Random(seed)  # noqa: S311 - test worlds only


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def new_id() -> UUID:
    """A fresh public identifier. Says nothing about order, time or how many there are."""
    if _seeded is None:
        return uuid4()
    return UUID(int=_seeded.getrandbits(128), version=4)


def new_ref() -> str:
    """Ten characters that people can read out; they tell of no order and no number."""
    bits = new_id().int
    return "".join(_LETTERS[(bits >> (5 * place)) & 31] for place in range(10))


class Instant(types.TypeDecorator[datetime]):
    """An aware UTC datetime, kept as UTC in both databases. Naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Id(Uuid[UUID]):
    """An identifier. Pages read the same ones again and again: each is made of its text once."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """None on PostgreSQL, whose driver gives identifiers as they are."""
        return None if dialect.supports_native_uuid else _read_id


@lru_cache(maxsize=8192)
def _read_id(kept: str | None) -> UUID | None:
    return None if kept is None else UUID(kept)


class Base(DeclarativeBase):
    """Base of every table. Flask-SQLAlchemy is given this class, rooms import only this."""

    # Through the registry, not as class attributes: Flask-SQLAlchemy derives from this class.
    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: Instant,
            UUID: Id,
            dict[str, Any]: JSON,
            list[str]: JSON,
            list[Any]: JSON,
        },
    )


class Keyed:
    """Mixin: a random UUID primary key."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-10)
