"""Report, change, check, close and share a threat. Each writes its history in the same commit."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.audit.rules import Event
from advocacy.ground import clock
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import WorkspaceRow
from advocacy.threats import mapper, queries, rules
from advocacy.threats.rows import Entry, Sharing
from advocacy.threats.schema import (
    FieldClass,
    Status,
    Threat,
    ThreatMembers,
    ThreatRestricted,
    ThreatVersion,
    What,
)


def report(
    session: Session, actor: Actor, *, workspace_id: UUID, entry: Entry, sharing: Sharing
) -> Threat:
    """Put a threat into the register. Its audience is part of the same fact.

    Raises: NotFound; Denied (wider than one's own organisation needs a lead's seat); Invalid.
    """
    space = organisations.workspace_by_id(session, actor, workspace_id)
    about = policy.About(actor.organisation_id, workspace_id)
    policy.require(actor, "threat:report", about)
    if sharing != Sharing():
        policy.require(actor, "threat:share", about)
    entry, safe = mapper.prepared(session, actor, space, entry)
    mapper.check_sharing(session, actor, space, entry, sharing)
    who = mapper.audiences(session, actor, space, sharing)
    threat = Threat(
        id=new_id(),
        ref=mapper.ref(),
        workspace_id=workspace_id,
        status=Status.ACTIVE,
        scale_id=rules.SCALE,
        checked_at=actor.now,
        created_at=actor.now,
        edition=0,
        **_owned(actor, who[FieldClass.SAFE]),
        **safe,
    )
    session.add(threat)
    session.flush()
    owned = _owned(actor, who[FieldClass.MEMBERS])
    session.add(ThreatMembers(threat_id=threat.id, **owned, **mapper.pick(entry, mapper.MEMBERS)))
    owned = _owned(actor, who[FieldClass.RESTRICTED])
    session.add(ThreatRestricted(threat_id=threat.id, narrative=entry.narrative, **owned))
    session.flush()
    _write(session, actor, threat, What.REPORTED, rules.changes(None, mapper.fields(entry, safe)))
    _note(session, actor, threat, rules.Reported(level=sharing.level), threat.id)
    return threat


def edit(session: Session, actor: Actor, threat_id: UUID, entry: Entry, *, based_on: int) -> Threat:
    """Change one's own threat; counts as a check. Raising sensitivity narrows at once.

    Raises: NotFound; Denied; Invalid; Conflict when it changed since version `based_on`.
    """
    threat, space = _own(session, actor, threat_id)
    old = queries.current(session, actor, threat_id)
    if old.edition != based_on:
        raise Conflict(Reason("acts.stale"), current=old)
    entry, safe = mapper.prepared(session, actor, space, entry, kept_review=old.entry.next_review)
    before = mapper.fields(old.entry, {name: getattr(threat, name) for name in safe})
    changed = rules.changes(before, mapper.fields(entry, safe))
    members, told = _parts(session, threat)
    _set(threat, safe)
    _set(members, mapper.pick(entry, mapper.MEMBERS))
    told.narrative = entry.narrative
    threat.checked_at = actor.now
    _narrow_to_cap(session, actor, threat, entry)
    _write(session, actor, threat, What.CHANGED, changed)
    rows = {FieldClass.MEMBERS: members.id, FieldClass.RESTRICTED: told.id}
    for of in changed:
        _note(session, actor, threat, rules.Changed(field_class=of), rows.get(of, threat.id))
    if FieldClass.SAFE not in changed:
        _note(session, actor, threat, rules.Checked(), threat.id)
    return threat


def still_true(session: Session, actor: Actor, threat_id: UUID) -> Threat:
    """Say that one looked again and nothing changed. Raises NotFound, Denied, Conflict."""
    threat, space = _own(session, actor, threat_id)
    _must_be(threat, Status.ACTIVE)
    threat.checked_at = actor.now
    if threat.next_review and threat.next_review <= clock.day_in(actor.now, space.zone):
        threat.next_review = None
    _write(session, actor, threat, What.STILL_TRUE, {})
    _note(session, actor, threat, rules.Checked(), threat.id)
    return threat


def close(
    session: Session, actor: Actor, threat_id: UUID, *, ended_on: date | None = None
) -> Threat:
    """Say that a threat is over. Raises NotFound, Denied, Invalid, Conflict (closed already)."""
    threat, space = _own(session, actor, threat_id)
    _must_be(threat, Status.ACTIVE)
    ended = ended_on or clock.day_in(actor.now, space.zone)
    if ended > clock.day_in(actor.now, space.zone):
        raise Invalid(Reason("threats.ends-later", "ended_on"))
    if threat.started_on and ended < threat.started_on:
        raise Invalid(Reason("threats.ends-before", "ended_on"))
    _turn(session, actor, threat, What.CLOSED, {"status": Status.CLOSED, "ended_on": ended})
    _note(session, actor, threat, rules.Closed(), threat.id)
    return threat


def reopen(session: Session, actor: Actor, threat_id: UUID) -> Threat:
    """Say that a threat is there again. Raises NotFound, Denied, Conflict (open already)."""
    threat, _space = _own(session, actor, threat_id)
    _must_be(threat, Status.CLOSED)
    values = {"status": Status.ACTIVE, "ended_on": None}
    _turn(session, actor, threat, What.REOPENED, values)
    _note(session, actor, threat, rules.Reopened(), threat.id)
    return threat


def share(session: Session, actor: Actor, threat_id: UUID, sharing: Sharing) -> Threat:
    """Set who may see a threat and its restricted part, from this instant on.

    History older than a widening stays with those who could read it then.
    Raises: NotFound; Denied (any editor may narrow, only a lead's seat may widen); Invalid.
    """
    threat, space = _own(session, actor, threat_id)
    entry = queries.current(session, actor, threat_id).entry
    mapper.check_sharing(session, actor, space, entry, sharing)
    members, told = _parts(session, threat)
    who = mapper.audiences(session, actor, space, sharing)
    for row, of in ((threat, FieldClass.SAFE), (told, FieldClass.RESTRICTED)):
        narrow = audience.meet(session, row.audience_id, who[of], now=actor.now)
        if narrow != who[of]:
            about = policy.About(threat.organisation_id, threat.workspace_id)
            policy.require(actor, "threat:share", about)
    before = queries.sharing_level(session, threat.audience_id)
    members.own_audience_id = who[FieldClass.MEMBERS]
    told.own_audience_id = who[FieldClass.RESTRICTED]
    _spread(session, actor, threat, who[FieldClass.SAFE])
    changed = {FieldClass.SHARING: {"level": [str(before), sharing.level]}}
    _write(session, actor, threat, What.SHARED, changed)
    _note(session, actor, threat, rules.Shared(level=sharing.level), told.id)
    return threat


def _own(session: Session, actor: Actor, threat_id: UUID) -> tuple[Threat, WorkspaceRow]:
    """One's own threat, locked until the end of the transaction, with its workspace."""
    query = select(Threat).where(Threat.id == threat_id).with_for_update()
    threat = session.scalars(query.execution_options(populate_existing=True)).first()
    if threat is None:
        raise NotFound
    space = organisations.workspace_by_id(session, actor, threat.workspace_id)
    about = policy.About(threat.organisation_id, threat.workspace_id)
    policy.require(actor, "threat:edit", about)
    return threat, space


def _must_be(threat: Threat, status: Status) -> None:
    if threat.status != status:
        raise Conflict(Reason("acts.stale"))


def _narrow_to_cap(session: Session, actor: Actor, threat: Threat, entry: Entry) -> None:
    """Bring the audience down to what the sensitivity still allows; it only ever narrows."""
    parts = audience.parts_of(session, threat.audience_id)
    kept = audience.cap(session, parts, threat.sensitivity)
    if rules.stays_own(entry):
        kept = [part for part in kept if part[0] == threat.organisation_id]
    if set(kept) != parts:
        _spread(session, actor, threat, audience.intern(session, kept))


def _spread(session: Session, actor: Actor, threat: Threat, who: UUID) -> None:
    """Give a threat an audience, and its parts and history what they share with it."""
    threat.audience_id = threat.own_audience_id = who
    members, told = _parts(session, threat)
    for part in (members, told):
        part.audience_id = audience.meet(session, who, part.own_audience_id, now=actor.now)
    session.flush()
    ends = {
        FieldClass.SAFE: who,
        FieldClass.MEMBERS: members.audience_id,
        FieldClass.RESTRICTED: told.audience_id,
    }
    for of, end in ends.items():
        _meet_history(session, actor, threat, of, end)


def _meet_history(
    session: Session, actor: Actor, threat: Threat, of: FieldClass, end: UUID
) -> None:
    kept: Any = ThreatVersion.__table__
    mine = (ThreatVersion.threat_id == threat.id, ThreatVersion.field_class == of)
    for old in session.scalars(select(ThreatVersion.audience_id).where(*mine).distinct()).all():
        new = audience.meet(session, old, end, now=actor.now)
        with guard.system(session, guard.System.AUDIENCE_REWRITE):
            session.execute(
                update(kept)
                .where(kept.c.threat_id == threat.id, kept.c.field_class == of)
                .where(kept.c.audience_id == old)
                .values(audience_id=new)
            )


def _turn(
    session: Session, actor: Actor, threat: Threat, what: What, values: Mapping[str, Any]
) -> None:
    before = {name: getattr(threat, name) for name in values}
    _set(threat, values)
    threat.checked_at = actor.now
    _write(session, actor, threat, what, rules.changes(before, values))


def _write(
    session: Session,
    actor: Actor,
    threat: Threat,
    what: What,
    changed: Mapping[FieldClass, dict[str, list[Any]]],
) -> None:
    """One row of history per class. What only touched hidden classes looks like a check."""
    members, told = _parts(session, threat)
    own = audience.intern(session, {threat.organisation_id})
    ends = {FieldClass.MEMBERS: members.audience_id, FieldClass.RESTRICTED: told.audience_id}
    ends |= {FieldClass.SAFE: threat.audience_id, FieldClass.SHARING: own}
    rows = dict(changed)
    if what is not What.SHARED:
        rows.setdefault(FieldClass.SAFE, {})
    threat.edition += 1
    for of, pairs in rows.items():
        seen_as = What.STILL_TRUE if of is FieldClass.SAFE and not pairs else what
        session.add(
            ThreatVersion(
                threat_id=threat.id,
                number=threat.edition,
                field_class=of,
                what=seen_as,
                changes=pairs,
                at=actor.now,
                person_id=actor.person_id,
                **_owned(actor, ends[of]),
            )
        )
    session.flush()


def _note(session: Session, actor: Actor, threat: Threat, event: Event, about: UUID) -> None:
    audit.record(session, actor, event, book=f"register:{threat.workspace_id}", about=about)


def _parts(session: Session, threat: Threat) -> tuple[ThreatMembers, ThreatRestricted]:
    """The other two classes; whoever may edit a threat sees them."""
    of_members = select(ThreatMembers).where(ThreatMembers.threat_id == threat.id)
    of_told = select(ThreatRestricted).where(ThreatRestricted.threat_id == threat.id)
    return session.scalars(of_members).one(), session.scalars(of_told).one()


def _owned(actor: Actor, who: UUID) -> dict[str, Any]:
    own = actor.must_organisation()
    return {"organisation_id": own, "audience_id": who, "own_audience_id": who}


def _set(row: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
