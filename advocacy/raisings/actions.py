"""Note that an ask was raised."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.asks import actions as asks
from advocacy.asks.rules import Given, Kind
from advocacy.asks.schema import Ask, AskAct
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid
from advocacy.raisings import rules
from advocacy.raisings.rules import Raised
from advocacy.raisings.schema import Raising

_x: Any = Raising.__table__
_ask: Any = Ask.__table__
_acts: Any = AskAct.__table__.c


def note(session: Session, actor: Actor, *, ask_id: UUID, of: Raised, after: UUID | None) -> AskAct:
    """Note that an ask was raised. after: the last thing said of it that the doer saw.

    Raises: NotFound; Denied for all but members; Invalid; Conflict when more was said meanwhile.
    """
    Invalid.unless_empty(rules.faults(of))
    given = Given(
        text=of.words,
        effective_on=of.on,
        forum=of.forum.strip(),
        level=of.level.strip(),
        next_on=of.next_on,
    )
    act = asks.act(
        session, actor, ask_id=ask_id, kind=Kind.RAISED, to=Kind.RAISED, given=given, after=after
    )
    session.add(
        Raising(
            id=new_id(),
            organisation_id=act.organisation_id,
            audience_id=act.audience_id,
            own_audience_id=act.audience_id,
            act_id=act.id,
            ask_id=ask_id,
            whom=of.whom.strip(),
            reply=of.reply.strip(),
            next_on=of.next_on,
            recorded_at=actor.now,
        )
    )
    session.flush()
    return act


def follow(session: Session, actor: Actor, *, recommendation_id: UUID) -> None:
    """Let what was noted be read by those who read its step, after these changed."""
    asked = _x.join(_ask, _ask.c.id == _x.c.ask_id)
    mine = select(_x.c.id).select_from(asked).where(_ask.c.recommendation_id == recommendation_id)
    its = select(_acts.audience_id).where(_acts.id == _x.c.act_id).scalar_subquery()
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        session.execute(update(_x).where(_x.c.id.in_(mine)).values(audience_id=its))
