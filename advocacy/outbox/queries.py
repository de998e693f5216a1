"""How the outbox stands: for `doctor` and the health page of operators."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.outbox.schema import MOST_TRIES, OutboxRow


def waiting(session: Session, *, now: datetime) -> int:
    """Rows that are due and not done."""
    query = select(func.count()).where(OutboxRow.done_at.is_(None), OutboxRow.due_at <= now)
    return session.scalar(query) or 0


def faults(session: Session) -> list[tuple[str, int]]:
    """Why what waits did not leave, each reason with how many rows it holds back."""
    number = func.count()
    query = (
        select(OutboxRow.fault, number)
        .where(OutboxRow.done_at.is_(None), OutboxRow.fault != "")
        .group_by(OutboxRow.fault)
        .order_by(number.desc(), OutboxRow.fault)
    )
    return [(fault, count) for fault, count in session.execute(query)]


def given_up(session: Session) -> int:
    """Rows that failed as often as they are tried; somebody has to look."""
    query = select(func.count()).where(OutboxRow.done_at.is_(None), OutboxRow.tries >= MOST_TRIES)
    return session.scalar(query) or 0
