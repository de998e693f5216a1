"""What an organisation has to say about the ends and the reversals that others spoke of."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, case, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor
from advocacy.asks.rules import Kind
from advocacy.asks.schema import Ask, AskAct, Axis, Progress
from advocacy.closings.rules import End
from advocacy.ground.reasons import Reason
from advocacy.organisations.rows import Task
from advocacy.recommendations.schema import Recommendation
from advocacy.steps import rules

_MOST_TASKS = 20
_TOLD_FOR = timedelta(days=60)
_x: Any = AskAct.__table__.c
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
    found = [_task(actor, row, row.kind) for row in rows if _may(actor, row)]
    return found + _unproven(session, actor)


def _allows(actor: Actor, action: str, **about: Any) -> bool:
    return policy.allows(actor, action, policy.About(**about))


def _may(actor: Actor, row: Any) -> bool:
    if row.kind == "close":
        own = row.organisation_id
        return _allows(actor, "ask:close", organisation_id=own, workspace_id=row.workspace_id)
    return _allows(actor, "ask:confirm", workspace_id=row.workspace_id)


def _unproven(session: Session, actor: Actor) -> list[Task]:
    """Reports whose confirmation fell with their only evidence: told to who reported it and to who
    confirmed it, until one of them goes on. Invariant 2 of recommendations.md."""
    since = actor.now - _TOLD_FOR
    query = (
        select(_x.ask_id, _a.recommendation_id, _r.title)
        .select_from(AskAct.__table__)
        .join(Ask.__table__, _a.id == _x.ask_id)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(_x.kind == Kind.WITHDRAW_EVIDENCE.value, _x.recorded_at > since)
        .where(_a.progress == Progress.CLAIMED.value)
        .where(*(guard.sentence(of.audience_id, actor) for of in (_x, _a, _r)))
        .order_by(_x.recorded_at, _x.id)
        .limit(_MOST_TASKS)
    )
    rows = {row.ask_id: row for row in session.execute(query)}
    said: dict[UUID, list[Any]] = {ask_id: [] for ask_id in rows}
    for act in session.execute(_progress_of(actor, list(rows))) if rows else ():
        said[act.ask_id].append(act)
    told = {ask_id: rules.fallen(acts, actor.organisation_id) for ask_id, acts in said.items()}
    return [_task(actor, rows[ask_id], kind) for ask_id, kind in told.items() if kind]


def _progress_of(actor: Actor, ask_ids: list[UUID]) -> Any:
    return (
        select(_x.id, _x.previous_id, _x.ask_id, _x.kind, _x.value, _x.organisation_id)
        .where(_x.ask_id.in_(ask_ids), _x.axis == Axis.PROGRESS.value)
        .where(guard.sentence(_x.audience_id, actor))
    )


def _task(actor: Actor, row: Any, kind: str) -> Task:
    return Task(
        kind="confirm",
        reason=Reason(f"recommendations.task-{kind}"),
        title=row.title,
        endpoint="recommendations.detail",
        arguments={"recommendation_id": row.recommendation_id},
        organisation_id=actor.must_organisation(),
    )
