"""Tell of a window, change what is said of it, and say what is to be raised in it."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import GroupKind
from advocacy.asks.queries import today
from advocacy.audit import actions as audit
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.organisations.queries import group
from advocacy.recommendations import queries as recommendations
from advocacy.recommendations.schema import Recommendation
from advocacy.windows import queries, rules
from advocacy.windows.rules import Said
from advocacy.windows.schema import Use, Window

_u: Any = Use.__table__
_w: Any = Window.__table__
_r: Any = Recommendation.__table__


def add(session: Session, actor: Actor, *, workspace_id: UUID, said: Said, reach: str) -> Window:
    """Tell of a window. reach: own or members; it stays so.

    Raises: Denied for all but members who write; Invalid.
    """
    policy.require(actor, "recommendation:add", policy.About(workspace_id=workspace_id))
    found = [] if reach in rules.REACHES else [Reason("form.choice", "reach")]
    found += rules.faults(said, today=today(session, actor, workspace_id))
    Invalid.unless_empty(found)
    groups = {actor.must_organisation()}
    if reach == "members":
        groups.add(group(session, workspace_id, GroupKind.MEMBERS))
    who = audience.intern(session, groups)
    return _append(session, actor, said, workspace_id, new_id(), who, after=None)


def change(
    session: Session, actor: Actor, *, window_id: UUID, said: Said, after: UUID | None
) -> Window:
    """Say it anew. after: the last act that the doer saw.

    Raises: NotFound; Denied for all but the organisation that told of it; Invalid; Conflict.
    """
    of = queries.window(session, actor, window_id)
    policy.require(actor, "recommendation:edit", policy.About(of.organisation_id, of.workspace_id))
    Invalid.unless_empty(rules.faults(said, today=today(session, actor, of.workspace_id)))
    return _append(session, actor, said, of.workspace_id, of.id, of.audience_id, after=after)


def _append(
    session: Session,
    actor: Actor,
    said: Said,
    workspace_id: UUID,
    window_id: UUID,
    who: UUID,
    *,
    after: UUID | None,
) -> Window:
    made = Window(
        id=new_id(),
        **acts.stamp(actor),
        audience_id=who,
        own_audience_id=who,
        workspace_id=workspace_id,
        window_id=window_id,
        name=said.name.strip(),
        forum=said.forum.strip(),
        begins_on=said.begins_on,
        ends_on=said.ends_on or said.begins_on,
        is_off=said.is_off,
    )
    acts.append(session, made, after=after)
    audit.record(session, actor, rules.Told(), book=f"window:{window_id}", about=made.id)
    return made


def use(session: Session, actor: Actor, *, window_id: UUID | None, recommendation_id: UUID) -> Use:
    """Say that a recommendation of one's own is to be raised in a window; twice changes nothing.

    Raises: NotFound; Denied for all but the organisation that leads it; Invalid for a window of
    another workspace, or that the doer does not see.
    """
    of = recommendations.recommendation(session, actor, recommendation_id)
    policy.require(actor, "recommendation:edit", _about(of))
    seen = queries.several(session, actor, [window_id]) if window_id else []
    if not seen or seen[0].workspace_id != of.workspace_id or seen[0].is_off:
        raise Invalid(Reason("form.choice", "window"))
    before = queries.head(session, actor, window_id=seen[0].id, recommendation_id=of.id)
    if before is not None and before.stands:
        return before
    who = audience.meet(session, seen[0].audience_id, of.audience_id, now=actor.now)
    return _say(session, actor, seen[0].id, of.id, who, before, stands=True)


def leave(session: Session, actor: Actor, use_id: UUID) -> UUID:
    """Say that it is not raised there; returns the window.

    Raises: NotFound; Denied for all but the organisation that leads the recommendation; Conflict
    when that was said before.
    """
    found = queries.use(session, actor, use_id)
    of = recommendations.recommendation(session, actor, found.recommendation_id)
    policy.require(actor, "recommendation:edit", _about(of))
    if not found.stands:
        raise Conflict(Reason("acts.stale"))
    _say(session, actor, found.window_id, of.id, found.audience_id, found, stands=False)
    return found.window_id


def _say(
    session: Session,
    actor: Actor,
    window_id: UUID,
    recommendation_id: UUID,
    who: UUID,
    before: Use | None,
    *,
    stands: bool,
) -> Use:
    made = Use(
        id=new_id(),
        **acts.stamp(actor),
        audience_id=who,
        own_audience_id=who,
        window_id=window_id,
        recommendation_id=recommendation_id,
        stands=stands,
    )
    acts.append(session, made, after=before.id if before else None)
    event = rules.Used(stands=stands)
    audit.record(session, actor, event, book=f"window:{window_id}", about=made.id)
    return made


def follow(session: Session, actor: Actor, *, recommendation_id: UUID) -> None:
    """Bring the uses of a recommendation to today's meeting of its readers and the window's.

    Call it in the transaction that changed who may see it. No reading depends on it: a use is
    shown only where both are.
    """
    query = (
        select(_u.c.id, _w.c.audience_id.label("one"), _r.c.audience_id.label("other"))
        .select_from(_u)
        .join(_w, (_w.c.window_id == _u.c.window_id) & _w.c.previous_id.is_(None))
        .join(_r, _r.c.id == _u.c.recommendation_id)
        .where(_u.c.recommendation_id == recommendation_id)
    )
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        for row in session.execute(query).all():
            who = audience.meet(session, row.one, row.other, now=actor.now)
            session.execute(update(_u).where(_u.c.id == row.id).values(audience_id=who))


def _about(of: Recommendation) -> policy.About:
    return policy.About(of.organisation_id, of.workspace_id)
