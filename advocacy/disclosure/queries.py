"""Read how small a number may be that is told outside."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.disclosure.rules import Limit
from advocacy.disclosure.schema import DisclosureLimit
from advocacy.ground import acts

_l: Any = DisclosureLimit.__table__.c
_ACTS = select(_l.id, _l.previous_id, _l.smallest_cell, _l.tells_zero).where(
    _l.workspace_id == bindparam("space"), guard.readers(_l.audience_id)
)


def limit(session: Session, actor: Actor, workspace_id: UUID) -> Limit:
    """The workspace's limit; the usual one before somebody set it."""
    row = _last(session, actor, workspace_id)
    return Limit(row.smallest_cell, row.tells_zero) if row else Limit()


def based_on(session: Session, actor: Actor, workspace_id: UUID) -> UUID | None:
    """The act that last set it, which a change is based on."""
    row = _last(session, actor, workspace_id)
    return row.id if row else None


def _last(session: Session, actor: Actor, workspace_id: UUID) -> Any:
    rows: Any = guard.ask(session, actor, _ACTS, space=workspace_id)
    return acts.current(rows)
