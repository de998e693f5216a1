"""Search: the one place that knows FTS5 (SQLite) and tsvector (PostgreSQL).

A room declares `WORDS = Searched("room.thing")`, puts a record's text in the transaction that
writes the record, and asks for `matching(...)`: a SELECT of ids that it joins to its own guarded
statement. Nothing but ids comes out of here, so what a reader may see is decided where it always
is. Words are folded alike on both databases: accents, Arabic vowels and letter forms, plurals. A
word that is asked for stands for its family (`stems`), a "phrase" for exactly its words.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
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
    bindparam,
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
    update,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Mapped, Session, mapped_column

from advocacy.ground.base import Base
from advocacy.ground.fulltext import PLAIN, TAGGED, index, index_anew, index_of, unindex
from advocacy.ground.stems import family

__all__ = [
    "PLAIN",
    "TAGGED",
    "Part",
    "SearchEntry",
    "Searched",
    "asked",
    "fold",
    "found_in",
    "holds_each",
    "index",
    "index_anew",
    "tagged",
    "unindex",
]
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
    tags: Mapped[str | None] = mapped_column(
        comment="SQLite; else among the words: a word for each group that reads the record"
    )


_entries: Any = SearchEntry.__table__
_OF = bindparam("of", type_=_entries.c.record_id.type)
_UNTAGGED = (
    "ts_delete(search_entry.words, ARRAY(SELECT one FROM "
    "unnest(tsvector_to_array(search_entry.words)) AS one WHERE starts_with(one, '_g')))"
)


@event.listens_for(SearchEntry.__table__, "after_create")
def _with_its_index(_table: Table, connection: Connection, **_more: object) -> None:
    if connection.dialect.name == "sqlite":
        index(connection, columns=TAGGED)


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
    """The searchable words of one kind of record.

    readers: from the key of a record to a SELECT of the groups that read it. What a reader asks
    for is looked for among the records of their groups; others cost nothing. It reads past the
    guard: who writes words or readers does so in a block of the system.
    """

    kind: str
    readers: Callable[[Any], Any]

    def put(self, session: Session, texts: Mapping[UUID, str]) -> None:
        """Index these texts, instead of what was indexed of the same records, which are there."""
        self.drop(session, texts)
        kept = _as_vector if _is_postgresql(session) else _as_text
        rows = [
            {"kind": self.kind, "record_id": record_id, "said": kept(fold(text)), "of": record_id}
            for record_id, text in texts.items()
        ]
        if not rows:
            return
        tags, said = self._tags(session, _OF), bindparam("said", type_=String)
        values = {"words": said, "tags": tags}
        if _is_postgresql(session):
            values = {"words": cast(said, TSVECTOR).op("||")(tags)}
        session.connection().execute(insert(_entries).values(values), rows)

    def _tags(self, session: Session, of: Any) -> Any:
        group = cast(self.readers(of).subquery().c[0], String)
        if not _is_postgresql(session):
            return select(func.group_concat(literal("g") + group, " ")).scalar_subquery()
        # No word that people write begins with this sign: `fold` takes it for a gap.
        every = func.array_agg(literal("_g") + func.replace(group, "-", ""))
        names = func.coalesce(func.array_to_tsvector(every), cast("", TSVECTOR))
        return select(names).scalar_subquery()

    def read_by_others(self, session: Session, records: Iterable[UUID]) -> None:
        """Note who reads these records now, after that was changed."""
        mine = (_entries.c.kind == self.kind, _entries.c.record_id.in_(list(records)))
        tags = self._tags(session, _entries.c.record_id)
        values = {"tags": tags}
        if _is_postgresql(session):
            values = {"words": literal_column(_UNTAGGED, TSVECTOR).op("||")(tags)}
        session.connection().execute(update(_entries).where(*mine).values(values))

    def drop(self, session: Session, records: Iterable[UUID]) -> None:
        """Forget these records."""
        ids = list(records)
        for first in range(0, len(ids), _BATCH_ROWS):
            batch = _entries.c.record_id.in_(ids[first : first + _BATCH_ROWS])
            gone = delete(_entries).where(_entries.c.kind == self.kind, batch)
            session.connection().execute(gone)

    def stops_early(self, session: Session) -> bool:
        """Whether of many records with a word a few are found sooner than all."""
        return not _is_postgresql(session)

    def matching(
        self,
        session: Session,
        words: str,
        groups: Callable[[], Iterable[UUID]],
        most: int | None = None,
    ) -> Select[Any] | None:
        """Ids of the records that hold all these words and "phrases"; None when none are asked.

        A SELECT to stand inside a guarded statement. The last word may be the beginning of one.
        groups: those of the reader. most: as in `found_in`.
        """
        parts = asked(words)
        if not parts:
            return None
        mine = select(_entries.c.record_id).where(_entries.c.kind == self.kind)
        names = [f"g{group.hex}" for group in sorted(groups())]
        if _is_postgresql(session):
            return mine.where(_vector_holds(_entries.c.words, _of_readers(parts, names)))
        query = f"{_fts5(parts)} AND tags : ({' OR '.join(names)})"
        # Worked out, so that no index of the kind leads through all its records.
        mine = select(_entries.c.record_id).where(func.coalesce(_entries.c.kind, "") == self.kind)
        return mine.where(_fts5_holds(_entries.c.number, "search_text", query, most))

    def held(self, session: Session, words: str, record: Any) -> ColumnElement[bool] | None:
        """The same asked of each record at hand: for a few of a list where many have the words."""
        holds = holds_each(session, _entries, words)
        if holds is None:
            return None
        its = (_entries.c.kind == self.kind, _entries.c.record_id == record)
        # Not EXISTS: PostgreSQL would make a list of all records with the words beforehand.
        one = select(_entries.c.number).where(*its, holds).correlate(record.table).limit(1)
        found: ColumnElement[bool] = one.scalar_subquery().is_not(None)
        return found


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
        return _vector_holds(of.c.words, _of_readers(parts, names))
    either = " OR ".join(names)
    query = f"{_fts5(parts)} AND tags : ({either})"
    return _fts5_holds(of.c.id, index_of(of.name), query, most)


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


def _of_readers(parts: list[Part], names: list[str]) -> str:
    either = " | ".join(f"'_{name}'" for name in names)
    return f"({_tsquery(parts)}) & ({either})"


def _tsquery(parts: list[Part]) -> str:
    each = []
    for part in parts:
        chain = " <-> ".join(f"'{word}'" for word in part.words)
        each.append([f"'{form}'" for form in part.forms] or [chain])
    last = " <-> ".join(f"'{word}'" for word in parts[-1].words)
    each[-1].append(f"{last}:*")
    return " & ".join(f"({' | '.join(forms)})" for forms in each)
