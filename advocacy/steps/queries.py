"""What an organisation has to say about the ends and the reversals that others spoke of."""

from typing import Any

from sqlalchemy import and_, bindparam, case, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor
from advocacy.asks.schema import Ask, Progress
from advocacy.closings.rules import End
from advocacy.ground.reasons import Reason
from advocacy.organisations.rows import Task
from advocacy.recommendations.schema import Recommendation

_MOST_TASKS = 20
_a: Any = Ask.__table__.c
_r: Any = Recommendation.__table__.c


def _waiting() -> Any:
    """Reversals that wait for a second organisation, and ends that wait for the other of two."""
    us = bindparam(guard.READER, type_=_a.organisation_id.type)
    here = _a.workspace_id.in_(bindparam("spaces", expanding=True))
    reversal = and_(_a.progress == Progress.REGRESSED.value, _a.alleged_by != us)
    spaces = _a.workspace_id.in_(bindparam("coordinates", expanding=True))
    close = and_(
        _a.closing_to == End.UNMET.value,
        _a.closing_by != us,
        # The other of the two: the lead where a coordinator proposed it, else a coordinator.
        or_(_a.organisation_id == us, and_(spaces, _a.closing_by == _a.organisation_id)),
    )
    return (
        select(
            _a.id,
            _a.workspace_id,
            _a.organisation_id,
            _a.recommendation_id,
            _r.title,
            case((close, "close"), else_="reversal").label("kind"),
        )
        .select_from(Ask.__table__)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        # Said of each of the two, so that each is found by its own index: both are rare.
        .where(or_(and_(here, reversal), and_(here, close)))
        .where(guard.readers(_a.audience_id), guard.readers(_r.audience_id))
        .order_by(_a.touched_on, _a.id)
        .limit(_MOST_TASKS)
    )


_WAITING = _waiting()


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Ends to agree to, and reversals to confirm, for those whose seat may do so."""
    if actor.organisation_id is None:
        return []
    spaces = sorted(workspace_id for workspace_id, _ in actor.memberships)
    coordinates = [one for one in spaces if _allows(actor, "ask:close", workspace_id=one)]
    rows = guard.ask(session, actor, _WAITING, spaces=spaces, coordinates=coordinates)
    return [_task(actor, row) for row in rows if _may(actor, row)]


def _allows(actor: Actor, action: str, **about: Any) -> bool:
    return policy.allows(actor, action, policy.About(**about))


def _may(actor: Actor, row: Any) -> bool:
    if row.kind == "close":
        own = row.organisation_id
        return _allows(actor, "ask:close", organisation_id=own, workspace_id=row.workspace_id)
    return _allows(actor, "ask:confirm", workspace_id=row.workspace_id)


def _task(actor: Actor, row: Any) -> Task:
    return Task(
        kind="confirm",
        reason=Reason(f"recommendations.task-{row.kind}"),
        title=row.title,
        endpoint="recommendations.detail",
        arguments={"recommendation_id": row.recommendation_id},
        organisation_id=actor.must_organisation(),
    )
