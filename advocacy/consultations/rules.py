"""What sending needs; the order of a matrix; the room's events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from advocacy.audit.rules import Event
from advocacy.discussion.rows import ThreadRow
from advocacy.text.hashes import Clause

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Words:
    """A comment as it is to be sent: its words, and those it proposes."""

    text: str
    wording: str


@dataclass(frozen=True)
class Sent(Event):
    NAME = "consultations.sent"
    position: str
    count: int


def placed(
    rows: Iterable[ThreadRow], clauses: Sequence[Clause]
) -> list[tuple[ThreadRow, int, Clause | None]]:
    """Threads in the order of the text, with the number and the clause as it reads now.

    Number 0 and no clause: about the whole text, or a clause that was removed; those come last.
    """
    numbers: dict[UUID, int] = {clause.cid: at for at, clause in enumerate(clauses, 1)}
    found = []
    for row in rows:
        number = numbers.get(row.anchor.clause_id, 0) if row.anchor else 0
        found.append((row, number, clauses[number - 1] if number else None))
    last = len(clauses) + 1
    return sorted(found, key=lambda item: (item[1] or last, item[0].began_at, item[0].id))
