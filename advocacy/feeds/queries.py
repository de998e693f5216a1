"""One's own feeds, and what an address opens."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from advocacy.access import bearer, guard
from advocacy.access.actor import Actor
from advocacy.accounts import queries as accounts
from advocacy.asks.rules import CLOSED, DONE, last_day
from advocacy.asks.schema import Ask
from advocacy.deadlines.rules import ONGOING
from advocacy.feeds import rules
from advocacy.feeds.rows import DueDay, FeedRow, Opened
from advocacy.feeds.schema import Feed
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.recommendations.schema import Recommendation

_MOST_DAYS = 500
_OVER = sorted(p.value for p in DONE | CLOSED)
_a: Any = Ask.__table__.c
_r: Any = Recommendation.__table__.c


def mine(session: Session, actor: Actor, *, workspace_id: UUID) -> list[FeedRow]:
    """The actor's own feeds, those that are over among them, the newest first."""
    query = (
        select(Feed)
        .where(Feed.workspace_id == workspace_id, Feed.person_id == actor.person_id)
        .where(Feed.organisation_id == actor.organisation_id)
        .order_by(Feed.created_at.desc(), Feed.id)
    )
    return [
        FeedRow(
            id=row.id,
            what=row.what,
            with_titles=row.with_titles,
            created_at=row.created_at,
            until_at=row.until_at,
            state="ended" if row.ended_at else "open" if row.until_at > actor.now else "over",
        )
        for row in session.scalars(query)
    ]


def feed(session: Session, actor: Actor, feed_id: UUID) -> Feed:
    """One of the actor's own. Raises NotFound, also for another person's."""
    found = session.get(Feed, feed_id)
    if found is None or found.person_id != actor.person_id:
        raise NotFound
    return found


def opened(session: Session, token: str) -> Opened:
    """What an address opens now, and as whom it reads. Raises NotFound: ended, over, never made,
    and of somebody who left the organisation, the workspace or the product."""
    now = guard.actor_of(session).now
    found = bearer.look(session, rules.FEED, token, now=now)
    person = accounts.by_id(session, found.person_id) if found.person_id else None
    if person is None or not person.is_active:
        raise NotFound
    about = found.about
    holding = UUID(about["holding"]) if about["holding"] else None
    reader, _ways = organisations.actor_for(
        session, person_id=person.id, name=person.name, holding_id=holding, now=now
    )
    space = UUID(about["workspace"])
    is_theirs = reader.organisation_id == UUID(about["organisation"])
    if not is_theirs or space not in {one for one, _standing in reader.memberships}:
        raise NotFound
    return Opened(reader, space, about["what"], bool(about["titles"]))


def due_days(session: Session, actor: Actor, *, workspace_id: UUID) -> list[DueDay]:
    """Last days of open asks that the actor's organisation leads, follows up or was asked, the
    soonest first."""
    us = actor.organisation_id
    query = (
        select(_a.id, _a.recommendation_id, _r.title, _a.due_on, _a.due_precision)
        .add_columns(_a.addressed_id)
        .select_from(Ask.__table__)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(_a.workspace_id == workspace_id, _a.due_on.is_not(None), _a.progress.not_in(_OVER))
        .where(or_(_a.organisation_id == us, _a.minder_id == us, _a.addressed_id == us))
        .where(guard.sentence(_a.audience_id, actor), guard.sentence(_r.audience_id, actor))
        .order_by(_a.due_on, _a.id)
        .limit(_MOST_DAYS)
    )
    return [
        DueDay(
            ask_id=row.id,
            recommendation_id=row.recommendation_id,
            title=row.title,
            day=last_day(row.due_on, row.due_precision),
            is_asked=row.addressed_id == us,
            goes_on=row.due_precision in ONGOING,
        )
        for row in session.execute(query)
    ]
