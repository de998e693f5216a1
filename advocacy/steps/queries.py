"""Find the recommendation that takes the place of another."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.recommendations.schema import Recommendation

_r: Any = Recommendation.__table__.c


def named(session: Session, actor: Actor, *, workspace_id: UUID, words: str) -> UUID | None:
    """The one recommendation with this reference, or at this address; None without exactly one."""
    last = words.strip().rstrip("/").rsplit("/", 1)[-1].partition("#")[0]
    query = select(_r.id).where(_r.workspace_id == workspace_id)
    try:
        query = query.where(_r.id == UUID(last))
    except ValueError:
        query = query.where(_r.ref == words.strip())
    found = session.scalars(query.where(guard.sentence(_r.audience_id, actor)).limit(2)).all()
    return found[0] if len(found) == 1 else None


def titles(session: Session, actor: Actor, ids: Iterable[str]) -> dict[str, str]:
    """Titles of those of these recommendations that this reader may see, by their ids as text."""
    wanted = [UUID(one) for one in ids if one]
    if not wanted:
        return {}
    query = select(_r.id, _r.title).where(_r.id.in_(wanted), guard.sentence(_r.audience_id, actor))
    return {str(row.id): row.title for row in session.execute(query)}
