"""What hangs on records that a run brought in."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, Table, func, literal_column, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.access.schema import protected_tables
from advocacy.asks.schema import Ask
from advocacy.ground.base import Base
from advocacy.institutions.schema import Institution
from advocacy.recommendations.schema import Recommendation

_LOT = 500
_r: Any = Recommendation.__table__
_a: Any = Ask.__table__
_i: Any = Institution.__table__


class Thing(NamedTuple):
    """Something that hangs on a record: whose it is, who reads it, in which table it stands."""

    organisation_id: UUID
    audience_id: UUID
    table: str


Hung = dict[UUID, set[Thing]]
"""Record -> what hangs on it."""


def on_texts(session: Session, ids: Sequence[UUID], run_id: UUID, *, seen_by: Actor | None) -> Hung:
    """What others did with recommendations or their asks, but for what the run itself wrote.

    seen_by: whoever asks; None inside `guard.system`: whatever there is.
    """
    found: Hung = {}
    for column in _pointing(_r):
        if column.table is not _a:
            _gather(session, found, _own(column, column, seen_by, run_id), column, ids)
    for column in _pointing(_a):
        query = _own(column, _a.c.recommendation_id, seen_by, run_id)
        query = query.join(_a, _a.c.id == column).where(*_seen(_a, seen_by))
        _gather(session, found, query, _a.c.recommendation_id, ids)
    return found


def on_asks(session: Session, ids: Sequence[UUID], run_id: UUID, *, seen_by: Actor | None) -> Hung:
    """The same of single asks."""
    found: Hung = {}
    for column in _pointing(_a):
        _gather(session, found, _own(column, column, seen_by, run_id), column, ids)
    return found


def on_institutions(session: Session, ids: Sequence[UUID], *, seen_by: Actor | None) -> Hung:
    """The same of institutions."""
    found: Hung = {}
    for column in _pointing(_i):
        _gather(session, found, _own(column, column, seen_by, None), column, ids)
    return found


def with_more_asks(session: Session, actor: Actor, made: Mapping[UUID, int]) -> Hung:
    """Recommendations with more asks that the reader sees than a run made. made: how many."""
    found: Hung = {}
    ids, owned = list(made), (_a.c.organisation_id, _a.c.audience_id)
    for start in range(0, len(ids), _LOT):
        query = select(_a.c.recommendation_id, *owned, func.count()).where(
            _a.c.recommendation_id.in_(ids[start : start + _LOT]), *_seen(_a, actor)
        )
        grouped = query.group_by(_a.c.recommendation_id, *owned)
        of_lot: dict[UUID, list[Any]] = {}
        for row in session.connection().execute(grouped):
            of_lot.setdefault(row[0], []).append(row)
        for record, rows in of_lot.items():
            if sum(row[3] for row in rows) > made[record]:
                found[record] = {Thing(row[1], row[2], _a.name) for row in rows}
    return found


def refs(session: Session, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The references of recommendations that the reader sees."""
    query = select(_r.c.id, _r.c.ref).where(guard.sentence(_r.c.audience_id, actor))
    lots = (ids[start : start + _LOT] for start in range(0, len(ids), _LOT))
    asked = (session.connection().execute(query.where(_r.c.id.in_(lot))) for lot in lots)
    return {row.id: row.ref for rows in asked for row in rows}


def has_same_ref(session: Session, recommendation_id: UUID, organisation_id: UUID) -> bool:
    """Whether an organisation has another record of that reference. Inside `guard.system`."""
    other = _r.alias("other")
    query = select(other.c.id).where(
        other.c.organisation_id == organisation_id,
        other.c.id != recommendation_id,
        other.c.workspace_id == _r.c.workspace_id,
        other.c.ref == _r.c.ref,
        _r.c.id == recommendation_id,
    )
    return session.connection().execute(query.limit(1)).first() is not None


@cache
def _pointing(of: Table) -> tuple[Any, ...]:
    """Columns of protected tables of any room that point to a record."""
    of_ours: Any = of
    return tuple(
        column
        for name in sorted(protected_tables())
        for column in Base.metadata.tables[name].c
        if any(key.column is of_ours.c.id for key in column.foreign_keys)
    )


def _own(column: Any, named: Any, seen_by: Actor | None, run_id: UUID | None) -> Select[Any]:
    table = column.table
    of_what: Any = literal_column(f"'{table.name}'")
    query = select(named, table.c.organisation_id, table.c.audience_id, of_what)
    if run_id is not None and "import_id" in table.c:
        theirs = or_(table.c.import_id.is_(None), table.c.import_id != run_id)
        query = query.where(theirs)
    return query.where(*_seen(table, seen_by)).distinct()


def _seen(table: Any, seen_by: Actor | None) -> Iterator[Any]:
    if seen_by is not None:
        yield guard.sentence(table.c.audience_id, seen_by)


def _gather(
    session: Session, found: Hung, query: Select[Any], named: Any, ids: Sequence[UUID]
) -> None:
    for start in range(0, len(ids), _LOT):
        lot = query.where(named.in_(ids[start : start + _LOT]))
        for record, *of in session.connection().execute(lot):
            found.setdefault(record, set()).add(Thing(*of))
