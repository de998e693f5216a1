"""Keyset pages: "after this row", never "page 17". A cursor is opaque and checked."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason

PAGE = 50
R = TypeVar("R")


@dataclass(frozen=True)
class Page(Generic[R]):
    """Rows of one page, and the cursor of the next one ("" = there is none)."""

    rows: list[R]
    next: str = ""


def pack(*values: str) -> str:
    """A cursor out of the last row's sort values."""
    return urlsafe_b64encode("\x1f".join(values).encode()).decode().rstrip("=")


def unpack(cursor: str, count: int) -> tuple[str, ...] | None:
    """The sort values in a cursor; None for no cursor. Raises Invalid for a broken one."""
    if not cursor:
        return None
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (Error, ValueError):
        raise Invalid(Reason("form.cursor")) from None
    values = tuple(text.split("\x1f"))
    if len(values) != count:
        raise Invalid(Reason("form.cursor"))
    return values


def unpack_as(cursor: str, reads: Sequence[Callable[[str], Any]]) -> tuple[Any, ...] | None:
    """The sort values in a cursor, each read in its own way; None for no cursor.

    reads: a function raises ValueError for what is none of its values. Raises Invalid.
    """
    values = unpack(cursor, len(reads))
    if values is None:
        return None
    try:
        return tuple(read(value) for read, value in zip(reads, values, strict=True))
    except (ValueError, OverflowError):
        raise Invalid(Reason("form.cursor")) from None


def unpack_place(cursor: str) -> tuple[datetime, UUID] | None:
    """An instant and a row's key; None for no cursor. Raises Invalid for a broken one."""
    values = unpack(cursor, 2)
    if values is None:
        return None
    try:
        at, key = datetime.fromisoformat(values[0]), UUID(values[1])
        if at.tzinfo is not None:
            return at.astimezone(UTC), key
    except (ValueError, OverflowError):
        pass
    raise Invalid(Reason("form.cursor"))


def unpack_key(cursor: str) -> UUID | None:
    """The row's key in a cursor that holds nothing else; None for no cursor. Raises Invalid."""
    values = unpack(cursor, 1)
    if values is None:
        return None
    try:
        return UUID(values[0])
    except ValueError:
        raise Invalid(Reason("form.cursor")) from None
