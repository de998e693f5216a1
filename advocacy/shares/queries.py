"""The links of a workspace for those who answer for them, and what an opened one shows."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.access import bearer, policy
from advocacy.access.actor import Actor
from advocacy.access.bearer import Held
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.shares import rules
from advocacy.shares.rows import Opened, ShareRow
from advocacy.shares.schema import Share, ShareOpening


def share(session: Session, actor: Actor, share_id: UUID) -> Share:
    """One link. Raises NotFound; Denied for all but who publishes for donors."""
    found = session.get(Share, share_id)
    if found is None:
        raise NotFound
    policy.require(actor, "donor-page:publish", policy.About(workspace_id=found.workspace_id))
    return found


def shares(session: Session, actor: Actor, *, workspace_id: UUID) -> list[ShareRow]:
    """Links of a workspace, the newest first, those that are over among them. Raises Denied."""
    policy.require(actor, "donor-page:publish", policy.About(workspace_id=workspace_id))
    query = select(Share).where(Share.workspace_id == workspace_id)
    rows = session.scalars(query.order_by(Share.created_at.desc(), Share.id)).all()
    counted = select(ShareOpening.share_id, func.count(), func.max(ShareOpening.at)).where(
        ShareOpening.share_id.in_([row.id for row in rows])
    )
    seen = {row[0]: (row[1], row[2]) for row in session.execute(counted.group_by("share_id"))}
    names = organisations.names(session, (row.organisation_id for row in rows))
    return [
        ShareRow(
            id=row.id,
            label=row.label,
            width=row.width,
            view=row.view,
            has_password=row.has_password,
            organisation=names.get(row.organisation_id, ""),
            created_at=row.created_at,
            until_at=row.until_at,
            state=_state(row, actor.now),
            openings=seen.get(row.id, (0, None))[0],
            opened_at=seen.get(row.id, (0, None))[1],
        )
        for row in rows
    ]


def _state(row: Share, now: datetime) -> str:
    if row.ended_at is not None:
        return "ended"
    return "open" if row.until_at > now else "over"


def held(session: Session, token: str, *, now: datetime) -> Held:
    """The link that a token opens. Raises NotFound: ended, over and never made are one."""
    return bearer.look(session, rules.LINK, token, now=now)


def opened(session: Session, token: str, *, now: datetime) -> Opened:
    """What the link shows that was opened with this pass, as long as the link itself lives.

    Raises: NotFound.
    """
    return lives(session, bearer.look(session, rules.PASS, token, now=now), now=now)


def lives(session: Session, found: Held, *, now: datetime) -> Opened:
    """What a bearer shows that was issued for a link, as long as that link lives.

    Raises: NotFound.
    """
    link = UUID(found.about["link"])
    if not bearer.alive(session, [link], now=now):
        raise NotFound
    return Opened(
        share_id=UUID(found.about["share"]),
        workspace_id=UUID(found.about["workspace"]),
        workspace=found.about["name"],
        zone=found.about["zone"],
        group_id=UUID(found.about["group"]),
        width=found.about["width"],
        view=dict(found.about["view"]),
        until_at=found.until,
    )
