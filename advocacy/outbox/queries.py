"""How the outbox stands: for `doctor` and the health page of operators."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.outbox.schema import MOST_TRIES, OutboxRow


def waiting(session: Session, *, now: datetime) -> int:
    """Rows that are due and not done."""
    query = select(func.count()).where(OutboxRow.done_at.is_(None), OutboxRow.due_at <= now)
    return session.scalar(query) or 0


def given_up(session: Session) -> int:
    """Rows that failed as often as they are tried; somebody has to look."""
    query = select(func.count()).where(OutboxRow.done_at.is_(None), OutboxRow.tries >= MOST_TRIES)
    return session.scalar(query) or 0
