"""Make a feed, and end it."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, bearer, policy
from advocacy.access.actor import Actor
from advocacy.accounts import queries as accounts
from advocacy.audit import actions as audit
from advocacy.feeds import queries, rules
from advocacy.feeds.schema import Feed
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid


def make(
    session: Session, actor: Actor, *, workspace_id: UUID, what: str, with_titles: bool
) -> tuple[UUID, str]:
    """Make a feed: its id, and its token, which is known this once.

    Raises: Denied for those outside the workspace; Invalid.
    """
    policy.require(actor, "workspace:read", policy.About(workspace_id=workspace_id))
    person = accounts.person(session, actor)
    known = queries.mine(session, actor, workspace_id=workspace_id)
    Invalid.unless_empty(rules.faults(what, sum(row.state == "open" for row in known)))
    us, feed_id = actor.must_organisation(), new_id()
    about = {
        "workspace": str(workspace_id),
        "organisation": str(us),
        "holding": str(actor.holding_id or ""),
        "what": what,
        "titles": with_titles,
    }
    until = actor.now + rules.LIVES
    token = bearer.issue(session, rules.FEED, about, now=actor.now, until=until, person=person.id)
    own = audience.intern(session, {us})
    made = Feed(
        id=feed_id,
        organisation_id=us,
        audience_id=own,
        own_audience_id=own,
        workspace_id=workspace_id,
        person_id=person.id,
        what=what,
        with_titles=with_titles,
        bearer_id=bearer.look(session, rules.FEED, token, now=actor.now).id,
        until_at=until,
        ended_at=None,
        created_at=actor.now,
    )
    session.add(made)
    session.flush()
    audit.record(session, actor, rules.Made(what=what), book=f"feed:{feed_id}", about=feed_id)
    return feed_id, token


def end(session: Session, actor: Actor, feed_id: UUID) -> UUID:
    """End one's own feed at once; returns its workspace. Twice is as once. Raises NotFound."""
    of = queries.feed(session, actor, feed_id)
    if of.ended_at is None:
        bearer.revoke(session, now=actor.now, bearer=of.bearer_id)
        of.ended_at = actor.now
        session.flush()
        audit.record(session, actor, rules.Ended(), book=f"feed:{of.id}", about=of.id)
    return of.workspace_id
