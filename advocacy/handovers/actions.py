"""Offer a record to another organisation, take that back, take the record over, or decline."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor, Standing
from advocacy.access.schema import ALWAYS
from advocacy.audit import actions as audit
from advocacy.duplicates import actions as merging
from advocacy.duplicates import queries as duplicates
from advocacy.exhibits import actions as exhibits
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.handovers import queries, rules
from advocacy.handovers.schema import HandOver, TakenOver
from advocacy.proposals import queries as proposals
from advocacy.rings import queries as rings
from advocacy.sharing import actions as sharing
from advocacy.talks import actions as talks
from advocacy.threats import actions as register
from advocacy.threats import queries as threats
from advocacy.threats.schema import (
    FieldClass,
    OfThreat,
    Status,
    Threat,
    ThreatMembers,
    ThreatRestricted,
    ThreatVersion,
)

_OWNERS = "advocacy.analysis.schema"
"""The room whose rows are its owner's as much as the record itself."""


def offer(session: Session, actor: Actor, threat_id: UUID, *, to_id: UUID) -> HandOver:
    """Offer one's own record to an organisation that reads its full account already.

    Raises: NotFound; Denied; Invalid; Conflict while a proposal waits, or with others put into it.
    """
    threat, _space = register.held(session, actor, threat_id, "threat:share")
    if to_id not in {row.id for row in queries.takers(session, actor, threat_id)}:
        raise Invalid(Reason("handovers.reads-first", "to"))
    head = queries.last(session, threat_id, threat.organisation_id)
    if head is not None and head.what == rules.OFFERED:
        raise Conflict(Reason("acts.stale"))
    _must_be_free(session, actor, threat)
    return _say(session, actor, threat, to_id, rules.OFFERED, head)


def _must_be_free(session: Session, actor: Actor, threat: Threat) -> None:
    if proposals.open_on(session, threat.id):
        raise Conflict(Reason("handovers.answer-first"))
    if duplicates.panel(session, actor, threat).absorbed:
        raise Conflict(Reason("handovers.together"))


def take_back(session: Session, actor: Actor, threat_id: UUID, *, offer_id: UUID) -> None:
    """Take an offer back before it is answered. Raises: NotFound; Denied; Conflict."""
    threat, _space = register.held(session, actor, threat_id, "threat:share")
    head = _waiting(session, threat, offer_id)
    _say(session, actor, threat, head.to_id, rules.TAKEN_BACK, head)


def decline(session: Session, actor: Actor, threat_id: UUID, *, offer_id: UUID) -> None:
    """Leave a record with its owner. Raises: NotFound; Denied; Conflict as when one accepts."""
    threat, head = _offered(session, actor, threat_id, offer_id)
    _say(session, actor, threat, head.to_id, rules.DECLINED, head)


def accept(session: Session, actor: Actor, threat_id: UUID, *, offer_id: UUID) -> Threat:
    """Take a record over: one's own organisation owns it now, and nobody reads whose it was.

    Raises: NotFound; Denied; Conflict when the offer is gone, when the record was put together with
    another one meanwhile, or who reads it changed so that its full account is not read by both any
    more.
    """
    threat, head = _offered(session, actor, threat_id, offer_id)
    with guard.system(session, guard.System.CARRY):
        # What others proposed meanwhile is read by them and by the owner, not by who takes over.
        _must_be_free(session, actor, threat)
    if threats.detail(session, actor, threat_id).narrative is None:
        raise Conflict(Reason("acts.stale"))
    old, us = threat.organisation_id, actor.must_organisation()
    _say(session, actor, threat, us, rules.ACCEPTED, head)
    with guard.system(session, guard.System.CARRY):
        originals = _tell_again(session, threat, old, us)
        who = _swapped(session, threat.audience_id, old, us)
        for table in _tables():
            mine: Any = table.c.id if table is Threat.__table__ else table.c.threat_id
            change = update(table).where(mine == threat_id, table.c.organisation_id == old)
            session.execute(change.values(organisation_id=us))
        for part in (ThreatMembers, ThreatRestricted):
            of: Any = part.__table__
            asked = session.scalars(select(of.c.own_audience_id).where(of.c.threat_id == threat_id))
            own = _swapped(session, asked.one(), old, us)
            change = update(of).where(of.c.threat_id == threat_id)
            session.execute(change.values(own_audience_id=own))
        exhibits.carry(session, threat_id, old=old, us=us)
        session.expire_all()
        threat = session.get_one(Threat, threat_id)
        talks.leave(session, actor, threat_id, old)
        sharing.leave(session, actor, threat_id, old)
        register.spread(session, actor, threat, who)
        _hide(session, threat_id, originals, old)
        _mark(session, actor, threat)
    return threat


def _offered(
    session: Session, actor: Actor, threat_id: UUID, offer_id: UUID
) -> tuple[Threat, HandOver]:
    threat = threats.threat(session, actor, threat_id)
    with guard.system(session, guard.System.CARRY):
        # Who does not own a record may not lock it; its owner may be merging it this moment.
        query = select(HandOver, Threat).join(Threat, Threat.id == HandOver.threat_id)
        held = query.where(HandOver.threat_id == threat_id).with_for_update(of=Threat)
        session.execute(held.execution_options(populate_existing=True)).all()
    if threat.status == Status.MERGED and _is_for(session, threat, actor):
        raise Conflict(Reason("handovers.merged"))
    head = _waiting(session, threat, offer_id)
    if head.to_id != actor.organisation_id:
        raise NotFound
    policy.require(actor, "threat:share", policy.About(head.to_id, threat.workspace_id))
    return threat, head


def _is_for(session: Session, threat: Threat, actor: Actor) -> bool:
    head = queries.last(session, threat.id, threat.organisation_id)
    return head is not None and head.to_id == actor.organisation_id


def _waiting(session: Session, threat: Threat, offer_id: UUID) -> HandOver:
    head = queries.last(session, threat.id, threat.organisation_id)
    if head is None or head.id != offer_id or head.what != rules.OFFERED:
        raise Conflict(Reason("acts.stale"))
    return head


def end(session: Session, actor: Actor, absorbed: Threat) -> None:
    """An offer from before a merge ends when fewer read the record after it was undone."""
    head = queries.last(session, absorbed.id, absorbed.organisation_id)
    if head is not None and head.what == rules.OFFERED:
        _say(session, actor, absorbed, head.to_id, rules.TAKEN_BACK, head)


merging.NARROWED.append(end)


def _say(
    session: Session, actor: Actor, threat: Threat, to_id: UUID, what: str, head: HandOver | None
) -> HandOver:
    taker = rings.named(session, threat.workspace_id, {to_id: Standing.MEMBER})[to_id]
    who = audience.intern(session, {threat.organisation_id, taker})
    row = HandOver(
        **acts.stamp(actor),
        threat_id=threat.id,
        owner_id=threat.organisation_id,
        to_id=to_id,
        what=what,
        audience_id=who,
        own_audience_id=who,
    )
    acts.append(session, row, after=head.id if head else None)
    us = actor.must_organisation()
    event = rules.Said(what=what)
    audit.record(session, actor, event, book=f"organisation:{us}", about=row.id)
    return row


def _tables() -> list[Any]:
    """What belongs to a record's owner: the record, its parts, what the analysis says of it."""
    kinds: list[Any] = [mapper.class_ for mapper in Threat.registry.mappers]
    more = [k.__table__ for k in kinds if issubclass(k, OfThreat) and k.__module__ == _OWNERS]
    return [Threat.__table__, ThreatMembers.__table__, ThreatRestricted.__table__, *more]


def _swapped(session: Session, who: UUID, old: UUID, us: UUID) -> UUID:
    """The same audience with one organisation in the place of the other."""
    names = audience.named_by(session, who)
    kept = [part for part in audience.parts_of(session, who) if names[part[0]] not in {old, us}]
    return audience.intern(session, [*kept, (us, ALWAYS)])


def _tell_again(session: Session, threat: Threat, old: UUID, us: UUID) -> list[UUID]:
    """Write the history once more as of nobody by name; returns the rows that say who it was."""
    v: Any = ThreatVersion.__table__
    # What an owner before this one wrote is told again already, and is read by that one alone.
    query = select(v).where(v.c.threat_id == threat.id, v.c.organisation_id.not_in(_before(threat)))
    told = session.execute(query.order_by(v.c.number)).mappings()
    rows = list({_told(row): dict(row) for row in told}.values())
    numbers = sorted({row["number"] for row in rows})
    again = {number: threat.edition + n + 1 for n, number in enumerate(numbers)}
    copies = [
        {
            **row,
            "id": new_id(),
            "number": again[row["number"]],
            "person_id": None,
            "organisation_id": us,
            "audience_id": (who := _swapped(session, row["audience_id"], old, us)),
            "own_audience_id": who,
        }
        for row in rows
        if row["field_class"] != FieldClass.SHARING
    ]
    session.execute(insert(v), copies)
    threat.edition += len(numbers)
    session.flush()
    return [row["id"] for row in rows]


def _before(threat: Threat) -> Any:
    """Who kept it before its owner of now."""
    h: Any = HandOver.__table__
    gone = (h.c.threat_id == threat.id, h.c.what == rules.ACCEPTED)
    return select(h.c.owner_id).where(*gone, h.c.owner_id != threat.organisation_id)


def _told(row: Mapping[Any, Any]) -> tuple[str, ...]:
    """What is said of one act: who kept a record twice finds it written twice."""
    return tuple(str(row[name]) for name in ("at", "field_class", "what", "changes"))


def _hide(session: Session, threat_id: UUID, originals: Iterable[UUID], old: UUID) -> None:
    """What says who handed it over is read by that organisation, and by nobody else."""
    v: Any = ThreatVersion.__table__
    h: Any = HandOver.__table__
    own = audience.intern(session, {old})
    session.execute(update(v).where(v.c.id.in_(list(originals))).values(audience_id=own))
    mine = (h.c.threat_id == threat_id, h.c.owner_id == old)
    session.execute(update(h).where(*mine).values(audience_id=own))


def _mark(session: Session, actor: Actor, threat: Threat) -> None:
    row = session.scalars(select(TakenOver).where(TakenOver.threat_id == threat.id)).first()
    if row is not None:
        row.at, row.organisation_id = actor.now, threat.organisation_id
    else:
        mine = register.under(session, actor, threat, FieldClass.MEMBERS)
        session.add(TakenOver(threat_id=threat.id, at=actor.now, **mine))
    session.flush()
