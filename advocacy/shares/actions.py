"""Give out a link, end it, give it anew, open it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, bearer, policy
from advocacy.access.actor import Actor, Standing
from advocacy.access.schema import GroupKind
from advocacy.accounts import actions as accounts
from advocacy.accounts import queries as attempts
from advocacy.accounts.rules import hash_password, is_password
from advocacy.audit import actions as audit
from advocacy.audit.rules import Event
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid
from advocacy.organisations import queries as organisations
from advocacy.shares import queries, rules
from advocacy.shares.rules import NewShare
from advocacy.shares.schema import Share, ShareOpening

_COORDINATING = (Standing.COORDINATOR, Standing.CO_COORDINATOR)


def issue(session: Session, actor: Actor, *, workspace_id: UUID, new: NewShare) -> tuple[UUID, str]:
    """Make a link: its id, and its token, which is known this once. Raises Denied, Invalid."""
    policy.require(actor, "donor-page:publish", policy.About(workspace_id=workspace_id))
    Invalid.unless_empty(rules.faults(new))
    space = organisations.workspace_by_id(session, actor, workspace_id)
    share_id, until = new_id(), actor.now + timedelta(days=new.days)
    about = {
        "share": str(share_id),
        "workspace": str(workspace_id),
        "name": space.name,
        "zone": space.zone,
        "group": str(organisations.group(session, workspace_id, GroupKind.DONORS)),
        "width": new.width,
        "view": dict(new.view),
        "password": hash_password(new.password) if new.password else "",
    }
    token = bearer.issue(session, rules.LINK, about, now=actor.now, until=until)
    who = audience.intern(session, _answerable(session, actor, workspace_id))
    made = Share(
        id=share_id,
        organisation_id=actor.must_organisation(),
        audience_id=who,
        own_audience_id=who,
        workspace_id=workspace_id,
        label=new.label.strip(),
        width=new.width,
        view=dict(new.view),
        has_password=bool(new.password),
        bearer_id=queries.held(session, token, now=actor.now).id,
        until_at=until,
        ended_at=None,
        created_at=actor.now,
        person_id=actor.person_id,
    )
    session.add(made)
    session.flush()
    _record(session, actor, made, rules.Issued(width=new.width, days=new.days))
    return share_id, token


def _answerable(session: Session, actor: Actor, workspace_id: UUID) -> set[UUID]:
    """Who sees that there is such a link: the organisations that coordinate the workspace."""
    rows = organisations.organisations(session, actor, workspace_id=workspace_id)
    return {row.id for row in rows if row.standing in _COORDINATING} | {actor.must_organisation()}


def end(session: Session, actor: Actor, share_id: UUID) -> UUID:
    """End a link at once, also for who has it open; returns its workspace. Twice is as once.

    Raises: NotFound; Denied.
    """
    of = queries.share(session, actor, share_id)
    if of.ended_at is None:
        bearer.revoke(session, now=actor.now, bearer=of.bearer_id)
        of.ended_at = actor.now
        session.flush()
        _record(session, actor, of, rules.Ended())
    return of.workspace_id


def end_all(session: Session, actor: Actor, *, workspace_id: UUID) -> int:
    """End all links of a workspace that are not ended; returns how many. Raises Denied."""
    policy.require(actor, "donor-page:publish", policy.About(workspace_id=workspace_id))
    query = select(Share.id).where(Share.workspace_id == workspace_id, Share.ended_at.is_(None))
    found = session.scalars(query).all()
    for share_id in found:
        end(session, actor, share_id)
    return len(found)


def renew(
    session: Session, actor: Actor, share_id: UUID, *, days: int = rules.DAYS
) -> tuple[UUID, str]:
    """Give the same view another link; the one before ends. Returns its workspace and its token.

    Raises: NotFound; Denied; Invalid.
    """
    of = queries.share(session, actor, share_id)
    Invalid.unless_empty(rules.days_faults(days))
    about = bearer.about(session, of.bearer_id)
    bearer.revoke(session, now=actor.now, bearer=of.bearer_id)
    until = actor.now + timedelta(days=days)
    token = bearer.issue(session, rules.LINK, about, now=actor.now, until=until)
    of.bearer_id = queries.held(session, token, now=actor.now).id
    of.until_at, of.ended_at = until, None
    session.flush()
    _record(session, actor, of, rules.Renewed(days=days))
    return of.workspace_id, token


def enter(
    session: Session, actor: Actor, *, token: str, password: str, keys: tuple[str, ...]
) -> str | None:
    """Open a link: the pass for its page; None when the password is not right.

    keys: what a wrong password is counted under. The page lasts a few hours, and as long as the
    link. Raises: NotFound for a link that is over; TooMany after many wrong passwords.
    """
    found = queries.held(session, token, now=actor.now)
    secret = str(found.about["password"])
    if secret:
        attempts.unless_too_many(session, keys=keys, now=actor.now)
        if not is_password(secret, password):
            accounts.count(session, keys, now=actor.now)
            return None
    session.add(ShareOpening(id=new_id(), share_id=UUID(found.about["share"]), at=actor.now))
    session.flush()
    about: dict[str, Any] = {k: v for k, v in found.about.items() if k != "password"}
    until = min(found.until, actor.now + rules.PASS_FOR)
    about |= {"link": str(found.id)}
    return bearer.issue(session, rules.PASS, about, now=actor.now, until=until)


def _record(session: Session, actor: Actor, of: Share, event: Event) -> None:
    audit.record(session, actor, event, book=f"share:{of.id}", about=of.id)
