"""Erase what may be kept no longer. This is the only place that takes words out of a history."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, null, update
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.ground.errors import Conflict
from advocacy.ground.reasons import Reason
from advocacy.protocols import queries as protocols
from advocacy.retention import queries, rules
from advocacy.retention.schema import Erasure
from advocacy.search import actions as search
from advocacy.threats import queries as threats
from advocacy.threats.schema import (
    FieldClass,
    OfThreat,
    Threat,
    ThreatRestricted,
    ThreatVersion,
)


def erase(session: Session, actor: Actor, threat_id: UUID) -> None:
    """Erase the full account of one's own record whose time is over.

    Raises: NotFound; Denied; Conflict before its time, and when it was erased already.
    """
    threat = threats.own(session, actor, threat_id)
    about = policy.About(threat.organisation_id, threat.workspace_id)
    policy.require(actor, "threat:share", about)
    is_over = protocols.is_over(session, actor, threat)
    if not is_over or queries.erased_at(session, threat_id) is not None:
        raise Conflict(Reason("acts.stale"))
    with guard.system(session, guard.System.COMMAND):
        _erase(session, actor, threat)


def erase_all(session: Session, actor: Actor) -> int:
    """Erase what is past its time in every workspace; says how many records. For the command."""
    with guard.system(session, guard.System.COMMAND):
        found = queries.past_their_time(session, actor.now)
        for threat in found:
            _erase(session, actor, threat)
    return len(found)


def _erase(session: Session, actor: Actor, threat: Threat) -> None:
    row = Erasure(
        threat_id=threat.id,
        done_at=None,
        person_id=actor.person_id,
        organisation_id=threat.organisation_id,
        audience_id=threat.audience_id,
        own_audience_id=threat.audience_id,
    )
    session.add(row)
    session.flush()
    told: Any = ThreatRestricted.__table__
    history: Any = ThreatVersion.__table__
    mine = told.c.threat_id == threat.id
    session.execute(update(told).where(mine).values(narrative=""))
    for table in _of_the_account():
        session.execute(delete(table).where(table.c.threat_id == threat.id))
    acts_on_it = (
        history.c.threat_id == threat.id,
        history.c.field_class == FieldClass.RESTRICTED,
    )
    session.execute(update(history).where(*acts_on_it).values(changes=null()))
    session.expire_all()
    row.done_at = actor.now
    search.learn_anew(session, [threat.id])
    book = f"register:{threat.workspace_id}"
    audit.record(session, actor, rules.Erased(), book=book, about=threat.id)


def _of_the_account() -> list[Any]:
    """Every table whose rows go with the full account."""
    kinds: list[Any] = [mapper.class_ for mapper in Threat.registry.mappers]
    of_threats = [kind for kind in kinds if issubclass(kind, OfThreat)]
    return [
        kind.__table__
        for kind in of_threats
        if kind.__follows__ is FieldClass.RESTRICTED or kind.__is_of_account__
    ]
