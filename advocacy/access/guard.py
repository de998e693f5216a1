"""The guard: no statement touches a Protected table without the reader's sentence.

(a) A session belongs to one actor. (b) Every ORM statement gets
`audience_id IN readable(actor) AND 'guarded' = 'guarded'`; refreshes get it in their WHERE.
(c) At the cursor, a statement is refused when it names a Protected table, under its own name or an
alias, more often than it carries sentences for that name: Core, text() and whatever else slipped
past (b). (d) A flush re-reads what it changes, keeps rows with their organisation and accepts new
ones only for one's own. (e) PostgreSQL holds the same sentence as
row-level security, see `schema.wall`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from enum import StrEnum
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Insert,
    and_,
    event,
    inspect,
    literal_column,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, with_loader_criteria

from advocacy.access import kept, told
from advocacy.access.actor import Actor
from advocacy.access.audience import AT, READABLE, READER, readable
from advocacy.access.kept import Rows, ask, look
from advocacy.access.naming import named
from advocacy.access.schema import Protected, protected_tables, wall
from advocacy.ground.errors import NotFound
from advocacy.ground.unit import Bound

__all__ = [
    "AT",
    "READER",
    "Rows",
    "System",
    "Unguarded",
    "ask",
    "bind",
    "install",
    "look",
    "protected_tables",
    "readers",
    "sentence",
    "store",
    "system",
    "wall",
]
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
    CARRY = "carry"


class Unguarded(Exception):
    """A statement would have read a Protected table without its sentence. A defect of ours."""


_flushing: ContextVar[bool] = ContextVar("guard_flushing", default=False)
_system: ContextVar[str] = ContextVar("guard_system", default="")


# Whom each session was for when it was first asked: `info` itself can be exchanged.
_first: WeakKeyDictionary[Session, Actor] = WeakKeyDictionary()


def actor_of(session: Session) -> Actor:
    """The actor a session was opened for. Raises Unguarded when there is none."""
    actor = session.info.get("actor")
    if not isinstance(actor, Actor) or _first.setdefault(session, actor) is not actor:
        raise Unguarded("a session without an actor, or not with its first")
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


def readers(column: Any) -> ColumnElement[bool]:
    """The same sentence for a statement that is made once, at start; run it with `ask`."""
    return and_(column.in_(READABLE), literal_column(MARK))


def store(
    session: Session, actor: Actor, statement: Insert, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Write new Protected rows at once, each checked like one of a flush. Raises Unguarded."""
    if not _system.get() and any(row["organisation_id"] != actor.organisation_id for row in rows):
        raise Unguarded(f"a new {statement.table} for another organisation")
    connection = session.connection()
    _flushing.set(True)
    try:
        connection.execute(statement, rows)
    finally:
        _flushing.set(False)


@contextmanager
def system(session: Session, reason: System) -> Iterator[None]:
    """Let `session` work without the sentence, for one of the listed reasons, inside the block.

    Protected rows that the block has read are forgotten at its end: the reader asks again.
    """
    if _system.get() == reason:  # inside a block for the same reason
        yield
        return
    session.flush()  # what waits so far is the actor's own: checked as such
    before = set(session.identity_map.values())
    token = _system.set(reason)
    _tell_database(session, reason)
    try:
        yield
        session.flush()
    except BaseException:
        _system.reset(token)
        # In a transaction that has failed PostgreSQL takes no more words, and forgets at its end.
        with suppress(DBAPIError):
            _tell_database(session, _system.get())
        raise
    _system.reset(token)
    _tell_database(session, _system.get())
    if not _system.get():
        _forget(session, before)


def _forget(session: Session, before: set[Any]) -> None:
    for row in session.identity_map.values():
        if isinstance(row, Protected) and row not in before:
            session.expire(row)


def _tell_database(session: Session, reason: str) -> None:
    if not session.in_transaction() or session.get_bind().dialect.name != "postgresql":
        return
    told.tell_system(session.connection(), str(reason))


_WORDS = re.compile(r"""('(?:[^']|'')*'|"(?:[^"]|"")*")|/\*.*?\*/|--[^\n]*""", re.DOTALL)
_SENTENCE = re.compile(r'"?(\w+)"?\.audience_id IN \(SELECT audience_part\.audience_id\b')


@lru_cache(maxsize=4096)
def uncovered(statement: str) -> int:
    """How often the SQL names a Protected table without a sentence for that very name."""
    bare = _WORDS.sub(lambda word: word.group(1) or " ", statement)  # without comments
    found = Counter((alias or name).lower() for name, alias in named(bare))
    if not found:
        return 0
    carried = Counter(name.lower() for name in _SENTENCE.findall(bare))
    return max((found - carried).total(), found.total() - bare.count(MARK))


def install(engine: Engine) -> Engine:
    """Watch an engine's cursors. Migrations use an engine without this."""
    event.listen(engine, "before_cursor_execute", _at_cursor)
    return engine


def _at_cursor(
    _connection: Connection, _cursor: Any, statement: str, *_rest: Any, **_named: Any
) -> None:
    # A flush has checked the row it writes; whatever else its statement names, it has not.
    checked = _flushing.get() and statement.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}
    if _system.get() or uncovered(statement) <= int(checked):
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
            is_touched = changed in session.deleted or session.is_modified(changed)
            if isinstance(changed, Protected) and is_touched:
                _reread(session, changed)
    _flushing.set(True)


def _reread(session: Session, row: Any) -> None:
    """Raises NotFound when the row to be changed is not the actor's to see (any more).

    Raises Unguarded when it would change hands: an act stays with the organisation that did it.
    """
    if inspect(row).attrs.organisation_id.history.has_changes():
        raise Unguarded(f"a {type(row).__name__} for another organisation")
    table = type(row)
    with session.no_autoflush:
        seen = session.scalar(select(table.id).where(table.id == row.id))
    if seen is None:
        raise NotFound


@event.listens_for(Session, "after_flush_postexec")
@event.listens_for(Session, "after_soft_rollback")
def _after_flush(*_told: Any) -> None:
    _flushing.set(False)


@event.listens_for(Session, "after_begin")
def _after_begin(session: Session, _transaction: Any, connection: Connection) -> None:
    """Tell PostgreSQL who asks, for this transaction only."""
    kept.check(session, connection)
    _tell_who(connection, actor_of(session) if session.info.get("actor") else None)


def tell_again(session: Session) -> None:
    """Tell PostgreSQL again who asks, after another actor's session used the same connection."""
    _tell_who(session.connection(), actor_of(session))


def _tell_who(connection: Connection, actor: object) -> None:
    if connection.dialect.name != "postgresql":
        return
    organisation = str(actor.organisation_id or "") if isinstance(actor, Actor) else ""
    now = actor.now.isoformat() if isinstance(actor, Actor) else ""
    told.tell(connection, (organisation, now, str(_system.get())))
