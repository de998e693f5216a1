"""With whom asks were raised, and which are to be raised again."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor
from advocacy.asks.rows import ActRow
from advocacy.asks.rules import CLOSED, Progress
from advocacy.asks.schema import Ask
from advocacy.ground.reasons import Reason
from advocacy.organisations.rows import Task
from advocacy.raisings.rules import Raised
from advocacy.raisings.schema import Raising
from advocacy.recommendations.schema import Recommendation

_MOST_TASKS = 20
_x: Any = Raising.__table__
_later: Any = _x.alias("later")
_a: Any = Ask.__table__.c
_r: Any = Recommendation.__table__.c
_OVER = sorted({p.value for p in CLOSED} | {Progress.IMPLEMENTED.value})


def told(session: Session, actor: Actor, acts: Iterable[ActRow]) -> list[ActRow]:
    """These steps, and with those that raised an ask also with whom, and the reply."""
    listed = list(acts)
    wanted = [act.id for act in listed if act.kind == "raised"]
    rows = (
        session.scalars(select(Raising).where(Raising.act_id.in_(wanted))).all() if wanted else ()
    )
    more = {row.act_id: {"whom": row.whom, "reply": row.reply} for row in rows}
    return [
        replace(act, facts={**act.facts, **more[act.id]}) if act.id in more else act
        for act in listed
    ]


def latest(session: Session, actor: Actor, acts: Iterable[ActRow]) -> Raised:
    """What stands in the form at first: where and with whom it was raised before."""
    of = next((act.facts for act in told(session, actor, acts) if act.kind == "raised"), {})
    return Raised(forum=of.get("forum", ""), whom=of.get("whom", ""), level=of.get("level", ""))


def _again() -> Any:
    """Asks whose next date has come, and that nobody raised since."""
    us = bindparam(guard.READER, type_=_x.c.organisation_id.type)
    since = select(_later.c.id).where(
        _later.c.ask_id == _x.c.ask_id,
        _later.c.recorded_at > _x.c.recorded_at,
        guard.readers(_later.c.audience_id),
    )
    return (
        select(_x.c.ask_id, _x.c.next_on, _a.workspace_id, _r.title)
        .select_from(_x.join(Ask.__table__, _a.id == _x.c.ask_id))
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(_x.c.organisation_id == us, _x.c.next_on <= bindparam("today"))
        .where(_a.progress.not_in(_OVER), ~since.exists())
        .where(*(guard.readers(one.audience_id) for one in (_x.c, _a, _r)))
        .order_by(_x.c.next_on, _x.c.ask_id)
        .limit(_MOST_TASKS)
    )


_AGAIN = _again()


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Asks to raise again, for the organisation that said when."""
    if actor.organisation_id is None:
        return []
    rows = guard.ask(session, actor, _AGAIN, today=actor.now.date())
    return [_task(actor, row) for row in rows if _may_raise(actor, row.workspace_id)]


def _may_raise(actor: Actor, workspace_id: UUID) -> bool:
    return policy.allows(actor, "ask:record", policy.About(workspace_id=workspace_id))


def _task(actor: Actor, row: Any) -> Task:
    return Task(
        kind="check",
        reason=Reason("raisings.task-again"),
        title=row.title,
        endpoint="raisings.raising",
        arguments={"ask_id": row.ask_id},
        organisation_id=actor.must_organisation(),
        due_on=row.next_on,
    )
