"""Many rows like the one there is, written in one go: for lists of fifty and years of acts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.orm import Session

from advocacy.access import guard

Row = dict[str, Any]


def add(
    session: Session, table: Any, changes: Iterable[Row], *which: ColumnElement[bool]
) -> list[UUID]:
    """More rows like the one (such) there is; for each, what is different."""
    with guard.system(session, guard.System.COMMAND):
        one = session.execute(select(table).where(*which)).mappings().first()
        rows = [{**(one or {}), "id": uuid4(), **change} for change in changes]
        session.execute(insert(table), rows)
    return [row["id"] for row in rows]
