"""Say that a threat is still true, over, or there again."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.duplicates import actions as duplicates
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.reviews import rules as events
from advocacy.threats import actions as threats
from advocacy.threats import rules
from advocacy.threats.schema import GOING_ON, FieldClass, Status, Threat, What


def still_true(session: Session, actor: Actor, threat_id: UUID) -> Threat:
    """Say that one looked again and nothing changed. Raises NotFound, Denied, Conflict."""
    threat, space = threats.held(session, actor, threat_id)
    _must_be(threat, *GOING_ON)
    threat.checked_at = actor.now
    if threat.next_review and threat.next_review <= clock.day_in(actor.now, space.zone):
        threat.next_review = None
    threats.write(session, actor, threat, What.STILL_TRUE, {})
    threats.note(session, actor, threat, rules.Checked(), threat.id)
    return threat


def all_still_true(
    session: Session, actor: Actor, seen: Mapping[UUID, int]
) -> tuple[list[UUID], list[UUID]]:
    """The same of many; says which were marked, and which were left as they are.

    seen: threat -> its version as it was read. Left are those that changed since, that are over,
    or that are not (any more) of this organisation: each is marked wholly or not at all.
    """
    marked, left = [], []
    for threat_id, edition in sorted(seen.items()):
        try:
            threat, _space = threats.held(session, actor, threat_id)
        except (NotFound, Denied):
            left.append(threat_id)
            continue
        if threat.edition != edition or threat.status not in GOING_ON:
            left.append(threat_id)
            continue
        still_true(session, actor, threat_id)
        marked.append(threat_id)
    return marked, left


def close(
    session: Session, actor: Actor, threat_id: UUID, *, ended_on: date | None = None
) -> Threat:
    """Say that a threat is over. Raises NotFound, Denied, Invalid, Conflict (closed already)."""
    threat, space = threats.held(session, actor, threat_id)
    _must_be(threat, *GOING_ON)
    ended = ended_on or clock.day_in(actor.now, space.zone)
    if ended > clock.day_in(actor.now, space.zone):
        raise Invalid(Reason("threats.ends-later", "ended_on"))
    if threat.started_on and ended < threat.started_on:
        raise Invalid(Reason("threats.ends-before", "ended_on"))
    _turn(session, actor, threat, What.CLOSED, {"status": Status.CLOSED, "ended_on": ended})
    threats.note(session, actor, threat, events.Closed(), threat.id)
    return threat


def reopen(session: Session, actor: Actor, threat_id: UUID) -> Threat:
    """Say that a threat is there again. Raises NotFound, Denied, Conflict (open already)."""
    threat, _space = threats.held(session, actor, threat_id)
    _must_be(threat, Status.CLOSED)
    values = {"status": Status.ACTIVE, "ended_on": None}
    _turn(session, actor, threat, What.REOPENED, values)
    threats.note(session, actor, threat, events.Reopened(), threat.id)
    return threat


def monitor(session: Session, actor: Actor, threat_id: UUID) -> Threat:
    """Say that nothing new is heard of a threat that goes on. Raises NotFound, Denied, Conflict."""
    return _pass(session, actor, threat_id, Status.ACTIVE, Status.MONITORING)


def resume(session: Session, actor: Actor, threat_id: UUID) -> Threat:
    """Say that a threat one kept an eye on goes on. Raises NotFound, Denied, Conflict."""
    return _pass(session, actor, threat_id, Status.MONITORING, Status.ACTIVE)


def _pass(session: Session, actor: Actor, threat_id: UUID, old: Status, new: Status) -> Threat:
    threat, _space = threats.held(session, actor, threat_id)
    _must_be(threat, old)
    _turn(session, actor, threat, What.CHANGED, {"status": new})
    threats.note(session, actor, threat, rules.Changed(field_class=FieldClass.SAFE), threat.id)
    return threat


def _must_be(threat: Threat, *statuses: Status) -> None:
    if threat.status not in statuses:
        raise Conflict(Reason("acts.stale"))


def _turn(
    session: Session, actor: Actor, threat: Threat, what: What, values: Mapping[str, Any]
) -> None:
    before = {name: getattr(threat, name) for name in values}
    for name, value in values.items():
        setattr(threat, name, value)
    threat.checked_at = actor.now
    threats.write(session, actor, threat, what, rules.changes(before, values))
    duplicates.follow(session, actor, threat)
