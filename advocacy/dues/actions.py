"""Put an ask off, take that back; queue the digests that are due."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.asks import queries as asks
from advocacy.asks.rules import Ask
from advocacy.audit import actions as audit
from advocacy.dues import queries, rules
from advocacy.dues.schema import DueMail, Snooze
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.outbox import actions as outbox


def snooze(
    session: Session,
    actor: Actor,
    *,
    ask_id: UUID,
    until_on: date | None,
    reason: str,
    after: UUID | None,
) -> Snooze:
    """Hear nothing of an ask for a while. after: the last such step of one's organisation.

    Raises: NotFound; Denied for all but members; Invalid; Conflict.
    """
    ask = asks.ask(session, actor, ask_id)
    policy.require(actor, "ask:record", policy.About(workspace_id=ask.workspace_id))
    today = asks.today(session, actor, ask.workspace_id)
    Invalid.unless_empty(rules.faults(until_on, reason, today=today))
    return _say(session, actor, ask, until_on, reason.strip(), after)


def wake(session: Session, actor: Actor, *, ask_id: UUID, after: UUID) -> Snooze:
    """Hear of it again from now on. Raises: NotFound; Denied; Conflict."""
    ask = asks.ask(session, actor, ask_id)
    policy.require(actor, "ask:record", policy.About(workspace_id=ask.workspace_id))
    last = queries.last(session, actor, ask_id)
    if last is None or last.id != after or last.until_on is None:
        raise Conflict(Reason("acts.stale"))
    return _say(session, actor, ask, None, "", after)


def _say(
    session: Session,
    actor: Actor,
    ask: Ask,
    until_on: date | None,
    reason: str,
    after: UUID | None,
) -> Snooze:
    own = audience.intern(session, {actor.must_organisation(), ask.organisation_id})
    made = Snooze(
        **acts.stamp(actor),
        audience_id=audience.meet(session, ask.audience_id, own, now=actor.now),
        own_audience_id=own,
        ask_id=ask.id,
        until_on=until_on,
        reason=reason,
    )
    acts.append(session, made, after=after)
    event = rules.PutOff(ask=str(ask.id)) if until_on else rules.TakenUp(ask=str(ask.id))
    audit.record(session, actor, event, book=f"ask:{ask.id}", about=ask.id)
    return made


def follow(session: Session, actor: Actor, *, recommendation_id: UUID) -> None:
    """Let what was put off be read by none who cannot read its ask, after that changed."""
    query = (
        select(Snooze)
        .join(Ask, Ask.id == Snooze.ask_id)
        .where(Ask.recommendation_id == recommendation_id)
    )
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        for row in session.scalars(query).all():
            ask = session.get_one(Ask, row.ask_id)
            own = row.own_audience_id
            row.audience_id = audience.meet(session, ask.audience_id, own, now=actor.now)
        session.flush()


def queue_due(session: Session) -> int:
    """Work out the digests of the week, once for each person; returns how many mails are to go.

    For the worker, whose session acts for nobody.
    """
    queued, now = 0, guard.actor_of(session).now
    for one in queries.due_digests(session):
        with guard.system(session, guard.System.WORKER):
            own = audience.intern(session, {one.organisation_id})
            mail = DueMail(
                id=new_id(),
                to_id=one.person_id,
                step=one.step,
                recorded_at=now,
                organisation_id=one.organisation_id,
                audience_id=own,
                own_audience_id=own,
            )
            session.add(mail)
            session.flush()
        if queries.told_to(session, one.reader, one.workspace_id):
            ids = {"workspace": one.workspace_id, "organisation": one.organisation_id}
            payload = {name: str(value) for name, value in {**ids, "person": one.person_id}.items()}
            outbox.enqueue(session, "dues.digest", payload, due_at=now)
            queued += 1
    return queued
