"""Read what organisations say of a threat. Names come from `contributor`, and from nowhere else."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from advocacy.access import guard, kept, policy
from advocacy.access.actor import Actor
from advocacy.assessments import rules
from advocacy.assessments.rows import Agreed, Mine, Panel, Said, View
from advocacy.assessments.schema import (
    Agreement,
    AgreementAct,
    AgreementNote,
    Assessment,
    AssessmentAct,
    AssessmentDetail,
    Attribution,
    Contributor,
)
from advocacy.ground.acts import current
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.protocols import queries as protocols
from advocacy.threats import queries as threats
from advocacy.threats.schema import Threat

Whose = tuple[UUID, bool]
_agreed: Any = Agreement.__table__
_AGREED_IDS = select(_agreed.c.threat_id).where(guard.readers(_agreed.c.audience_id))
_KEPT = tuple(f.name for f in fields(Said) if f.name in Assessment.__table__.columns)


def views(
    session: Session, actor: Actor, threat: Threat, *, also: Iterable[UUID] = ()
) -> tuple[View, ...]:
    """The newest view of each organisation that this reader may read, in no telling order.

    also: records that were put together with this one: what was said of them counts with it.
    """
    query = (
        select(Assessment, AssessmentDetail.detail, Contributor.organisation_id)
        .outerjoin(AssessmentDetail, AssessmentDetail.assessment_id == Assessment.id)
        .outerjoin(Contributor, Contributor.assessment_id == Assessment.id)
        .where(Assessment.threat_id.in_([threat.id, *also]))
        .order_by(Assessment.period)
    )
    rows: list[Any] = list(session.execute(query))
    newest = {row[0].organisation_id: row for row in rows}
    nameless, is_over = rules.hides_names(threat), protocols.is_over(session, actor, threat)
    names = organisations.names(session, {row[2] for row in newest.values()} - {None})
    found = []
    for row, detail, whose in newest.values():
        is_ours = row.organisation_id == actor.organisation_id
        name = "" if whose is None or (nameless and not is_ours) else names[whose]
        found.append(
            View(
                id=row.id,
                said=_said(row, None if is_over else detail),
                period=row.period,
                name=name,
                is_ours=is_ours,
                is_owners=row.organisation_id == threat.organisation_id,
            )
        )
    return rules.in_order(found)


def many(session: Session, actor: Actor, threats: Iterable[Whose]) -> dict[UUID, list[View]]:
    """The newest view of each organisation on each of many threats, as this reader may read it.

    threats: their ids, and whether nobody learns who says what of them.
    """
    nameless = dict(threats)
    query = (
        select(Assessment, Contributor.organisation_id)
        .outerjoin(Contributor, Contributor.assessment_id == Assessment.id)
        .where(Assessment.threat_id.in_(sorted(nameless)))
        .order_by(Assessment.period)
    )
    newest = {(r.threat_id, r.organisation_id): (r, by) for r, by in session.execute(query)}
    names = organisations.names(session, {by for _row, by in newest.values()} - {None})
    found: dict[UUID, list[View]] = {}
    for row, by in newest.values():
        is_ours = row.organisation_id == actor.organisation_id
        name = "" if nameless[row.threat_id] and not is_ours else names.get(by, "")
        said = _said(row, None)
        view = View(row.id, said, row.period, name, is_ours=is_ours, is_owners=False)
        found.setdefault(row.threat_id, []).append(view)
    return {threat_id: list(rules.in_order(of)) for threat_id, of in found.items()}


def agreed_of(session: Session, threat_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The agreed severities of these threats, where there are any."""
    query = select(Agreement.threat_id, Agreement.severity)
    rows: Any = session.execute(query.where(Agreement.threat_id.in_(sorted(threat_ids))))
    return dict(map(tuple, rows))


def _said(row: Assessment, detail: str | None) -> Said:
    return Said(**{name: getattr(row, name) for name in _KEPT}, detail=detail or "")


def mine(session: Session, actor: Actor, threat_id: UUID) -> Mine:
    """What one's own organisation last said of a threat, or that it took its view back.

    Raises NotFound.
    """
    query = select(AssessmentAct).where(
        AssessmentAct.threat_id == threat_id,
        AssessmentAct.organisation_id == actor.organisation_id,
    )
    last = current(session.scalars(query))
    if last is None:
        return Mine()
    said = rules.said_of(last.said) if last.said else None
    if said and protocols.is_over(session, actor, threats.threat(session, actor, threat_id)):
        said = replace(said, detail="")
    return Mine(said, last.period, last.id)


def asked_for(session: Session, actor: Actor, threat_id: UUID, period: str) -> UUID:
    """The audience that one's own view of a quarter asks for. Raises NotFound."""
    query = select(Assessment.own_audience_id).where(
        Assessment.threat_id == threat_id,
        Assessment.organisation_id == actor.organisation_id,
        Assessment.period == period,
    )
    found = session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def agreed(
    session: Session, actor: Actor, threat: Threat, found: Iterable[View] | None = None
) -> Agreed | None:
    """The agreed severity of a threat, and who sees it differently, as this reader may know.

    found: `views`, where the caller has them.
    """
    query = (
        select(Agreement, AgreementNote)
        .outerjoin(AgreementNote, AgreementNote.threat_id == Agreement.threat_id)
        .where(Agreement.threat_id == threat.id)
    )
    row = session.execute(query).first()
    if row is None:
        return None
    now, note = row
    listed = views(session, actor, threat) if found is None else found
    differing = rules.differing(listed, now.severity)
    named = [v.name for v in differing if v.name and v.said.attribution == Attribution.NAMED]
    return Agreed(
        severity=now.severity,
        at=now.agreed_at,
        basis=note.basis if note else "",
        by=organisations.names(session, [note.decided_by])[note.decided_by] if note else "",
        act_id=note.act_id if note else None,
        differing=len(differing),
        differing_names=tuple(sorted(named)),
    )


def last_agreement(session: Session, threat_id: UUID) -> UUID | None:
    """The act that a next decision on the severity follows."""
    acts = session.scalars(select(AgreementAct).where(AgreementAct.threat_id == threat_id))
    last = current(acts)
    return last.id if last else None


def agreed_severity(threat_id: Any) -> ColumnElement[int | None]:
    """SQL for statements made once with `guard.ask`: the agreed severity, or NULL.

    threat_id: the column of the threat in the statement. What a list shows, sorts by and counts
    is `coalesce(agreed_severity(t.c.id), t.c.severity)`.
    """
    now = _agreed.alias("agreed")
    of = select(now.c.severity).where(now.c.threat_id == threat_id)
    return of.where(guard.readers(now.c.audience_id)).scalar_subquery()


def is_agreed(session: Session, actor: Actor, threat_id: Any) -> ColumnElement[bool] | None:
    """SQL for the same statements: the reader knows of an agreed severity. None: of no threat."""
    return kept.among(session, actor, threat_id, _AGREED_IDS)


def sees_members_part(session: Session, actor: Actor, threat_id: UUID) -> bool:
    """Whether this reader reads the part that views belong to."""
    return threats.detail(session, actor, threat_id).members is not None


def may_give(session: Session, actor: Actor, threat: Threat) -> bool:
    """Whether this reader may say what its organisation sees."""
    about = policy.About(workspace_id=threat.workspace_id)
    allowed = policy.allows(actor, "assessment:give", about)
    return allowed and sees_members_part(session, actor, threat.id)


def panel(session: Session, actor: Actor, threat: Threat, *, also: Iterable[UUID] = ()) -> Panel:
    """All of it for the threat's own page. also: as for `views`."""
    members = threats.detail(session, actor, threat.id).members
    found = views(session, actor, threat, also=also)
    about = policy.About(workspace_id=threat.workspace_id)
    is_inside = members is not None
    how_known = members.how_known if members else ""
    return Panel(
        views=found,
        agreed=agreed(session, actor, threat, found),
        spread=rules.spread(found),
        counts=dict(Counter(view.said.stance for view in found)),
        is_corroborated=is_inside and rules.is_corroborated(found, owner_knows_by=how_known),
        has_ours=any(view.is_ours for view in found),
        may_give=is_inside and policy.allows(actor, "assessment:give", about),
        may_agree=is_inside and policy.allows(actor, "severity:agree", about),
        is_for_members=is_inside,
    )
