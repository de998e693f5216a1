"""Proposals with all that pages show of them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.amendments import queries as amendments
from advocacy.amendments import rules as amending
from advocacy.amendments.rows import AmendmentRow, SupportRow
from advocacy.decisions import rules
from advocacy.decisions.rows import Card
from advocacy.text.bounded import Budget
from advocacy.text.hashes import Clause


def cards(
    session: Session, actor: Actor, rows: Sequence[AmendmentRow], clauses: Sequence[Clause]
) -> list[Card]:
    """Amendments of one text as pages show them. clauses: the text as it reads now."""
    behind = amendments.supporters(session, actor, (row.id for row in rows))
    twice = amending.collisions(row for row in rows if row.state in amending.UNDECIDED)
    now = {clause.cid: (number, clause) for number, clause in enumerate(clauses, 1)}
    budget = Budget()
    return [_card(row, now, budget, clauses, twice, behind.get(row.id, ())) for row in rows]


def _card(
    row: AmendmentRow,
    now: dict[UUID, tuple[int, Clause]],
    budget: Budget,
    clauses: Sequence[Clause],
    twice: set[UUID],
    behind: Iterable[SupportRow],
) -> Card:
    number, clause = now.get(row.cid, (0, None)) if row.cid else (0, None)
    heading_words, words = rules.difference(row, clause, budget)
    return Card(
        row=row,
        number=number,
        after_number=now[row.after][0] if row.after in now else 0,
        heading_words=heading_words,
        words=words,
        supporters=tuple(line.organisation_name for line in behind),
        collides=row.cid in twice,
        fits=row.currency in amending.PLACED,
        seen=amending.basis(row, clauses),
        href=f"/decisions/{row.id}",
        clause_href=f"/amendments/clause/{row.cid}" if row.cid else "",
    )
