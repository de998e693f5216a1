"""Read what is offered, to whom a record can go, and since when another organisation keeps it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor
from advocacy.ground import acts
from advocacy.ground.reasons import Reason
from advocacy.handovers import rules
from advocacy.handovers.rows import Around, Offer
from advocacy.handovers.schema import HandOver, TakenOver
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import OrganisationRow, Task
from advocacy.retention import queries as retention
from advocacy.sharing import queries as sharing
from advocacy.threats import queries as threats
from advocacy.threats.rules import MEMBERS
from advocacy.threats.schema import Status, Threat


def offer(session: Session, actor: Actor, threat_id: UUID) -> Offer | None:
    """What waits for an answer on a record, for the two concerned. Raises NotFound."""
    threat = threats.threat(session, actor, threat_id)
    head = _open(session, threat)
    return _offer(head) if head else None


def _open(session: Session, threat: Threat) -> HandOver | None:
    """An offer that can be answered. While a record is put together with another, none can."""
    head = last(session, threat.id, threat.organisation_id)
    is_open = head is not None and head.what == rules.OFFERED and threat.status != Status.MERGED
    return head if is_open else None


def last(session: Session, threat_id: UUID, owner_id: UUID) -> HandOver | None:
    """The last act of an owner's offers of a record."""
    mine = (HandOver.threat_id == threat_id, HandOver.owner_id == owner_id)
    return acts.current(session.scalars(select(HandOver).where(*mine)))


def _offer(row: HandOver) -> Offer:
    return Offer(row.id, row.threat_id, row.owner_id, row.to_id, row.recorded_at)


def offered_to_us(session: Session, actor: Actor) -> list[Offer]:
    """What others offer to one's own organisation, oldest first; of records that stand alone."""
    of = select(HandOver, Threat.status).join(Threat, Threat.id == HandOver.threat_id)
    found = session.execute(of.where(HandOver.to_id == actor.organisation_id)).all()
    followed = {row.previous_id for row, _status in found}
    rows = [row for row, status in found if status != Status.MERGED]
    heads = [r for r in rows if r.id not in followed and r.what == rules.OFFERED]
    return [_offer(row) for row in sorted(heads, key=lambda row: row.recorded_at)]


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Records that another organisation would hand to one's own."""
    us = actor.organisation_id
    if us is None or not policy.allows(actor, "threat:share", policy.About(organisation_id=us)):
        return []
    offers = offered_to_us(session, actor)
    titles = threats.titles(session, actor, [one.threat_id for one in offers]) if offers else {}
    why = Reason("handovers.offered")
    return [
        Task("confirm", why, titles[one.threat_id], "handovers.hand_over",
             {"threat_id": one.threat_id}, us)
        for one in offers if one.threat_id in titles
    ]  # fmt: skip


def takers(session: Session, actor: Actor, threat_id: UUID) -> list[OrganisationRow]:
    """Members that one's own record can go to: those that read its full account already."""
    threat = threats.own(session, actor, threat_id)
    _seen, told = threats.named(session, actor, threat_id)
    rows = organisations.organisations(session, actor, workspace_id=threat.workspace_id)
    us = actor.organisation_id
    return [r for r in rows if r.id in told and r.id != us and r.standing in MEMBERS]


def taken_over_at(session: Session, threat_id: UUID) -> datetime | None:
    """Until when another organisation kept a record; None = its owner reported it itself."""
    return session.scalars(select(TakenOver.at).where(TakenOver.threat_id == threat_id)).first()


def around(session: Session, actor: Actor, threat: Threat) -> Around:
    """What stands on the record's page about who sees it, keeps it, and how long."""
    return Around(
        sharing.panel(session, actor, threat),
        _handing(session, actor, threat),
        retention.panel(session, actor, threat),
    )


def _handing(session: Session, actor: Actor, threat: Threat) -> str:
    us = actor.organisation_id
    is_ours = threat.organisation_id == us
    if us and _open(session, threat):
        return "waits" if is_ours else "asked"
    about = policy.About(threat.organisation_id, threat.workspace_id)
    return "offer" if is_ours and policy.allows(actor, "threat:share", about) else ""
