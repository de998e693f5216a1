"""Acts: history is rows. What an act says is never changed or removed; a later act follows it.

An act names the one it follows. UNIQUE(previous_id) and a partial unique index for the first one
make "one current act per chain" and "stale = Conflict" facts of both databases, and triggers
refuse UPDATE (but of `audience_id`: who may read a row is not what it says) and DELETE.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import (
    Connection,
    ForeignKey,
    Index,
    MetaData,
    Table,
    TableClause,
    inspect,
    select,
    text,
)
from sqlalchemy import column as column_of
from sqlalchemy import table as table_of
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column

from advocacy.ground.base import Keyed
from advocacy.ground.errors import Conflict
from advocacy.ground.reasons import Reason

# Columns that may change on a row that is otherwise for ever: who may read it.
MUTABLE = frozenset({"audience_id"})
# Words that may be erased, and no more than erased, while an erasure of their record is going on:
# table -> column. What is left says that there was an act, by whom and when.
ERASABLE = {"threat_version": "changes"}


class Stamp(Protocol):
    """What an act takes from the one who does it."""

    @property
    def person_id(self) -> UUID | None: ...
    @property
    def seat_id(self) -> UUID | None: ...
    @property
    def organisation_id(self) -> UUID | None: ...
    @property
    def now(self) -> datetime: ...


class Frozen:
    """Mixin: rows that are written once. Triggers hold it on both databases."""


class Verbatim:
    """Mixin: rows of which some columns are written once, while others change.

    Triggers hold these columns on both databases; a row goes only with the import that brought it,
    while that is undone. The table has `import_id`.
    """

    __verbatim__: ClassVar[tuple[str, ...]] = ()


class Act(Keyed, Frozen):
    """Mixin of every act table. The table also has `organisation_id`, its own or from Protected."""

    # The columns that together name the chain an act belongs to.
    __chain__: ClassVar[tuple[str, ...]] = ()

    person_id: Mapped[UUID | None] = mapped_column(comment="who pressed the button; empty = import")
    seat_id: Mapped[UUID | None] = mapped_column(comment="the seat that gave the power to")
    on_behalf_of: Mapped[UUID | None] = mapped_column(comment="institution spoken for, if another")
    recorded_at: Mapped[datetime] = mapped_column(comment="when it was written down")
    effective_on: Mapped[date | None] = mapped_column(comment="the day it speaks of, if not that")
    import_id: Mapped[UUID | None] = mapped_column(index=True)

    @declared_attr
    def previous_id(cls) -> Mapped[UUID | None]:
        return mapped_column(ForeignKey(f"{cls.__tablename__}.id"), unique=True)  # type: ignore[attr-defined]  # set by each table


A = TypeVar("A", bound=Act)


def first_of_chain(table: str, *columns: str) -> Index:
    """The partial unique index that lets a chain begin once only."""

    only_first = text("previous_id IS NULL")
    name = f"ux_{table}_first"
    return Index(name, *columns, unique=True, sqlite_where=only_first, postgresql_where=only_first)


def stamp(actor: Stamp) -> dict[str, Any]:
    """The columns every act takes from its actor."""
    return {
        "person_id": actor.person_id,
        "seat_id": actor.seat_id,
        "organisation_id": actor.organisation_id,
        "recorded_at": actor.now,
    }


def append(session: Session, act: A, *, after: UUID | None) -> A:
    """Add `act` to its chain, following the act `after` (None = it is the first).

    Raises: Conflict when the chain has moved on since `after` was read, also when another
    transaction got there first.
    """
    act.previous_id = after
    if after is not None:
        mine = [getattr(act, column) for column in act.__chain__]
        table = type(act)
        before = session.get(table, after)
        if before is None or [getattr(before, column) for column in act.__chain__] != mine:
            raise Conflict(Reason("acts.stale"))
    session.add(act)
    try:
        session.flush()
    except IntegrityError as error:
        if not _is_second(type(act).__table__, error):  # type: ignore[attr-defined]  # mapped
            raise
        raise Conflict(Reason("acts.stale")) from error
    return act


def _is_second(table: Table, error: IntegrityError) -> bool:
    """Whether it was refused because another came first, and not because it is broken."""
    name = f"{table.name}_previous_id", f"{table.name}_first"
    at = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    if at is not None:
        return at in {f"uq_{name[0]}", f"{name[0]}_key", f"ux_{name[1]}"}
    first = next((i for i in table.indexes if i.name == f"ux_{name[1]}"), None)
    chains = [["previous_id"], [column.name for column in first.columns] if first else []]
    words = str(error.orig).removeprefix("UNIQUE constraint failed: ").split(", ")
    return words in [[f"{table.name}.{column}" for column in of] for of in chains if of]


def heads(acts: Iterable[A]) -> list[A]:
    """The last acts of any number of chains: those that no other follows, as they were given."""
    listed = list(acts)
    followed = {act.previous_id for act in listed}
    return [act for act in listed if act.id not in followed]


def current(acts: Iterable[A]) -> A | None:
    """The last act of one chain: the one that no other follows."""
    return next(iter(heads(acts)), None)


def chain(acts: Iterable[A]) -> list[A]:
    """The acts of one chain in the order in which they follow one another."""
    after = {act.previous_id: act for act in acts}
    found: list[A] = []
    while (last := after.get(found[-1].id if found else None)) is not None:
        found.append(last)
    return found


def is_head(table: type[A]) -> Any:
    """SQL: this row of `table` is the last of its chain (no other follows it)."""
    later = table.__table__.alias()  # type: ignore[attr-defined]  # every act class is mapped
    return ~select(later.c.id).where(later.c.previous_id == table.id).exists()


def frozen_tables(metadata: MetaData, classes: Iterable[type]) -> list[TableClause]:
    """What is sealed: tables that carry `Frozen` whole, of those of `Verbatim` these columns."""
    listed = list(classes)
    names = {c.__tablename__ for c in listed if issubclass(c, Frozen)}  # type: ignore[attr-defined]  # mapped
    whole = [table for table in metadata.sorted_tables if table.name in names]
    some = [
        table_of(c.__tablename__, *map(column_of, (*c.__verbatim__, "import_id")))  # type: ignore[attr-defined]  # mapped
        for c in listed
        if issubclass(c, Verbatim)
    ]
    return [*whole, *some]


def seal(connection: Connection, table: str, columns: Iterable[str]) -> None:
    """Create (again) the triggers that keep a table's rows as they were written.

    A DELETE passes only where `import_id` names an import that is being undone. Call it after
    every Alembic batch operation on the table: batch mode drops triggers without a word.
    """
    # Before there is a table of erasures no trigger may speak of it: SQLite would rename none.
    is_known = table in ERASABLE and inspect(connection).has_table("threat_erasure")
    erasable = ERASABLE[table] if is_known else None
    kept = [column for column in columns if column not in MUTABLE and column != erasable]
    undoable = "import_id" in kept
    make = _seal_postgresql if connection.dialect.name == "postgresql" else _seal_sqlite
    statements = make(table, kept, undoable)
    if erasable:
        of_erasing = _erasable_postgresql if make is _seal_postgresql else _erasable_sqlite
        statements += of_erasing(table, erasable)
    for statement in statements:
        connection.exec_driver_sql(statement)


def unseal(connection: Connection, table: str) -> None:
    """Take away what `seal` made, before the table itself goes."""
    if connection.dialect.name == "postgresql":
        for function in (f"seal_{table}", f"seal_{table}_delete", f"seal_{table}_erase"):
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}() CASCADE")
        return
    for deed in ("update", "delete", "erase"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS seal_{table}_{deed}")


_UNDOING = "SELECT 1 FROM import_run WHERE import_run.id = OLD.import_id AND state = 'undoing'"

_ERASING = (
    "SELECT 1 FROM threat_erasure AS e WHERE e.threat_id = OLD.threat_id AND e.done_at IS NULL"
)


def _erasable_sqlite(table: str, column: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS seal_{table}_erase",
        f'CREATE TRIGGER seal_{table}_erase BEFORE UPDATE OF "{column}" ON "{table}" '
        f'WHEN NEW."{column}" IS NOT NULL OR NOT EXISTS ({_ERASING}) '
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are for ever'); END",
    ]


def _erasable_postgresql(table: str, column: str) -> list[str]:
    passes = f'IF NEW."{column}" IS NULL AND EXISTS ({_ERASING}) THEN RETURN NEW; END IF; '
    return [
        f"CREATE OR REPLACE FUNCTION seal_{table}_erase() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$BEGIN {passes}RAISE EXCEPTION 'rows of {table} are for ever'; END$$",
        f'DROP TRIGGER IF EXISTS seal_{table}_erase ON "{table}"',
        f'CREATE TRIGGER seal_{table}_erase BEFORE UPDATE OF "{column}" ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION seal_{table}_erase()",
    ]


def _seal_sqlite(table: str, columns: list[str], undoable: bool) -> list[str]:  # noqa: FBT001
    of = ", ".join(f'"{column}"' for column in columns)
    when = f"WHEN NOT EXISTS ({_UNDOING})" if undoable else ""
    refuse = f"SELECT RAISE(ABORT, 'rows of {table} are for ever')"
    return [
        f"DROP TRIGGER IF EXISTS seal_{table}_update",
        f"DROP TRIGGER IF EXISTS seal_{table}_delete",
        f'CREATE TRIGGER seal_{table}_update BEFORE UPDATE OF {of} ON "{table}" '
        f"BEGIN {refuse}; END",
        f'CREATE TRIGGER seal_{table}_delete BEFORE DELETE ON "{table}" {when} BEGIN {refuse}; END',
    ]


def _seal_postgresql(table: str, columns: list[str], undoable: bool) -> list[str]:  # noqa: FBT001
    of = ", ".join(f'"{column}"' for column in columns)
    body = f"BEGIN RAISE EXCEPTION 'rows of {table} are for ever'; END"
    passes = f"IF EXISTS ({_UNDOING}) THEN RETURN OLD; END IF; " if undoable else ""
    delete = body.replace("BEGIN ", f"BEGIN {passes}", 1)
    return [
        f"CREATE OR REPLACE FUNCTION seal_{table}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        f"CREATE OR REPLACE FUNCTION seal_{table}_delete() RETURNS trigger LANGUAGE plpgsql "
        f"AS $${delete}$$",
        f'DROP TRIGGER IF EXISTS seal_{table}_update ON "{table}"',
        f'DROP TRIGGER IF EXISTS seal_{table}_delete ON "{table}"',
        f'DROP TRIGGER IF EXISTS seal_{table}_truncate ON "{table}"',
        f'CREATE TRIGGER seal_{table}_update BEFORE UPDATE OF {of} ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION seal_{table}()",
        f'CREATE TRIGGER seal_{table}_delete BEFORE DELETE ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION seal_{table}_delete()",
        f'CREATE TRIGGER seal_{table}_truncate BEFORE TRUNCATE ON "{table}" '
        f"FOR EACH STATEMENT EXECUTE FUNCTION seal_{table}()",
    ]
