"""How long the full account of a record stays, and which are past their time."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.ground import clock
from advocacy.organisations import queries as organisations
from advocacy.protocols import queries as protocols
from advocacy.retention.rows import Panel
from advocacy.retention.schema import Erasure
from advocacy.threats.schema import Status, Threat

_t: Any = Threat.__table__.c
# One that was put together with another ends when that one ends (`duplicates`).
_ENDED = (
    _t.status == Status.CLOSED,
    and_(_t.status == Status.MERGED, _t.ended_on.is_not(None)),
)


def panel(session: Session, actor: Actor, threat: Threat) -> Panel:
    """For the record's own page: until when its full account is kept, and what was erased.

    Nothing but whether it is over, for those who are not its owner.
    """
    if threat.status != Status.CLOSED or threat.organisation_id != actor.organisation_id:
        return Panel(None, protocols.is_over(session, actor, threat), None, may_erase=False)
    zone = organisations.workspace_by_id(session, actor, threat.workspace_id).zone
    ends = protocols.over_at(session, actor, threat)
    done = erased_at(session, threat.id)
    is_over = ends is not None and ends < actor.now
    about = policy.About(threat.organisation_id, threat.workspace_id)
    return Panel(
        clock.day_in(ends, zone) if ends else None,
        is_over,
        clock.day_in(done, zone) if done else None,
        may_erase=is_over and done is None and policy.allows(actor, "threat:share", about),
    )


def erased_at(session: Session, threat_id: UUID) -> datetime | None:
    """When the full account of a record was erased; None when it was not."""
    query = select(Erasure.done_at).where(Erasure.threat_id == threat_id)
    return session.scalars(query).first()


def past_their_time(session: Session, now: datetime) -> list[Threat]:
    """Every record whose full account may be kept no longer, and is still there.

    For the command that erases; asked as the system.
    """
    over = protocols.over_before_anywhere(session, now)
    if not over:
        return []
    mine = [and_(_t.workspace_id == s, _t.checked_at < at) for s, at in over.items()]
    erased = select(Erasure.threat_id).where(Erasure.done_at.is_not(None))
    query = select(_t.id).where(or_(*_ENDED), or_(*mine), _t.id.not_in(erased)).order_by(_t.id)
    return [session.get_one(Threat, i) for i in session.scalars(query)]
