"""The unit of work: how a session is opened, for whom, and the one place that commits.

A session belongs to one actor (`session.info["actor"]`) and dies with it. A writing session holds
the writer's lock of this process on SQLite and opens with BEGIN IMMEDIATE: SQLAlchemy's default
there loses concurrent read-then-write updates without an error, and a plain BEGIN fails late.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, NoReturn

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from advocacy.ground import plans

WRITING, LIGHTLY = "advocacy_writing", "advocacy_lightly"
_BUSY_MILLISECONDS = 8_000


def prepare(engine: Engine) -> Engine:
    """Give an engine the house's connection settings (pragmas and the kind of BEGIN)."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _pragmas)
        event.listen(engine, "begin", _begin)
    else:
        plans.keep(engine)
    return engine


def make_engine(url: str) -> Engine:
    """An engine outside Flask: command line, tests, worker."""
    options: dict[str, Any] = {} if url.startswith("sqlite") else {"pool_pre_ping": True}
    # What a refused statement was to write is people's text: it has no place in a log.
    return prepare(create_engine(url, hide_parameters=True, **options))


def _pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    # The wait must be set before the journal mode, or opening fails with "locked" under load.
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # Half of the usual, in each of many connections: what is read again is kept above them.
    cursor.execute("PRAGMA cache_size = -1000")
    # Without this INSERT OR REPLACE deletes a row and no trigger hears of it.
    cursor.execute("PRAGMA recursive_triggers = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get(WRITING, False):
        connection.exec_driver_sql("BEGIN")
        return
    # Said each time, and before it begins: the connection served others before.
    connection.exec_driver_sql(f"PRAGMA synchronous = {'NORMAL' if LIGHTLY in options else 'FULL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class Bound(dict[str, Any]):
    """`session.info` that takes one actor and keeps it: a session dies with its actor."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__()
        self.update(*given, **more)

    def __setitem__(self, key: str, value: Any) -> None:
        if key == "actor" and self.get("actor") is not None and self["actor"] is not value:
            raise RuntimeError("a session belongs to one actor; open another")
        super().__setitem__(key, value)

    def update(self, *given: Any, **more: Any) -> None:
        """As by one word after the other: `dict.update` asks nobody."""
        for key, value in dict(*given, **more).items():
            self[key] = value

    def __ior__(self, given: Any) -> "Bound":  # type: ignore[override,misc]  # as `update`
        self.update(given)
        return self

    def _keep(self, *_given: Any) -> NoReturn:
        raise RuntimeError("a session keeps what it was told; open another")

    __delitem__ = pop = popitem = clear = _keep


class Database:
    """An engine, and the two ways to open it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = engine.execution_options(**{WRITING: True})
        self._light = engine.execution_options(**{WRITING: True, LIGHTLY: True})
        self._lock = Lock()
        self.is_sqlite = engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self, actor: object) -> Iterator[Session]:
        """A session that reads for `actor` and never commits."""
        session = Session(self.engine, autoflush=False)
        session.info = Bound(actor=actor)
        try:
            yield session
        finally:
            session.rollback()
            session.close()

    @contextmanager
    def writing(self, actor: object, *, lightly: bool = False) -> Iterator[Session]:
        """A session that writes for `actor`: everything inside is one fact, or nothing is.

        lightly: survives the end of this process, but on SQLite perhaps not a cut of the power. For
        what is typed live, which comes many times a second.
        Raises: whatever the body raises, after rolling back.
        """
        if self.is_sqlite:
            self._lock.acquire()
        try:
            engine = self._light if lightly else self._writer
            with Session(engine, expire_on_commit=False) as session:
                session.info = Bound(actor=actor)
                try:
                    yield session
                    session.commit()
                except BaseException:
                    session.rollback()
                    raise
        finally:
            if self.is_sqlite:
                self._lock.release()


def beside(session: Session, actor: object) -> Session:
    """A session for another actor inside the transaction of `session`, which alone ends it.

    Whoever opens it flushes and closes it; what it wrote is a fact when `session` commits.
    """
    made = Session(
        session.connection(), join_transaction_mode="rollback_only", expire_on_commit=False
    )
    made.info = Bound(actor=actor)
    return made


# Serialisation failure, deadlock, and the two ways a lock is not to be had in time.
_AGAIN = {"40001", "40P01", "55P03"}


def is_worth_a_retry(error: DBAPIError) -> bool:
    """True when the same transaction may well pass if tried once more."""
    return getattr(error.orig, "sqlstate", None) in _AGAIN
