"""Say something of a threat, take it back, fold it away."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.outbox.actions import enqueue
from advocacy.protocols import queries as protocols
from advocacy.talks import queries, rules
from advocacy.talks.schema import Deed, Remark, RemarkAct, RemarkAsk, To
from advocacy.text.canon import normalise
from advocacy.threats import actions as threats
from advocacy.threats import queries as records
from advocacy.threats.schema import FieldClass, Status, Threat


def say(
    session: Session,
    actor: Actor,
    threat_id: UUID,
    *,
    text: str,
    to: str,
    asks: UUID | None = None,
) -> Remark:
    """Say something of a threat to readers that one chooses out of `queries.choices`.

    asks: the organisation whose answer it asks for.
    Raises: NotFound; Denied; Invalid; Conflict for a record that is changed no more.
    """
    threat = _open(session, actor, threat_id)
    words = normalise(text).strip()
    Invalid.unless_empty(rules.faults(words))
    known = {one.value: one for one in queries.choices(session, actor, threat)}
    if to not in known:
        raise Invalid(Reason("form.choice", "to"))
    kind, _colon, ring = to.partition(":")
    own = _own(session, threat, kind, {*known[to].ids, *([UUID(ring)] if ring else [])}, actor)
    row = Remark(
        id=new_id(),
        threat_id=threat_id,
        to=kind,
        at=actor.now,
        person_id=actor.person_id,
        text=words,
        **threats.under(session, actor, threat, FieldClass.MEMBERS, own=own),
    )
    session.add(row)
    session.flush()
    if asks is not None:
        _ask(session, actor, threat, row, asks)
    threats.note(session, actor, threat, rules.Said(to=kind), row.id)
    return row


def _own(session: Session, threat: Threat, kind: str, ids: set[UUID], actor: Actor) -> UUID:
    """The audience that a writer asks for: never more than read the record today."""
    if kind == To.RECORD:
        return records.ends(session, threat)[FieldClass.MEMBERS]
    if kind == To.CIRCLE:
        # Whoever is in the circle on the day, not who was in it when this was written.
        ids -= set(organisations.names(session, ids)) - {actor.must_organisation()}
    return audience.intern(session, ids)


def _ask(session: Session, actor: Actor, threat: Threat, row: Remark, whom: UUID) -> None:
    us = actor.must_organisation()
    if row.to == To.OWN or whom not in queries.askable(session, actor, threat):
        raise Invalid(Reason("talks.not-asked", "asks"))
    own = audience.meet(
        session, row.own_audience_id, audience.intern(session, {us, whom}), now=actor.now
    )
    if whom not in _reached(session, actor, own):
        raise Invalid(Reason("talks.not-asked", "asks"))
    kept = threats.under(session, actor, threat, FieldClass.MEMBERS, own=own)
    ask = RemarkAsk(
        id=new_id(), threat_id=threat.id, remark_id=row.id, to_id=whom, at=actor.now, **kept
    )
    session.add(ask)
    session.flush()
    for person in organisations.addresses(session, whom, seats=rules.TOLD, now=actor.now):
        ids = {"ask": str(ask.id), "organisation": str(whom), "person": str(person.id)}
        enqueue(session, "talks.asked", ids, due_at=actor.now)


def _reached(session: Session, actor: Actor, who: UUID) -> set[UUID]:
    found: set[UUID] = set()
    for group, opens in audience.parts_of(session, who):
        if opens <= actor.now:
            found |= audience.members(session, group, now=actor.now) | {group}
    return found


def take_back(session: Session, actor: Actor, remark_id: UUID) -> None:
    """Take back what one's own organisation said: others read it no more, and learn of no act.

    Raises: NotFound; Denied; Conflict when it was taken back already.
    """
    row, threat = queries.remark(session, actor, remark_id)
    policy.require(actor, "talk:withdraw", policy.About(organisation_id=row.organisation_id))
    last = queries.last_act(session, remark_id)
    if last is not None and last.deed == Deed.TAKEN_BACK:
        raise Conflict(Reason("acts.stale"))
    own = audience.intern(session, {actor.must_organisation()})
    kept = threats.under(session, actor, threat, FieldClass.MEMBERS, own=own)
    asked = session.scalars(select(RemarkAsk).where(RemarkAsk.remark_id == remark_id)).first()
    for one in (row, asked):
        if one is not None:
            one.own_audience_id, one.audience_id = own, kept["audience_id"]
    session.flush()
    _do(session, actor, threat, row, Deed.TAKEN_BACK, last, kept)


def fold(session: Session, actor: Actor, remark_id: UUID, *, is_folded: bool) -> None:
    """Fold a remark away, for a coordinator; whoever reads it may still unfold it for themselves.

    Raises: NotFound; Denied; Conflict when it is so already.
    """
    row, threat = queries.remark(session, actor, remark_id)
    policy.require(actor, "talk:fold", policy.About(workspace_id=threat.workspace_id))
    last = queries.last_act(session, remark_id)
    before = last.deed if last else Deed.UNFOLDED
    deed = Deed.FOLDED if is_folded else Deed.UNFOLDED
    if before in {deed, Deed.TAKEN_BACK}:
        raise Conflict(Reason("acts.stale"))
    own = row.own_audience_id
    kept = threats.under(session, actor, threat, FieldClass.MEMBERS, own=own)
    _do(session, actor, threat, row, deed, last, kept)


def leave(session: Session, actor: Actor, threat_id: UUID, organisation_id: UUID) -> None:
    """What an organisation said of a record that it handed over is read by itself alone.

    For the room of hand-overs, which asks as the system: its words would say whose record it was.
    """
    own = audience.intern(session, {organisation_id})
    for kind in (Remark, RemarkAsk):
        of: Any = kind.__table__
        mine = (of.c.threat_id == threat_id, of.c.organisation_id == organisation_id)
        change = update(of).where(*mine).values(own_audience_id=own, audience_id=own)
        session.execute(change)


def _open(session: Session, actor: Actor, threat_id: UUID) -> Threat:
    threat = queries.record(session, actor, threat_id)
    policy.require(actor, "talk:write", policy.About(workspace_id=threat.workspace_id))
    if threat.status == Status.MERGED:
        raise Conflict(Reason("duplicates.merged"))
    if protocols.is_over(session, actor, threat):
        raise Conflict(Reason("retention.over"))
    return threat


def _do(
    session: Session,
    actor: Actor,
    threat: Threat,
    row: Remark,
    deed: Deed,
    last: RemarkAct | None,
    kept: dict[str, Any],
) -> None:
    act = RemarkAct(
        **{**acts.stamp(actor), **kept}, threat_id=threat.id, remark_id=row.id, deed=deed
    )
    acts.append(session, act, after=last.id if last else None)
    threats.note(session, actor, threat, rules.Done(deed=deed), row.id)
