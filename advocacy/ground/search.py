"""Search: the one place that knows FTS5 (SQLite) and tsvector (PostgreSQL).

A room declares `WORDS = Searched("room.thing")`, puts a record's text in the transaction that
writes the record, and asks for `matching(...)`: a SELECT of ids that it joins to its own guarded
statement. Nothing but ids comes out of here, so what a reader may see is decided where it always
is. Words are folded alike on both databases: accents, Arabic vowels and letter forms, plurals. A
word that is asked for stands for its family (`stems`), a "phrase" for exactly its words.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Index,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    cast,
    delete,
    event,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.ground.base import Base
from advocacy.ground.stems import family

MOST_WORDS_ASKED = 12
# PostgreSQL keeps positions up to this; what stands later is found, but not in phrases.
_LAST_POSITION = 16_383
_BATCH_ROWS = 500

_ARABIC = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي", "ـ")
_WORD = re.compile(r"[^\W_]+")
_ASKED = re.compile(r'"([^"]*)"?|([^\s"]+)')
_ARTICLE = "ال"


class SearchEntry(Base):
    """The words of one record, in order. Read by `matching` alone."""

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("kind", "record_id"),
        Index("ix_search_entry_words", "words", postgresql_using="gin").ddl_if(
            dialect="postgresql"
        ),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str]
    record_id: Mapped[UUID]
    words: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))


PLAIN, TAGGED = ("words",), ("words", "tags")
# The index reads its text from the table itself; triggers keep it in the same transaction.
_FTS5 = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5("
    "{columns}, content='{table}', content_rowid='{key}', tokenize='unicode61')",
    "CREATE TRIGGER IF NOT EXISTS {table}_put AFTER INSERT ON {table} BEGIN "
    "INSERT INTO {index}(rowid, {columns}) VALUES (new.{key}, {new}); END",
    "CREATE TRIGGER IF NOT EXISTS {table}_drop AFTER DELETE ON {table} BEGIN "
    "INSERT INTO {index}({index}, rowid, {columns}) "
    "VALUES ('delete', old.{key}, {old}); END",
)


def _index_of(table: str) -> str:
    return "search_text" if table == "search_entry" else f"search_text_{table}"


@event.listens_for(SearchEntry.__table__, "after_create")
def _with_its_index(_table: Table, connection: Connection, **_more: object) -> None:
    if connection.dialect.name == "sqlite":
        index(connection)


def index(
    connection: Connection, of: str = "search_entry", columns: tuple[str, ...] = PLAIN
) -> None:
    """Make the index beside a table, where it is not there yet (migrations)."""
    if connection.dialect.name == "sqlite":
        names = {
            "index": _index_of(of),
            "table": of,
            "key": "number" if of == "search_entry" else "id",
            "columns": ", ".join(columns),
            "new": ", ".join(f"new.{name}" for name in columns),
            "old": ", ".join(f"old.{name}" for name in columns),
        }
        for statement in _FTS5:
            connection.exec_driver_sql(statement.format(**names))
        return
    name = "ix_search_entry_words" if of == "search_entry" else "ix_search_entry_words_threat"
    connection.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS {name} ON {of} USING gin (words)")


def unindex(connection: Connection, of: str = "search_entry") -> None:
    """Take the index away, before the table goes."""
    if connection.dialect.name == "sqlite":
        for trigger in (f"{of}_put", f"{of}_drop"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {_index_of(of)}")


def fold(text: str) -> list[str]:
    """The words of a text as they are compared: no case, accents, Arabic vowels, or plural."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_ARABIC))
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return [_singular(word) for word in _WORD.findall(letters.translate(_ARABIC))]


def _singular(word: str) -> str:
    if word.startswith(_ARTICLE) and len(word) > 4:
        return word[2:]
    if not word.isascii() or len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1]


@dataclass(frozen=True)
class Part:
    """One thing that is asked for: words that follow one another, or any form of one word."""

    words: tuple[str, ...]
    forms: tuple[str, ...] = ()


def asked(words: str) -> list[Part]:
    """What a person asks for; all parts must be there. What is quoted stands for itself."""
    parts = list[Part]()
    for quoted, plain in _ASKED.findall(words):
        folded = tuple(fold(quoted or plain))
        is_word = len(folded) == 1 and not quoted
        if folded:
            parts.append(Part(folded, family(folded[0]) if is_word else ()))
    return parts[:MOST_WORDS_ASKED]


@dataclass(frozen=True)
class Searched:
    """The searchable words of one kind of record."""

    kind: str

    def put(self, session: Session, texts: Mapping[UUID, str]) -> None:
        """Index these texts, instead of what was indexed of the same records."""
        self.drop(session, texts)
        kept = _as_vector if _is_postgresql(session) else _as_text
        entries: Any = SearchEntry.__table__
        rows = [
            {"kind": self.kind, "record_id": record_id, "words": kept(fold(text))}
            for record_id, text in texts.items()
        ]
        if rows:
            session.execute(insert(entries), rows)

    def drop(self, session: Session, records: Iterable[UUID]) -> None:
        """Forget these records."""
        ids = list(records)
        for first in range(0, len(ids), _BATCH_ROWS):
            batch = ids[first : first + _BATCH_ROWS]
            session.execute(
                delete(SearchEntry)
                .where(SearchEntry.kind == self.kind, SearchEntry.record_id.in_(batch))
                .execution_options(synchronize_session=False)
            )

    def matching(self, session: Session, words: str) -> Select[Any] | None:
        """Ids of the records that hold all these words and "phrases"; None when none are asked.

        A SELECT to stand inside a guarded statement. The last word may be the beginning of one.
        """
        parts = asked(words)
        if not parts:
            return None
        return select(SearchEntry.record_id).where(
            SearchEntry.kind == self.kind, _holds(session, parts)
        )


def tagged(session: Session, words: str, tags: Iterable[UUID]) -> tuple[str, str]:
    """How words, and the groups they are found by, are kept in a table of `TAGGED` columns."""
    folded, names = fold(words), [f"g{tag.hex}" for tag in sorted(tags)]
    if not _is_postgresql(session):
        return _as_text(folded), " ".join(names)
    # No word that people write begins with this sign: `fold` takes it for a gap.
    return " ".join([_as_vector(folded), *(f"'_{name}'" for name in names)]), ""


def found_in(
    session: Session, of: Table, words: str, tags: Iterable[UUID], *, most: int | None = None
) -> ColumnElement[bool] | None:
    """The condition on such a table: all these words and "phrases", and one of these groups.

    The last word may be the beginning of one. None when none are asked. most: of more rows than
    these some are enough; the statement says so itself too.
    """
    parts, names = asked(words), [f"g{tag.hex}" for tag in sorted(tags)]
    if not parts:
        return None
    if _is_postgresql(session):
        either = " | ".join(f"'_{name}'" for name in names)
        return _vector_holds(of.c.words, f"({_tsquery(parts)}) & ({either})")
    either = " OR ".join(names)
    query = f"{_fts5(parts)} AND tags : ({either})"
    return _fts5_holds(of.c.id, _index_of(of.name), query, most)


def holds_each(session: Session, of: Table, words: str) -> ColumnElement[bool] | None:
    """The same words looked for in a row that is at hand: where most rows have them."""
    parts = asked(words)
    if not parts:
        return None
    if _is_postgresql(session):
        return _vector_holds(of.c.words, _tsquery(parts))
    text = literal(" ") + of.c.words + literal(" ")
    each = [[f" {form} " for form in part.forms or (" ".join(part.words),)] for part in parts]
    each[-1].append(f" {' '.join(parts[-1].words)}")
    return and_(*(or_(*(func.instr(text, one) > 0 for one in forms)) for forms in each))


def _holds(session: Session, parts: list[Part]) -> ColumnElement[bool]:
    if _is_postgresql(session):
        return _vector_holds(SearchEntry.words, _tsquery(parts))
    return _fts5_holds(SearchEntry.number, "search_text", _fts5(parts))


def _vector_holds(words: Any, query: str) -> ColumnElement[bool]:
    holds: ColumnElement[bool] = words.op("@@", is_comparison=True)(
        cast(literal(query, String), TSQUERY)
    )
    return holds


def _fts5_holds(number: Any, name: str, query: str, most: int | None = None) -> ColumnElement[bool]:
    index: Any = literal_column(name)
    rows: Any = select(literal_column("rowid")).select_from(table(name))
    match = rows.where(index.op("MATCH")(literal(query, String))).limit(most)
    holds: ColumnElement[bool] = number.in_(match.scalar_subquery())
    return holds


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _as_text(words: list[str]) -> str:
    return " ".join(words)


def _as_vector(words: list[str]) -> str:
    return " ".join(f"'{w}':{min(n, _LAST_POSITION)}" for n, w in enumerate(words, start=1))


def _fts5(parts: list[Part]) -> str:
    each = [[f'"{form}"' for form in part.forms or (" ".join(part.words),)] for part in parts]
    each[-1].append(f'"{" ".join(parts[-1].words)}" *')
    return " AND ".join(f"words : ({' OR '.join(forms)})" for forms in each)


def _tsquery(parts: list[Part]) -> str:
    each = []
    for part in parts:
        chain = " <-> ".join(f"'{word}'" for word in part.words)
        each.append([f"'{form}'" for form in part.forms] or [chain])
    last = " <-> ".join(f"'{word}'" for word in parts[-1].words)
    each[-1].append(f"{last}:*")
    return " & ".join(f"({' | '.join(forms)})" for forms in each)
