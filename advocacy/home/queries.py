"""Put the rooms' tasks together, the soonest first."""

import json
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import String, bindparam, cast, literal, or_, select, union_all
from sqlalchemy.orm import Session

from advocacy.access import bearer, guard
from advocacy.access.actor import Actor, Standing
from advocacy.amendments import queries as amendments
from advocacy.asks.rules import Kind
from advocacy.asks.schema import Ask, AskAct, Axis
from advocacy.calendars import queries as calendars
from advocacy.calendars.rules import Calendar
from advocacy.commitments import queries as commitments
from advocacy.dues import queries as dues
from advocacy.grants import queries as grants
from advocacy.ground.base import Instant
from advocacy.handovers import queries as handovers
from advocacy.home.rows import MovedRow
from advocacy.milestones import queries as milestones
from advocacy.objections import queries as objections
from advocacy.organisations.rows import Task
from advocacy.outcomes import queries as outcomes
from advocacy.positions import queries as positions
from advocacy.positions.schema import Position, Stage, StageAct
from advocacy.proposals import queries as proposals
from advocacy.raisings import queries as raisings
from advocacy.recommendations import queries as recommendations
from advocacy.recommendations.schema import Recommendation
from advocacy.reviews import queries as reviews
from advocacy.setbacks import queries as setbacks
from advocacy.sharing import queries as sharing
from advocacy.steps import queries as steps
from advocacy.talks import queries as talks
from advocacy.tallies import queries as tallies
from advocacy.threats.schema import FieldClass, Threat, ThreatVersion, What
from advocacy.windows import queries as windows

MOST_MOVED = 5
LONGEST, SHORTEST = timedelta(days=7), timedelta(days=1)
_NEVER = datetime.max.replace(tzinfo=UTC)


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Everything that needs the organisation acted for, the soonest first."""
    rooms = (
        tallies,
        objections,
        positions,
        amendments,
        recommendations,
        steps,
        reviews,
        proposals,
        talks,
        sharing,
        handovers,
        outcomes,
        setbacks,
        raisings,
        milestones,
        commitments,
        dues,
        windows,
        grants,
    )
    found = [task for room in rooms for task in room.tasks(session, actor)]
    return sorted(dues.without_put_off(session, actor, found), key=_due)


def calendar_of(session: Session, actor: Actor) -> dict[UUID, Calendar]:
    """The calendars that the days of one's tasks are counted in, by workspace."""
    return calendars.several(session, actor, sorted(i for i, _standing in actor.memberships))


def _due(task: Task) -> datetime:
    if task.due_at is not None:
        return task.due_at
    return datetime.combine(task.due_on, time(23, 59), UTC) if task.due_on else _NEVER


# --- what moved since one was last here ----------------------------------------------------------


def since(session: Session, actor: Actor, bearer_id: UUID) -> datetime:
    """When this person was last here before this session began.

    A week ago at the most, and yesterday at the least: who looked this morning still reads what
    moved today. Whole days, so that the same question is asked all day.
    """
    today = actor.now.replace(hour=0, minute=0, second=0, microsecond=0)
    before = bearer.last_use(session, "session", actor.person_id, before=bearer_id)
    return min(max(before or today - LONGEST, today - LONGEST), today - SHORTEST)


def _moved() -> Any:
    """One question for the three: threats, texts and recommendations, by others than oneself."""
    parts = [_of_threats(), _of_positions(), _of_asks()]
    every = union_all(*(select(part.subquery()) for part in parts)).subquery()
    return select(every).order_by(every.c.at.desc(), every.c.id).limit(MOST_MOVED)


def _lately(at: Any, person: Any) -> tuple[Any, ...]:
    me = bindparam("me", type_=person.type)
    others = or_(person.is_(None), person != me)
    return at > bindparam("since", type_=Instant()), others


def _here(column: Any) -> Any:
    return column.in_(bindparam("spaces", expanding=True))


def _of_threats() -> Any:
    """New ones, closed ones, and those that got worse or better. In the class all of them read."""
    t, v = Threat.__table__.c, ThreatVersion.__table__.c
    changes = cast(v.changes, String)
    moves = [changes.contains(f'"{name}"') for name in ("severity", "trend")]
    shown = (What.REPORTED.value, What.CLOSED.value, What.REOPENED.value)
    return (
        select(
            literal("threat").label("kind"),
            t.id,
            t.title,
            v.what,
            changes.label("changes"),
            v.at,
        )
        .select_from(Threat.__table__.join(ThreatVersion.__table__, v.threat_id == t.id))
        .where(_here(t.workspace_id), *_lately(v.at, v.person_id))
        .where(v.field_class == FieldClass.SAFE.value)
        .where(or_(v.what.in_(shown), *moves))
        .where(guard.readers(t.audience_id), guard.readers(v.audience_id))
        .order_by(v.at.desc(), t.id)
        .limit(MOST_MOVED)
    )


# A text that is begun is told to nobody. Named one by one: the index begins with the stage.
_TOLD = [stage.value for stage in Stage if stage != Stage.DRAFTING]


def _of_positions() -> Any:
    p, s = Position.__table__.c, StageAct.__table__.c
    return (
        select(
            literal("position").label("kind"),
            p.id,
            p.title,
            s.stage.label("what"),
            literal("").label("changes"),
            s.recorded_at.label("at"),
        )
        .select_from(Position.__table__.join(StageAct.__table__, s.position_id == p.id))
        .where(_here(p.workspace_id), *_lately(s.recorded_at, s.person_id))
        .where(s.stage.in_(_TOLD), s.stage == p.stage)
        .where(guard.readers(p.audience_id), guard.readers(s.audience_id))
        .order_by(s.recorded_at.desc(), p.id)
        .limit(MOST_MOVED)
    )


def _of_asks() -> Any:
    """Done, or undone again: only what a second organisation has confirmed."""
    a, x, r = Ask.__table__.c, AskAct.__table__.c, Recommendation.__table__.c
    tables = Ask.__table__.join(AskAct.__table__, x.ask_id == a.id)
    return (
        select(
            literal("recommendation").label("kind"),
            r.id,
            r.title,
            x.value.label("what"),
            literal("").label("changes"),
            x.recorded_at.label("at"),
        )
        .select_from(tables.join(Recommendation.__table__, r.id == a.recommendation_id))
        .where(_here(a.workspace_id), *_lately(x.recorded_at, x.person_id))
        .where(x.axis == Axis.PROGRESS.value, x.value == a.progress)
        .where(x.kind.in_((Kind.VERIFY.value, Kind.CONFIRM_REVERSE.value)))
        .where(*(guard.readers(of.audience_id) for of in (a, x, r)))
        .order_by(x.recorded_at.desc(), r.id)
        .limit(MOST_MOVED)
    )


_MOVED = _moved()


def moved(session: Session, actor: Actor, *, after: datetime) -> list[MovedRow]:
    """What others moved since then, the newest first. Donors read of it on their own page."""
    spaces = sorted(i for i, standing in actor.memberships if standing != Standing.DONOR)
    if not spaces:
        return []
    rows = guard.ask(session, actor, _MOVED, spaces=spaces, since=after, me=actor.person_id)
    return [
        MovedRow(r.kind, r.id, r.title, r.what, json.loads(r.changes or "{}"), r.at) for r in rows
    ]
