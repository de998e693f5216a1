"""The donors of a workspace with their last days, and what is near."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import policy
from advocacy.access.actor import Actor, Standing
from advocacy.grants import rules
from advocacy.grants.rows import DonorRow, SetRow
from advocacy.grants.schema import GrantEnd
from advocacy.ground import clock
from advocacy.ground.acts import chain, heads
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.organisations.rows import OrganisationRow, Task, WorkspaceRow


def donors(session: Session, actor: Actor, *, workspace_id: UUID) -> list[DonorRow]:
    """The donors that take part now, by name. Raises as `donor`."""
    _not_for_donors(actor, workspace_id)
    policy.require(actor, "workspace:coordinate", policy.About(workspace_id=workspace_id))
    around = organisations.organisations(session, actor, workspace_id=workspace_id)
    return _rows(session, (row for row in around if row.standing == Standing.DONOR))


def donor(session: Session, actor: Actor, membership_id: UUID) -> tuple[WorkspaceRow, DonorRow]:
    """One membership that stands, for who coordinates its workspace.

    Raises: NotFound, also for every donor; Denied for others who do not coordinate.
    """
    space, _name = organisations.membership(session, actor, membership_id)
    _not_for_donors(actor, space.id)
    policy.require(actor, "workspace:coordinate", policy.About(workspace_id=space.id))
    around = organisations.organisations(session, actor, workspace_id=space.id)
    for row in _rows(session, (row for row in around if row.membership_id == membership_id)):
        return space, row
    raise NotFound


def _not_for_donors(actor: Actor, workspace_id: UUID) -> None:
    """To a donor the pages about donors are not there: it reads its own day where it takes part."""
    if actor.stands_as(workspace_id, Standing.DONOR):
        raise NotFound


def history(session: Session, actor: Actor, membership_id: UUID) -> list[SetRow]:
    """Every time that its last day was set, the newest first. Raises as `donor`."""
    donor(session, actor, membership_id)
    acts = session.scalars(select(GrantEnd).where(GrantEnd.membership_id == membership_id)).all()
    return [
        SetRow(act.last_on, act.reason, act.recorded_at, act.organisation_id)
        for act in reversed(chain(acts))
    ]


def near(session: Session, actor: Actor, *, workspace_id: UUID) -> date | None:
    """The last day of the reader's own organisation there, once it is near; else None."""
    space = organisations.workspace_by_id(session, actor, workspace_id)
    mine = GrantEnd.donor_id == actor.organisation_id
    return next((row.last_on for row in _near(session, actor, {space.id: space.zone}, mine)), None)


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Last days that are near: of donors where one coordinates, and of one's own organisation."""
    standings = dict(actor.memberships)
    leads = {
        space
        for space in standings
        if policy.allows(actor, "workspace:coordinate", policy.About(workspace_id=space))
    }
    if not leads and Standing.DONOR not in standings.values():
        return []
    spaces = {space.id: space for space in organisations.workspaces(session, actor)}
    found = []
    for row in _near(session, actor, {one.id: one.zone for one in spaces.values()}):
        space, is_us = spaces[row.workspace_id], row.donor_id == actor.organisation_id
        if is_us or (space.id in leads and _is_in(session, actor, row)):
            names = organisations.names(session, [row.donor_id])
            title = space.name if is_us else names[row.donor_id]
            found.append(_task(actor, row, space.slug, title))
    return found


def _task(actor: Actor, row: GrantEnd, slug: str, title: str) -> Task:
    is_us = row.donor_id == actor.organisation_id
    return Task(
        kind="check",
        reason=Reason("grants.our-end" if is_us else "grants.its-end"),
        title=title,
        endpoint="donors.donors" if is_us else "grants.grant",
        arguments={"workspace_slug": slug} if is_us else {"membership_id": row.membership_id},
        organisation_id=actor.must_organisation(),
        due_on=row.last_on,
    )


def _is_in(session: Session, actor: Actor, row: GrantEnd) -> bool:
    """Whether it still takes part: it may have been removed before its last day."""
    around = organisations.organisations(session, actor, workspace_id=row.workspace_id)
    return any(one.membership_id == row.membership_id for one in around)


def _near(session: Session, actor: Actor, zones: dict[UUID, str], *which: Any) -> list[GrantEnd]:
    """What was set last of each, where its day is near."""
    query = select(GrantEnd).where(GrantEnd.workspace_id.in_(sorted(zones)), *which)
    acts = heads(session.scalars(query.order_by(GrantEnd.last_on, GrantEnd.id)))
    return [act for act in acts if _is_near(actor, act.last_on, zones[act.workspace_id])]


def _is_near(actor: Actor, last_on: date | None, zone: str) -> bool:
    if last_on is None:
        return False
    left = last_on - clock.day_in(actor.now, zone)
    return timedelta(0) <= left <= timedelta(days=rules.SOON_DAYS)


def _rows(session: Session, around: Iterable[OrganisationRow]) -> list[DonorRow]:
    rows = [(row, row.membership_id) for row in around if row.membership_id]
    ids = [membership_id for _row, membership_id in rows]
    acts = session.scalars(select(GrantEnd).where(GrantEnd.membership_id.in_(ids))).all()
    last = {act.membership_id: act for act in heads(acts)}
    return [
        DonorRow(
            membership_id=membership_id,
            organisation_id=row.id,
            organisation=row.name,
            standing=row.standing,
            last_on=last[membership_id].last_on if membership_id in last else None,
            act_id=last[membership_id].id if membership_id in last else None,
        )
        for row, membership_id in rows
    ]
