"""What was read is kept until anything at all is written: the same question, the same answer.

An answer is kept under the whole question: the statement and every value it was asked with, the
reader's organisation among them. So one reader's answer can never be another's. It is kept only
while the database stays as it is, whichever process writes, and only on SQLite, whose files say so
in a microsecond (`PRAGMA data_version`). At the first write all of it is forgotten. On PostgreSQL
short answers are kept for one page at most: what many parts of it ask is asked once.

A page never mixes two states. The state is looked at when a request begins; when its first
question to the database finds a newer one and kept answers were given already, `Moved` makes the
request start over without any of this.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from sqlite3 import Error
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Executable,
    Row,
    Select,
    Uuid,
    any_,
    event,
    literal,
    literal_column,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.access.audience import AT, READABLE, READER
from advocacy.access.schema import AudiencePart, GroupMember

Made = TypeVar("Made")
_STATE, _GIVEN, _PAGE = "kept_state", "kept_given", "kept_page"
_MOST, _MOST_DRAWN = 2_000, 16_000_000
_FEW, _MOST_NAMED = 500, 2_000
_MOST_OF_A_PAGE = 100
# Said as a number: PostgreSQL plans once for it, and anew for each value of a parameter.
_NAMED = READABLE.limit(literal_column(f"{_MOST_NAMED + 1}"))


class Moved(Exception):
    """Somebody wrote while this request was reading: it starts over. No reader ever sees it."""


@dataclass
class State:
    """The database between two writes.

    It holds from `since` until the next instant at which time alone changes who may read what: an
    embargo that opens, a membership of a group that begins or ends, a round that closes.
    """

    number: int
    since: datetime
    until: datetime | None
    keeper: "Keeper"
    answers: dict[Hashable, Any] = field(default_factory=dict)
    drawn: int = 0

    def keep(self, question: Hashable, answer: object) -> None:
        """Keep one more answer, while there is room: so many of them, so many bytes of pages."""
        parts = answer if isinstance(answer, tuple) else (answer,)
        self.drawn += sum(len(part) for part in parts if isinstance(part, str | bytes))
        if len(self.answers) < _MOST and self.drawn < _MOST_DRAWN:
            self.answers[question] = answer

    def holds(self, now: datetime) -> bool:
        """Whether it speaks for this instant."""
        return self.since <= now and (self.until is None or now < self.until)


_part, _member = AudiencePart.__table__.c, GroupMember.__table__.c
_instants: list[Any] = [_part.opens_at, _member.from_at, _member.until_at]


def turns_at(column: Any) -> None:
    """Say that a statement compares this column with `audience.AT`: its answer changes then."""
    _instants.append(column)


def _next() -> str:
    """SQL for the first such instant after a given one. It says when, and never of what."""
    each = " UNION ALL ".join(
        f"SELECT min({column.name}) AS at FROM {column.table.name} WHERE {column.name} > :now"  # noqa: S608 - names of our own tables
        for column in _instants
    )
    return f"SELECT min(at) FROM ({each})"  # noqa: S608 - the same


class Keeper:
    """Knows the present state of one SQLite database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._watch: Any = None
        self._state: State | None = None

    def number(self) -> int:
        """Another number whenever any connection of any process has committed; -1 = not known."""
        try:
            return int(self._read("PRAGMA data_version"))
        except Error:
            return -1

    def state(self, now: datetime) -> State | None:
        """The state at this instant; a new and empty one when anything has changed.

        None where the database does not say: whoever asks it next hears why.
        """
        number, state = self.number(), self._state
        if number < 0:
            return None
        if state is None or state.number != number or not state.holds(now):
            try:
                until = self._read(_next(), {"now": _written(now)})
            except Error:
                return None
            state = self._state = State(number, now, _as_instant(until), self)
        return state

    def _read(self, statement: str, values: dict[str, str] | None = None) -> Any:
        """One value, on a connection that never writes: it notices the writes of all others."""
        with self._lock:
            if self._watch is None:
                taken = self._engine.raw_connection()
                self._watch = taken.driver_connection
                taken.detach()
                event.listen(self._engine, "engine_disposed", self._close, once=True)
            return self._watch.execute(statement, values or {}).fetchone()[0]

    def _close(self, _engine: Engine) -> None:
        with self._lock:
            self._watch.close()
            self._watch = None


def _written(at: datetime) -> str:
    """An instant as SQLite keeps it."""
    return f"{at.astimezone(UTC).replace(tzinfo=None):%Y-%m-%d %H:%M:%S.%f}"


def _as_instant(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written).replace(tzinfo=UTC) if written else None


def begin(session: Session, state: State) -> None:
    """Let this session give kept answers, from this state and no other."""
    session.info.setdefault(_STATE, state)


def begin_page(session: Session) -> None:
    """Let this session give short answers again: it reads one page and never writes."""
    session.info.setdefault(_PAGE, {})


def check(session: Session, connection: Connection) -> None:
    """A transaction has begun: what it reads must be the state that was given from.

    Raises Moved when kept answers of an older one are already on the page.
    """
    state = session.info.get(_STATE)
    if state is None:
        return
    connection.exec_driver_sql("SELECT 1 FROM audience LIMIT 1")  # from here on, one snapshot
    if state.keeper.number() == state.number:
        return
    session.info[_STATE] = None
    if session.info.get(_GIVEN):
        raise Moved


def once(session: Session, question: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` reads, or what it read before in this state of the database.

    `question` holds everything the answer depends on, besides what is written: the reader above
    all. The answer is given to several pages at once, so nobody changes it.
    """
    state: State | None = session.info.get(_STATE)
    if state is None:
        return _once_of_a_page(session, question, make)
    answers, keep = state.answers, state.keep
    if question in answers:
        session.info[_GIVEN] = True
        found: Made = answers[question]
        return found
    made = make()
    # A state that turned out to be over keeps nothing more.
    if session.info.get(_STATE) is state:
        keep(question, made)
    return made


def _once_of_a_page(session: Session, question: Hashable, make: Callable[[], Made]) -> Made:
    answers: dict[Hashable, Any] | None = session.info.get(_PAGE)
    if answers is None:
        return make()
    if question in answers:
        found: Made = answers[question]
        return found
    made = make()
    # A long file is read page by page: those are not kept.
    is_short = not isinstance(made, Rows) or len(made) <= _MOST_NAMED
    if is_short and len(answers) < _MOST_OF_A_PAGE:
        answers[question] = made
    return made


Line = Row[*tuple[Any, ...]]
"""A row of any number of columns."""


class Rows(tuple[Line, ...]):
    """The rows of an answer, as a result gives them; they may be read more than once."""

    def all(self) -> list[Line]:
        """All of them."""
        return list(self)

    def first(self) -> Line | None:
        """The first, or None."""
        return self[0] if self else None

    def scalar(self) -> Any:
        """The first column of the first, or None."""
        return self[0][0] if self else None


def ask(session: Session, actor: Actor, statement: Executable, **values: Any) -> Rows:
    """What a statement made once with `guard.readers` answers to this reader and no other."""
    reader = {READER: actor.organisation_id, AT: actor.now}
    # The instant is left out: a state ends where the same question would have another answer.
    question = (statement, actor.organisation_id, _said(values))
    return once(session, question, lambda: _run(session, statement, {**values, **reader}))


def named(session: Session, actor: Actor, column: Any) -> list[ColumnElement[bool]]:
    """To stand beside the reader's sentence: the audiences by name, while they are not too many.

    PostgreSQL's planner then knows how few rows are theirs, and begins with them. SQLite does
    without. It lets nothing through that the sentence does not.
    """
    if session.get_bind().dialect.name != "postgresql":
        return []
    ids = [row[0] for row in ask(session, actor, _NAMED)]
    return [one_of(session, column, ids)] if len(ids) <= _MOST_NAMED else []


def one_of(session: Session, column: Any, ids: Sequence[UUID]) -> ColumnElement[bool]:
    """SQL: `column` is one of many ids; on PostgreSQL as one value, which is no work to read."""
    if session.get_bind().dialect.name == "postgresql":
        same: ColumnElement[bool] = column == any_(literal(list(ids), ARRAY(Uuid())))
        return same
    found: ColumnElement[bool] = column.in_(ids)
    return found


def among(
    session: Session, actor: Actor, column: Any, which: Select[Any]
) -> ColumnElement[bool] | None:
    """SQL: `column` is one of those that `which` gives this reader. None: it gives none.

    Where they are few they are named: a list then begins with them and not with all of its rows.
    """
    ids = [row[0] for row in ask(session, actor, _few(which))]
    if not ids:
        return None
    found: ColumnElement[bool] = column.in_(ids if len(ids) <= _FEW else which)
    return found


@lru_cache(maxsize=64)
def _few(which: Select[Any]) -> Select[Any]:
    return which.limit(literal_column(f"{_FEW + 1}"))


def look(session: Session, statement: Executable, **values: Any) -> Rows:
    """The same for a statement made once that reads no Protected table."""
    return once(session, (statement, _said(values)), lambda: _run(session, statement, values))


def _said(values: dict[str, Any]) -> Hashable:
    return tuple((k, tuple(v) if isinstance(v, list) else v) for k, v in values.items())


def _run(session: Session, statement: Executable, values: dict[str, Any]) -> Rows:
    return Rows(session.connection().execute(statement, values))
