"""The words of threats, kept for finding them."""

from typing import Any

from sqlalchemy import Connection, Index, Table, Text, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.ground import search
from advocacy.ground.base import Base
from advocacy.threats.schema import FieldClass, OfThreat


class ThreatWords(Base, OfThreat):
    """The words of a threat as far as one class of its fields is read, for who reads no further.

    Who reads a threat up to its members part finds it by one row, that has the safe words too. So
    a reader's words are looked for in about as many rows as there are threats they see.
    """

    __tablename__ = "threat_words"
    __table_args__ = (
        Index("ix_search_entry_words_threat", "words", postgresql_using="gin").ddl_if(
            dialect="postgresql"
        ),
    )
    __follows__ = FieldClass.SAFE  # its own audience is that of its class

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    field_class: Mapped[str]
    words: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))
    tags: Mapped[str] = mapped_column(comment="a word for each group that finds it by this row")


@event.listens_for(ThreatWords.__table__, "after_create")
def _with_its_index(table: Table, connection: Connection, **_more: Any) -> None:
    if connection.dialect.name == "sqlite":
        search.index(connection, table.name, search.TAGGED)
