"""The guard: no statement touches a Protected table without the reader's sentence.

(a) A session belongs to one actor. (b) Every ORM statement gets
`audience_id IN readable(actor) AND 'guarded' = 'guarded'`; refreshes get it in their WHERE.
(c) At the cursor, a statement that names more Protected tables than it carries sentences is
refused: Core, text() and whatever else slipped past (b). (d) A flush re-reads what it changes and
accepts new rows only for one's own organisation. (e) PostgreSQL holds the same sentence as
row-level security, see `wall`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, event, literal_column, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, with_loader_criteria

from advocacy.access.actor import Actor
from advocacy.access.audience import readable
from advocacy.access.schema import EVERYONE, Protected
from advocacy.ground.base import Base
from advocacy.ground.errors import NotFound
from advocacy.ground.unit import Bound

MARK = "'guarded' = 'guarded'"


class System(StrEnum):
    """The closed list of what may read without an actor; each use names its reason."""

    SIGN_IN = "sign_in"
    WORKER = "worker"
    COMMAND = "command"
    AUDIENCE_REWRITE = "audience_rewrite"
    AUDIT_VERIFY = "audit_verify"
    RELEASE = "release"
    COUNT_TOTALS = "count_totals"


class Unguarded(Exception):
    """A statement would have read a Protected table without its sentence. A defect of ours."""


_flushing: ContextVar[bool] = ContextVar("guard_flushing", default=False)
_system: ContextVar[str] = ContextVar("guard_system", default="")


def actor_of(session: Session) -> Actor:
    """The actor a session was opened for. Raises Unguarded when there is none."""
    actor = session.info.get("actor")
    if not isinstance(actor, Actor):
        raise Unguarded("a session without an actor")
    return actor


def bind(session: Session, actor: Actor) -> Session:
    """Give a session its actor, once; on PostgreSQL also the transaction that has begun."""
    if not isinstance(session.info, Bound):
        session.info = Bound(session.info)
    session.info["actor"] = actor
    if session.in_transaction():
        _tell_who(session.connection(), actor)
    return session


def sentence(column: Any, actor: Actor) -> ColumnElement[bool]:
    """The reader's sentence, for hand-written Core lists: `sentence(t.c.audience_id, actor)`."""
    return and_(column.in_(readable(actor)), literal_column(MARK))


@contextmanager
def system(session: Session, reason: System) -> Iterator[None]:
    """Let `session` work without the sentence, for one of the listed reasons, inside the block."""
    token = _system.set(reason)
    _tell_database(session, reason)
    try:
        yield
        session.flush()
    finally:
        _system.reset(token)
        if session.is_active:
            _tell_database(session, _system.get())


def _tell_database(session: Session, reason: str) -> None:
    if session.in_transaction() and session.get_bind().dialect.name == "postgresql":
        session.connection().exec_driver_sql(
            "SELECT set_config('app.system', %s, true)", (str(reason),)
        )


@cache
def protected_tables() -> frozenset[str]:
    """Names of all Protected tables."""
    return frozenset(
        str(mapper.class_.__tablename__)  # type: ignore[attr-defined]  # every table has one
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Protected)
    )


@cache
def _naming() -> re.Pattern[str]:
    names = "|".join(sorted(protected_tables())) or "(?!)"
    lead = r"(?:\b(?:FROM|JOIN|UPDATE|INTO|USING|TABLE|ONLY)\b|,)[\s(]*(?:ONLY\s+)?"
    return re.compile(rf'{lead}(?:"?\w+"?\.)?"?(?:{names})\b"?(?!\s*\.)', re.IGNORECASE)


_COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)


@lru_cache(maxsize=4096)
def is_covered(statement: str) -> bool:
    """True when the SQL names no more Protected tables than it carries sentences."""
    bare = _COMMENT.sub(" ", statement)
    return len(_naming().findall(bare)) <= bare.count(MARK)


def install(engine: Engine) -> Engine:
    """Watch an engine's cursors. Migrations use an engine without this."""
    event.listen(engine, "before_cursor_execute", _at_cursor)
    return engine


def _at_cursor(
    _connection: Connection, _cursor: Any, statement: str, *_rest: Any, **_named: Any
) -> None:
    if _system.get() or is_covered(statement):
        return
    if _flushing.get() and statement.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}:
        return
    raise Unguarded(statement.split("\n", 1)[0][:80])


@event.listens_for(Session, "do_orm_execute")
def _at_statement(state: ORMExecuteState) -> None:
    if _system.get():
        return
    actor = actor_of(state.session)
    if state.is_column_load:
        for mapper in state.all_mappers:
            if issubclass(mapper.class_, Protected):
                mine = sentence(mapper.local_table.c.audience_id, actor)
                state.statement = state.statement.where(mine)  # type: ignore[attr-defined]  # always a Select
        return
    allowed = readable(actor)
    mark: Any = literal_column(MARK)
    state.statement = state.statement.options(
        with_loader_criteria(
            Protected,
            lambda cls: and_(cls.audience_id.in_(allowed), mark),
            include_aliases=True,
            propagate_to_loaders=False,
        )
    )


@event.listens_for(Session, "before_flush")
def _before_flush(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    if not _system.get():
        actor = actor_of(session)
        for row in session.new:
            if isinstance(row, Protected) and row.organisation_id != actor.organisation_id:
                raise Unguarded(f"a new {type(row).__name__} for another organisation")
        for changed in (*session.dirty, *session.deleted):
            if isinstance(changed, Protected) and _is_touched(session, changed):
                _reread(session, changed)
    _flushing.set(True)


def _is_touched(session: Session, row: object) -> bool:
    return row in session.deleted or session.is_modified(row)


def _reread(session: Session, row: Any) -> None:
    """Raises NotFound when the row to be changed is not the actor's to see (any more)."""
    table = type(row)
    with session.no_autoflush:
        seen = session.scalar(select(table.id).where(table.id == row.id))
    if seen is None:
        raise NotFound


@event.listens_for(Session, "after_flush_postexec")
def _after_flush(session: Session, _context: UOWTransaction) -> None:
    _flushing.set(False)


@event.listens_for(Session, "after_soft_rollback")
def _after_rollback(_session: Session, _previous: Any) -> None:
    _flushing.set(False)


@event.listens_for(Session, "after_begin")
def _after_begin(session: Session, _transaction: Any, connection: Connection) -> None:
    """Tell PostgreSQL who asks, for this transaction only."""
    _tell_who(connection, session.info.get("actor"))


def _tell_who(connection: Connection, actor: object) -> None:
    if connection.dialect.name != "postgresql":
        return
    organisation = str(actor.organisation_id or "") if isinstance(actor, Actor) else ""
    now = actor.now.isoformat() if isinstance(actor, Actor) else ""
    connection.exec_driver_sql(
        "SELECT set_config('app.organisation', %s, true), set_config('app.now', %s, true), "
        "set_config('app.system', %s, true)",
        (organisation, now, str(_system.get())),
    )


# The only value in it is a constant of ours.
_SEES = f"""coalesce(current_setting('app.system', true), '') <> '' OR audience_id IN (
  SELECT p.audience_id FROM audience_part p
  WHERE p.opens_at <= nullif(current_setting('app.now', true), '')::timestamptz
    AND (p.group_id = '{EVERYONE}'::uuid
      OR p.group_id = nullif(current_setting('app.organisation', true), '')::uuid
      OR p.group_id IN (SELECT m.group_id FROM access_member m
        WHERE m.organisation_id = nullif(current_setting('app.organisation', true), '')::uuid
          AND m.from_at <= nullif(current_setting('app.now', true), '')::timestamptz
          AND (m.until_at IS NULL
            OR m.until_at > nullif(current_setting('app.now', true), '')::timestamptz))))"""  # noqa: S608 - no value of a reader is in it


def wall(connection: Connection, tables: list[str]) -> None:
    """Put the sentence into PostgreSQL itself as row-level security; nothing on SQLite."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        connection.exec_driver_sql(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        connection.exec_driver_sql(f'DROP POLICY IF EXISTS guard ON "{table}"')
        connection.exec_driver_sql(
            f'CREATE POLICY guard ON "{table}" USING ({_SEES}) WITH CHECK ({_SEES} OR '
            "organisation_id = nullif(current_setting('app.organisation', true), '')::uuid)"
        )
