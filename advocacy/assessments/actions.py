"""Give and take back a view; record, change and end an agreed severity."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor, Standing
from advocacy.assessments import queries, rules
from advocacy.assessments.rows import Said
from advocacy.assessments.schema import (
    Agreement,
    AgreementAct,
    AgreementNote,
    Assessment,
    AssessmentAct,
    AssessmentDetail,
    Attribution,
    Contributor,
    Reach,
)
from advocacy.ground import clock
from advocacy.ground.acts import append, stamp
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.text.canon import normalise
from advocacy.threats import actions as threats
from advocacy.threats import queries as records
from advocacy.threats.rules import SCALE
from advocacy.threats.schema import FieldClass, Threat

COORDINATING = frozenset({Standing.COORDINATOR, Standing.CO_COORDINATOR})
FOLLOWERS: list[Callable[[Session, Actor, Threat, str, UUID | None], None]] = []
"""What rooms above do when the view of a quarter is given (with the audience that it asks for) or
taken back (None)."""


def give(
    session: Session, actor: Actor, threat_id: UUID, said: Said, *, after: UUID | None
) -> Assessment:
    """Say what one's own organisation sees. A view of the same quarter takes the older one's place.

    after: the last act of one's own organisation on this threat, as read (`queries.mine`).
    Raises: NotFound; Denied; Invalid; Conflict with today's view when a colleague was faster.
    """
    threat = _open(session, actor, threat_id)
    space = organisations.workspace_by_id(session, actor, threat.workspace_id)
    today = clock.day_in(actor.now, space.zone)
    said = rules.tidy(said, hides_names=rules.hides_names(threat))
    Invalid.unless_empty(rules.faults(said, today=today))
    period = rules.period(said.observed_to or today)
    act = _act(session, actor, threat, period, rules.plain(said), after)
    row = _of_period(session, actor, threat_id, period)
    values = {n: v for n, v in rules.plain(said).items() if n in Assessment.__table__.columns}
    values |= {n: getattr(said, n) for n in ("observed_from", "observed_to", "verified_on")}
    values |= {"act_id": act.id, "scale_id": SCALE}
    own = reach_of(session, actor, threat, said.reach)
    values |= threats.under(session, actor, threat, FieldClass.MEMBERS, own=own)
    if row is None:
        row = Assessment(id=new_id(), threat_id=threat_id, period=period, **values)
        session.add(row)
        session.flush()
    _set(row, values)
    _tell_who(session, actor, threat, row, said)
    _keep_detail(session, actor, threat, row, said)
    for follow in FOLLOWERS:
        follow(session, actor, threat, period, row.own_audience_id)
    threats.note(session, actor, threat, rules.Given(stance=said.stance), act.id)
    return row


def take_back(session: Session, actor: Actor, threat_id: UUID, *, after: UUID | None) -> None:
    """Take back what one's organisation last said: it leaves no trace with others.

    Raises: NotFound; Denied; Conflict when a colleague was faster, or nothing stands.
    """
    threat = _open(session, actor, threat_id)
    now = queries.mine(session, actor, threat_id)
    row = _of_period(session, actor, threat_id, now.period)
    if now.act_id != after or row is None:
        raise Conflict(Reason("acts.stale"), current=now)
    act = _act(session, actor, threat, now.period, {}, after)
    for part in (AssessmentDetail, Contributor):
        for one in session.scalars(select(part).where(part.assessment_id == row.id)):
            session.delete(one)
    session.flush()
    session.delete(row)
    session.flush()
    for follow in FOLLOWERS:
        follow(session, actor, threat, now.period, None)
    threats.note(session, actor, threat, rules.TakenBack(), act.id)


def agree(
    session: Session,
    actor: Actor,
    threat_id: UUID,
    *,
    severity: int,
    basis: str,
    after: UUID | None,
) -> AgreementAct:
    """Record the severity that was agreed. It overwrites nobody's view. By a coordinator.

    after: the last decision as read (`queries.last_agreement`). Raises: NotFound; Denied; Invalid;
    Conflict with today's decision when somebody was faster.
    """
    threat = _agreeing(session, actor, threat_id, after)
    basis = normalise(basis).strip()
    found = [] if 1 <= severity <= 5 else [Reason("form.choice", "severity")]
    Invalid.unless_empty([*found, *rules.basis_faults(basis)])
    act = _decide(session, actor, threat, severity, basis, after)
    values = {"severity": severity, "scale_id": SCALE, "agreed_at": actor.now}
    _keep(session, actor, threat, Agreement, FieldClass.SAFE, values)
    said = {"basis": basis, "decided_by": actor.must_organisation(), "act_id": act.id}
    _keep(session, actor, threat, AgreementNote, FieldClass.MEMBERS, said)
    threats.note(session, actor, threat, rules.AgreedOn(severity=severity), threat.id)
    return act


def end_agreement(session: Session, actor: Actor, threat_id: UUID, *, after: UUID | None) -> None:
    """Say that the severity is no longer agreed: the owner's counts again.

    Raises: NotFound; Denied; Conflict when somebody was faster, or nothing was agreed.
    """
    threat = _agreeing(session, actor, threat_id, after)
    kept = session.scalars(select(Agreement).where(Agreement.threat_id == threat_id)).first()
    if kept is None:
        raise Conflict(Reason("acts.stale"))
    _decide(session, actor, threat, None, "", after)
    note = session.scalars(select(AgreementNote).where(AgreementNote.threat_id == threat_id))
    for row in (kept, *note):
        session.delete(row)
    session.flush()
    threats.note(session, actor, threat, rules.AgreementEnded(), threat.id)


def _open(session: Session, actor: Actor, threat_id: UUID) -> Threat:
    threat = records.threat(session, actor, threat_id)
    policy.require(actor, "assessment:give", policy.About(workspace_id=threat.workspace_id))
    if not queries.sees_members_part(session, actor, threat_id):
        raise Denied(Reason("access.denied", facts={"permission": "assessment:give"}))
    return threat


def _agreeing(session: Session, actor: Actor, threat_id: UUID, after: UUID | None) -> Threat:
    threat = records.threat(session, actor, threat_id)
    policy.require(actor, "severity:agree", policy.About(workspace_id=threat.workspace_id))
    if not queries.sees_members_part(session, actor, threat_id):
        raise NotFound
    if queries.last_agreement(session, threat_id) != after:
        now = queries.agreed(session, actor, threat)
        raise Conflict(Reason("acts.stale"), current=now)
    return threat


def _act(
    session: Session,
    actor: Actor,
    threat: Threat,
    period: str,
    said: Mapping[str, Any],
    after: UUID | None,
) -> AssessmentAct:
    now = queries.mine(session, actor, threat.id)
    if now.act_id != after:
        raise Conflict(Reason("acts.stale"), current=now)
    own = audience.intern(session, {actor.must_organisation()})
    owned = threats.under(session, actor, threat, FieldClass.MEMBERS, own=own)
    act = AssessmentAct(
        **{**stamp(actor), **owned}, threat_id=threat.id, period=period, said=dict(said)
    )
    return append(session, act, after=after)


def _of_period(session: Session, actor: Actor, threat_id: UUID, period: str) -> Assessment | None:
    query = select(Assessment).where(
        Assessment.threat_id == threat_id,
        Assessment.organisation_id == actor.must_organisation(),
        Assessment.period == period,
    )
    return session.scalars(query).first()


def reach_of(session: Session, actor: Actor, threat: Threat, reach: str) -> UUID | None:
    """Whom a view is for; None = all who read the members part."""
    if reach == Reach.ALL:
        return None
    ours = {actor.must_organisation()}
    if reach == Reach.OWNER:
        ours |= {threat.organisation_id, *_coordinators(session, actor, threat)}
    return audience.intern(session, ours)


def _coordinators(session: Session, actor: Actor, threat: Threat) -> set[UUID]:
    """Those of today: a new coordinator gets no old access."""
    rows = organisations.organisations(session, actor, workspace_id=threat.workspace_id)
    return {row.id for row in rows if row.standing in COORDINATING}


def _tell_who(session: Session, actor: Actor, threat: Threat, row: Assessment, said: Said) -> None:
    """Let those learn whose view it is that its organisation chose; never more than read it."""
    ours = actor.must_organisation()
    own = reach_of(session, actor, threat, said.reach)
    if said.attribution != Attribution.NAMED:
        told = {ours}
        if said.attribution == Attribution.COORDINATOR and said.reach != Reach.OWN:
            told |= _coordinators(session, actor, threat)
        own = audience.intern(session, told)
    values = threats.under(session, actor, threat, FieldClass.MEMBERS, own=own)
    found = session.scalars(select(Contributor).where(Contributor.assessment_id == row.id)).first()
    if found is None:
        session.add(Contributor(threat_id=threat.id, assessment_id=row.id, **values))
        session.flush()
    else:
        _set(found, values)


def _keep_detail(
    session: Session, actor: Actor, threat: Threat, row: Assessment, said: Said
) -> None:
    ours = {actor.must_organisation()}
    if said.is_detail_for_owner:
        ours.add(threat.organisation_id)
    own = audience.intern(session, ours)
    values = threats.under(session, actor, threat, FieldClass.MEMBERS, own=own)
    values["detail"] = said.detail
    which = AssessmentDetail.assessment_id == row.id
    found = session.scalars(select(AssessmentDetail).where(which)).first()
    if found is None:
        session.add(AssessmentDetail(threat_id=threat.id, assessment_id=row.id, **values))
        session.flush()
    else:
        _set(found, values)


def _decide(
    session: Session,
    actor: Actor,
    threat: Threat,
    severity: int | None,
    basis: str,
    after: UUID | None,
) -> AgreementAct:
    owned = threats.under(session, actor, threat, FieldClass.MEMBERS)
    act = AgreementAct(
        **{**stamp(actor), **owned},
        threat_id=threat.id,
        severity=severity,
        scale_id=SCALE,
        basis=basis,
    )
    return append(session, act, after=after)


def _keep(
    session: Session,
    actor: Actor,
    threat: Threat,
    table: Any,
    of: FieldClass,
    values: dict[str, Any],
) -> None:
    """One row per threat; it stays with the coordinator that made it first."""
    found = session.scalars(select(table).where(table.threat_id == threat.id)).first()
    if found is None:
        owned = threats.under(session, actor, threat, of)
        session.add(table(threat_id=threat.id, **values, **owned))
        session.flush()
    else:
        _set(found, values)


def _set(row: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
