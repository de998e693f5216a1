"""Read the comments on a text: as a list, as a matrix, and those among ourselves."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.consultations import rules
from advocacy.consultations.rows import MatrixRow
from advocacy.consultations.schema import Sending
from advocacy.discussion import queries as discussion
from advocacy.discussion.rows import Talk, ThreadRow
from advocacy.discussion.schema import Reach
from advocacy.drafting import queries as drafts
from advocacy.organisations import queries as organisations
from advocacy.text.hashes import Clause


def points(
    session: Session, actor: Actor, of: Any, chosen: dict[str, str]
) -> list[tuple[int, Talk]]:
    """The comments on a position that this reader sees, with the number of their clause now.

    chosen: filters; kind, state (open or decided), whose (ours), reach.
    """
    clauses = drafts.clauses(session, actor, of.document_id)
    rows = [
        row
        for row in discussion.threads(session, actor, of.id)
        if _fits(row, chosen, actor.organisation_id)
    ]
    listed = rules.placed(rows, clauses)
    talks = discussion.talks(session, actor, [row for row, _n, _c in listed], clauses)
    return [(number, talk) for (_r, number, _c), talk in zip(listed, talks, strict=True)]


def _fits(row: ThreadRow, chosen: dict[str, str], mine: UUID | None) -> bool:
    has = {
        "kind": row.kind,
        "state": "decided" if row.disposition else "open",
        "whose": "ours" if row.organisation_id == mine else "",
        "reach": row.reach,
    }
    return all(has[name] == value for name, value in chosen.items())


def matrix(session: Session, actor: Actor, of: Any, reach: Reach) -> list[MatrixRow]:
    """The comments of one kind of readers, in the order of the text, as a table.

    Numbers count the rows of this reader's table: a comment that is not in it leaves no gap.
    """
    clauses = drafts.clauses(session, actor, of.document_id)
    rows = [r for r in discussion.threads(session, actor, of.id) if r.reach is reach]
    names = organisations.names(session, (row.organisation_id for row in rows))
    return [
        _matrix_row(number, row, place, clause, names[row.organisation_id])
        for number, (row, place, clause) in enumerate(rules.placed(rows, clauses), 1)
    ]


def _matrix_row(
    number: int, row: ThreadRow, place: int, clause: Clause | None, organisation: str
) -> MatrixRow:
    done = row.disposition
    return MatrixRow(
        number=number,
        organisation=organisation,
        place=place,
        clause="\n".join(filter(None, (clause.heading, clause.text))) if clause else "",
        kind=row.kind,
        comment=_comment(row),
        wording=row.wording,
        outcome=done.outcome if done else "",
        reason=done.reason if done else "",
        at=row.began_at,
    )


def _comment(row: ThreadRow) -> str:
    """The first comment, after the words it speaks of."""
    said = row.comments[0].text if row.comments else ""
    return f"“{row.anchor.quote}”\n{said}" if row.anchor and row.anchor.quote else said


def ours(session: Session, actor: Actor, of: Any) -> tuple[list[ThreadRow], list[ThreadRow]]:
    """Comments of the actor's organisation among themselves: those to be sent, and the others.

    The others were sent already, or settled.
    """
    rows = [r for r in discussion.threads(session, actor, of.id) if r.reach is Reach.OWN]
    query = select(Sending.thread_id).where(Sending.thread_id.in_([row.id for row in rows]))
    sent = set(session.scalars(query))
    waits = [row for row in rows if row.is_open and row.id not in sent]
    ids = {row.id for row in waits}
    return waits, [row for row in rows if row.id not in ids]
