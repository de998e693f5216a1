"""Erase what may be kept no longer. This is the only place that takes words out of a history."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, null, select, update
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
    session.execute(update(told).where(told.c.threat_id == threat.id).values(narrative=""))
    for table in _of_the_account():
        session.execute(delete(table).where(table.c.threat_id == threat.id))
    texts = _erase_texts(session, threat)
    mine = history.c.threat_id == threat.id
    of_members = session.execute(
        select(history.c.id, history.c.changes).where(
            mine, history.c.field_class == FieldClass.MEMBERS
        )
    ).all()
    told_of = [row.id for row in of_members if texts & set(row.changes or ())]
    acts_on_it = mine, history.c.field_class == FieldClass.RESTRICTED
    for which in (acts_on_it, (history.c.id.in_(told_of),)):
        session.execute(update(history).where(*which).values(changes=null()))
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


def _erase_texts(session: Session, threat: Threat) -> set[str]:
    """Empty what tells the story at length in other classes too; returns the columns' names.

    A table says which of its columns those are by `__erased__`.
    """
    kinds: list[Any] = [mapper.class_ for mapper in Threat.registry.mappers]
    found: set[str] = set()
    for kind in kinds:
        if issubclass(kind, OfThreat) and hasattr(kind, "__erased__"):
            table: Any = kind.__table__
            empty = dict.fromkeys(kind.__erased__, "")
            session.execute(update(table).where(table.c.threat_id == threat.id).values(empty))
            found |= set(empty)
    return found
