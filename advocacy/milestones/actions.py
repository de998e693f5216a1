"""Set a milestone of an ask, reach it, open it again, drop it."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import ALWAYS
from advocacy.asks import queries as asks
from advocacy.asks.schema import Ask
from advocacy.audit import actions as audit
from advocacy.evidence.queries import inside
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Denied, Invalid
from advocacy.ground.reasons import Reason
from advocacy.milestones import queries, rules
from advocacy.milestones.rules import Said
from advocacy.milestones.schema import Milestone, State

_m: Any = Milestone.__table__


def may_write(actor: Actor, of: Ask) -> bool:
    """Whether the actor sets milestones of an ask: its addressee, follow-up or lead."""
    about = policy.About(of.organisation_id, of.workspace_id)
    return bool(asks.roles_of(actor, of) & rules.WHO) and policy.allows(actor, "ask:record", about)


def must_write(actor: Actor, of: Ask) -> None:
    """Raises Denied for all but the addressee, the follow-up and the lead."""
    policy.require(actor, "ask:record", policy.About(of.organisation_id, of.workspace_id))
    if not may_write(actor, of):
        raise Denied(Reason("asks.not-yours"))


def _ask(session: Session, actor: Actor, ask_id: UUID) -> Ask:
    found = asks.ask(session, actor, ask_id)
    must_write(actor, found)
    return found


def put(session: Session, actor: Actor, *, ask_id: UUID, said: Said) -> Milestone:
    """Set one more milestone.

    Raises: NotFound; Denied for all but the addressee, the follow-up and the lead; Invalid.
    """
    of = _ask(session, actor, ask_id)
    Invalid.unless_empty(rules.faults(said, today=asks.today(session, actor, of.workspace_id)))
    return _append(session, actor, of, new_id(), said, State.OPEN, after=None)


def move(
    session: Session,
    actor: Actor,
    *,
    milestone_id: UUID,
    to: str,
    after: UUID | None,
    on: date | None = None,
) -> Milestone:
    """Reach a milestone, drop it, or open it again. on: the day it was reached, else today.

    after: the last that was said of it, as the doer saw it.
    Raises: NotFound; Denied; Invalid; Conflict when more was said meanwhile.
    """
    row = queries.milestone(session, actor, milestone_id)
    of = _ask(session, actor, row.ask_id)
    today = asks.today(session, actor, of.workspace_id)
    # What the doer saw is asked first: a step that was taken meanwhile is no wrong choice.
    is_next = after != row.act_id or to in rules.NEXT[State(row.state)]
    found = [] if is_next and to in set(State) else [Reason("form.choice", "to")]
    if on is not None and on > today:
        found.append(Reason("asks.in-future", "on"))
    Invalid.unless_empty(found)
    said = Said(row.text, row.due_on, row.due_precision)
    when = (on or today) if to == State.REACHED else None
    return _append(session, actor, of, row.id, said, State(to), after=after, on=when)


def _append(
    session: Session,
    actor: Actor,
    of: Ask,
    milestone_id: UUID,
    said: Said,
    state: State,
    *,
    after: UUID | None,
    on: date | None = None,
) -> Milestone:
    who = _readers(session, actor, of, actor.must_organisation())
    made = Milestone(
        id=new_id(),
        **acts.stamp(actor),
        effective_on=on,
        audience_id=who,
        own_audience_id=who,
        milestone_id=milestone_id,
        ask_id=of.id,
        text=said.text.strip(),
        due_on=said.due_on,
        due_precision=said.due_precision,
        state=state.value,
    )
    acts.append(session, made, after=after)
    event = rules.Told(state=state.value)
    audit.record(session, actor, event, book=f"milestone:{milestone_id}", about=made.id)
    return made


def _readers(session: Session, actor: Actor, of: Ask, by: UUID) -> UUID:
    """Those who see the ask and work here."""
    parts = inside(session, of.workspace_id, audience.parts_of(session, of.audience_id))
    own = audience.intern(session, parts | {(by, ALWAYS)})
    return audience.meet(session, of.audience_id, own, now=actor.now)


def follow(session: Session, actor: Actor, *, recommendation_id: UUID) -> None:
    """Let milestones be read by those who read their ask, after these changed."""
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        for of_asks in asks.asks_of(session, actor, [recommendation_id]).values():
            for row in of_asks:
                of = asks.ask(session, actor, row.id)
                query = select(_m.c.organisation_id).where(_m.c.ask_id == of.id).distinct()
                for by in session.execute(query).scalars().all():
                    mine = (_m.c.ask_id == of.id, _m.c.organisation_id == by)
                    who = _readers(session, actor, of, by)
                    session.execute(update(_m).where(*mine).values(audience_id=who))
