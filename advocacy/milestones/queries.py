"""Milestones of asks, as far as the reader may see."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor, Standing
from advocacy.asks.rules import CLOSED, SOON_DAYS, Progress
from advocacy.asks.schema import Ask
from advocacy.deadlines.rules import last_day
from advocacy.ground import acts
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.milestones.rows import DueMilestone, MilestoneRow
from advocacy.milestones.schema import Milestone, State
from advocacy.organisations.rows import Task
from advocacy.recommendations.schema import Recommendation

_MOST, _MOST_TASKS = 100, 20
_WORKING = (Standing.COORDINATOR, Standing.CO_COORDINATOR, Standing.MEMBER)
_OVER = sorted({p.value for p in CLOSED} | {Progress.IMPLEMENTED.value})
_m: Any = Milestone.__table__
_later: Any = _m.alias("later")
_a: Any = Ask.__table__.c
_r: Any = Recommendation.__table__.c


def _rows(found: Iterable[Milestone]) -> list[MilestoneRow]:
    last = acts.heads(found)
    last.sort(key=lambda one: (one.due_on, one.text, str(one.milestone_id)))
    return [
        MilestoneRow(
            id=one.milestone_id,
            act_id=one.id,
            ask_id=one.ask_id,
            text=one.text,
            due_on=one.due_on,
            due_precision=one.due_precision,
            state=one.state,
            reached_on=one.effective_on if one.state == State.REACHED else None,
        )
        for one in last
    ]


def of_asks(
    session: Session, actor: Actor, ask_ids: Iterable[UUID]
) -> dict[UUID, list[MilestoneRow]]:
    """The milestones of these asks by date; dropped ones are left out."""
    wanted = list(ask_ids)
    query = select(Milestone).where(Milestone.ask_id.in_(wanted))
    found: dict[UUID, list[MilestoneRow]] = {}
    for row in _rows(session.scalars(query)) if wanted else ():
        if row.state != State.DROPPED:
            found.setdefault(row.ask_id, []).append(row)
    return found


def milestone(session: Session, actor: Actor, milestone_id: UUID) -> MilestoneRow:
    """One milestone. Raises NotFound."""
    query = select(Milestone).where(Milestone.milestone_id == milestone_id)
    found = _rows(session.scalars(query))
    if not found:
        raise NotFound
    return found[0]


# --- what is due ---------------------------------------------------------------------------------


def _coming() -> Any:
    """Milestones that are open and not far off, of asks that the reader's organisation has a part
    in: it follows them up, or leads what nobody follows up, or was asked."""
    us = bindparam(guard.READER, type_=_a.minder_id.type)
    leads = and_(_a.minder_id.is_(None), _a.organisation_id == us)
    later = select(_later.c.id).where(
        _later.c.previous_id == _m.c.id, guard.readers(_later.c.audience_id)
    )
    columns = (_m.c.milestone_id, _m.c.ask_id, _m.c.text, _m.c.due_on, _m.c.due_precision)
    more = (_a.recommendation_id, _a.workspace_id, _a.addressee, _r.title, _r.language)
    return (
        select(*columns, *more)
        .select_from(_m.join(Ask.__table__, _a.id == _m.c.ask_id))
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(_a.workspace_id.in_(bindparam("spaces", expanding=True)), _a.progress.not_in(_OVER))
        .where(or_(_a.minder_id == us, leads, _a.addressed_id == us))
        .where(_m.c.state == State.OPEN.value, ~later.exists())
        # Not after its last day either: that one is never before the date itself.
        .where(_m.c.due_on <= bindparam("soon", type_=_m.c.due_on.type))
        .where(*(guard.readers(one.audience_id) for one in (_m.c, _a, _r)))
        .order_by(_m.c.due_on, _m.c.milestone_id)
        .limit(_MOST)
    )


_COMING = _coming()


def coming(session: Session, actor: Actor, *, spaces: list[UUID], on: date) -> list[DueMilestone]:
    """Open milestones that are late on a day or due within two weeks, the longest due first."""
    soon = on + timedelta(days=SOON_DAYS)
    found = [
        DueMilestone(
            id=row.milestone_id,
            ask_id=row.ask_id,
            workspace_id=row.workspace_id,
            text=row.text,
            last_on=last_day(row.due_on, row.due_precision),
            addressee=row.addressee,
            title=row.title,
            language=row.language,
        )
        for row in guard.ask(session, actor, _COMING, spaces=spaces, soon=soon)
    ]
    near = [one for one in found if one.last_on <= soon]
    return sorted(near, key=lambda one: (one.last_on, str(one.id)))


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Milestones that are late or near, for those who may say that one is reached."""
    us = actor.organisation_id
    spaces = sorted(i for i, standing in actor.memberships if standing in _WORKING)
    spaces = [i for i in spaces if policy.allows(actor, "ask:record", policy.About(us, i))]
    if us is None or not spaces:
        return []
    on = actor.now.date()
    return [
        Task(
            kind="late",
            reason=Reason(
                "milestones.task-late" if one.last_on < on else "milestones.task-soon",
                facts={"title": one.title},
            ),
            title=one.text,
            endpoint="milestones.milestones",
            arguments={"ask_id": one.ask_id},
            organisation_id=us,
            due_on=one.last_on,
        )
        for one in coming(session, actor, spaces=spaces, on=on)[:_MOST_TASKS]
    ]
