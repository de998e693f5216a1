"""Put a protocol in place, and accept it for an organisation."""

from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import GroupKind
from advocacy.audit import actions as audit
from advocacy.ground import acts, clock
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.protocols import queries, rules
from advocacy.protocols.rows import Terms
from advocacy.protocols.schema import Protocol, ProtocolAcceptance
from advocacy.text.canon import normalise

_ALL = (GroupKind.MEMBERS, GroupKind.OBSERVERS, GroupKind.DONORS)


def put(
    session: Session, actor: Actor, workspace_id: UUID, terms: Terms, *, after: UUID | None
) -> Protocol:
    """Write the next version of a workspace's protocol. It must be accepted from its day on.

    after: the version the page was based on. Raises: Denied; Invalid; Conflict when stale.
    """
    policy.require(actor, "workspace:coordinate", policy.About(workspace_id=workspace_id))
    space = organisations.workspace_by_id(session, actor, workspace_id)
    told: dict[str, Any] = {
        name: normalise(value).strip() if isinstance(value, str) else value
        for name, value in asdict(terms).items()
    }
    Invalid.unless_empty(rules.faults(told, today=clock.day_in(actor.now, space.zone)))
    day, levels = told.pop("asks_on"), told.pop("levels")
    starts = datetime.combine(day, time(), tzinfo=clock.zone(space.zone) or UTC)
    groups = {organisations.group(session, workspace_id, kind) for kind in _ALL}
    who = audience.intern(session, {actor.must_organisation(), *groups})
    row = Protocol(
        **acts.stamp(actor),
        **told,
        id=new_id(),
        workspace_id=workspace_id,
        number=len(queries.versions(session, actor, workspace_id)) + 1,
        asks_from=max(starts.astimezone(UTC), actor.now),
        levels={str(n): {"label": label, "widest": to} for n, (label, to) in levels.items()},
        audience_id=who,
        own_audience_id=who,
    )
    acts.append(session, row, after=after)
    event = rules.Put(number=row.number)
    audit.record(session, actor, event, book=f"workspace:{workspace_id}", about=row.id)
    return row


def accept(session: Session, actor: Actor, protocol_id: UUID) -> ProtocolAcceptance:
    """Accept a version for one's own organisation: a dated row, by who signs for it.

    Raises: NotFound; Denied; Conflict when it was accepted already, or a later one is there.
    """
    found = queries.version(session, actor, protocol_id)
    policy.require(actor, "protocol:accept", policy.About(workspace_id=found.workspace_id))
    known = queries.versions(session, actor, found.workspace_id)
    mine = next(row for row in known if row.id == protocol_id)
    now = rules.in_force(known, actor.now)
    if mine.accepted_at or (now and mine.number < now.number):
        raise Conflict(Reason("acts.stale"))
    us = actor.must_organisation()
    who = audience.intern(session, {us, found.organisation_id})
    row = ProtocolAcceptance(
        id=new_id(),
        organisation_id=us,
        audience_id=who,
        own_audience_id=who,
        protocol_id=protocol_id,
        person_id=actor.person_id,
        seat_id=actor.seat_id,
        at=actor.now,
    )
    session.add(row)
    session.flush()
    event = rules.Accepted(number=found.number)
    audit.record(session, actor, event, book=f"organisation:{us}", about=row.id)
    return row
