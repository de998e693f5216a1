"""Who follows up what comes, as far as the reader may know."""

from typing import Any
from uuid import UUID

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor, Standing
from advocacy.access.schema import AudiencePart, GroupKind
from advocacy.ground import acts
from advocacy.institutions.rows import InstitutionRow
from advocacy.institutions.schema import Institution
from advocacy.minders.rows import DefaultRow
from advocacy.minders.schema import DefaultMinder
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import OrganisationRow

_MEMBERS = (Standing.COORDINATOR, Standing.CO_COORDINATOR, Standing.MEMBER)
_part: Any = AudiencePart.__table__.c


def told(session: Session, actor: Actor, institution_id: UUID) -> list[DefaultRow]:
    """Who was to follow up, the latest first."""
    query = select(DefaultMinder).where(DefaultMinder.institution_id == institution_id)
    said = acts.chain(session.scalars(query))[::-1]
    ids = {i for one in said for i in (one.minder_id, one.organisation_id)}
    names = organisations.names(session, ids)
    return [
        DefaultRow(
            id=one.id,
            minder_id=one.minder_id,
            minder=names.get(one.minder_id, "") if one.minder_id else "",
            note=one.note,
            organisation=names.get(one.organisation_id, ""),
            recorded_at=one.recorded_at,
        )
        for one in said
    ]


def offered(session: Session, actor: Actor, workspace_id: UUID) -> list[OrganisationRow]:
    """Organisations that can follow up: members of the workspace, by name."""
    rows = organisations.organisations(session, actor, workspace_id=workspace_id)
    return [row for row in rows if row.standing in _MEMBERS]


def may_set(actor: Actor, of: Institution) -> bool:
    """Whether the actor says who follows up: who added the institution, and coordinators."""
    about = policy.About(of.organisation_id, of.workspace_id)
    may = (
        policy.allows(actor, one, about) for one in ("workspace:coordinate", "recommendation:edit")
    )
    return any(may)


def defaults(
    session: Session, actor: Actor, *, workspace_id: UUID, audience_id: UUID
) -> dict[UUID, UUID]:
    """Who follows up a new ask to each institution, where that one reads it: ids of both."""
    query = (
        select(DefaultMinder)
        .join(Institution, Institution.id == DefaultMinder.institution_id)
        .where(Institution.workspace_id == workspace_id)
    )
    found = {
        one.institution_id: one.minder_id
        for one in acts.heads(session.scalars(query))
        if one.minder_id
    }
    reads = _readers(session, actor, workspace_id, audience_id, set(found.values()))
    return {of: minder for of, minder in found.items() if minder in reads}


def _readers(
    session: Session, actor: Actor, workspace_id: UUID, audience_id: UUID, ids: set[UUID]
) -> set[UUID]:
    """Those of these organisations that work here and are in an audience now."""
    if not ids:
        return set()
    members = organisations.group(session, workspace_id, GroupKind.MEMBERS)
    here = ids & set(audience.members(session, members, now=actor.now))
    return {one for one in here if _reads(session, actor, audience_id, one)}


def _reads(session: Session, actor: Actor, audience_id: UUID, organisation_id: UUID) -> bool:
    theirs = audience.readable(Actor(now=actor.now, organisation_id=organisation_id))
    query = select(literal(1)).where(_part.audience_id == audience_id)
    return session.execute(query.where(_part.audience_id.in_(theirs)).limit(1)).first() is not None


def of_new(session: Session, actor: Actor, to: InstitutionRow, *, audience_id: UUID) -> UUID | None:
    """Who follows up an ask that the actor puts to an institution; None = nobody.

    Its default where that one reads the ask, else the actor's organisation; never its addressee.
    """
    us = actor.organisation_id
    found = defaults(session, actor, workspace_id=to.workspace_id, audience_id=audience_id)
    one = found.get(to.id)
    return next((i for i in (one, us) if i is not None and i != to.member_id), None)
