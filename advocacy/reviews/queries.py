"""What one may look at again, from which version, and what waits for it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor
from advocacy.ground.reasons import Reason
from advocacy.organisations.rows import Task
from advocacy.protocols import queries as protocols
from advocacy.threats import rules
from advocacy.threats.schema import GOING_ON, Due, Threat

_t: Any = Threat.__table__.c
_OURS = select(_t.id, _t.title, _t.severity, _t.checked_at, _t.next_review).where(
    _t.organisation_id == bindparam(guard.READER, type_=_t.organisation_id.type),
    guard.readers(_t.audience_id),
    _t.status.in_(sorted(GOING_ON)),
    _t.workspace_id.in_(bindparam("spaces", expanding=True)),
)


def editions(session: Session, actor: Actor, threat_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The versions that one's own threats are at, for a form that is made from them."""
    query = select(_t.id, _t.edition).where(
        _t.id.in_(sorted(threat_ids)),
        _t.organisation_id == actor.organisation_id,
        guard.sentence(_t.audience_id, actor),
    )
    rows: Any = session.connection().execute(query)
    return {row.id: row.edition for row in rows}


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Own threats whose check is late, or soon will be."""
    if not policy.allows(actor, "threat:edit", policy.About(actor.organisation_id)):
        return []
    today, found = actor.now.date(), []
    waits = protocols.waits(session, actor)
    spaces = sorted({space for space, _ in actor.memberships} - waits)
    for row in guard.ask(session, actor, _OURS, spaces=spaces):
        on = rules.due_on(row.checked_at.date(), row.severity, row.next_review)
        state, where = rules.due(on, today), {"threat_id": row.id}
        if state is not Due.FINE:
            why, owner = Reason(f"threats.check-{state}"), actor.must_organisation()
            task = Task("check", why, row.title, "threats.threat", where, owner, due_on=on)
            found.append(task)
    return sorted(found, key=lambda task: (task.due_on or today, task.title))
