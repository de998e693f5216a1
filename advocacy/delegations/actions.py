"""Lend one's own signature for a time, and take it back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.delegations import queries, rules
from advocacy.delegations.rows import State
from advocacy.delegations.rules import Terms
from advocacy.delegations.schema import Delegation
from advocacy.ground.acts import append, stamp
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.organisations import actions as seats
from advocacy.organisations import queries as organisations


def give(session: Session, actor: Actor, terms: Terms) -> Delegation:
    """Let a colleague act in the actor's place, between two instants.

    Raises: Denied for who signs by no seat of their own (a delegate lends nothing on); Invalid.
    """
    policy.require(actor, "delegation:give", policy.About(organisation_id=actor.organisation_id))
    organisation_id = actor.must_organisation()
    people = {row.person_id for row in organisations.seat_holders(session, actor)}
    Invalid.unless_empty(
        rules.faults(
            terms,
            principal_id=actor.person_id,
            people=people,
            mandated=queries.mandated(session, organisation_id, now=actor.now),
            standing=queries.delegations(session, actor),
            now=actor.now,
        )
    )
    holding = seats.lend(
        session,
        actor,
        kind=terms.scope,
        person_id=terms.delegate_id,
        from_at=max(terms.from_at, actor.now),
        until_at=terms.until_at,
    )
    made = _act(session, actor, holding.id, actor.person_id, terms, after=None)
    event = rules.Given(
        scope=terms.scope, delegate=str(terms.delegate_id), until=terms.until_at.isoformat()
    )
    book = f"organisation:{organisation_id}"
    audit.record(session, actor, event, book=book, about=made.id)
    return made


def _act(
    session: Session,
    actor: Actor,
    holding_id: UUID,
    principal_id: UUID | None,
    terms: Terms,
    *,
    after: UUID | None,
) -> Delegation:
    own = audience.intern(session, {actor.must_organisation()})
    act = Delegation(
        id=new_id(),
        **stamp(actor),
        audience_id=own,
        own_audience_id=own,
        holding_id=holding_id,
        principal_id=principal_id,
        delegate_id=terms.delegate_id,
        scope=terms.scope,
        from_at=max(terms.from_at, actor.now) if after is None else terms.from_at,
        until_at=terms.until_at,
    )
    return append(session, act, after=after)


def end(session: Session, actor: Actor, delegation_id: UUID, *, after: UUID) -> None:
    """Take back what was lent, at once. after: its last act as the page showed it.

    Raises: NotFound; Denied; Conflict when it has ended, or changed since.
    """
    row = queries.delegation(session, actor, delegation_id)
    policy.require(actor, "delegation:end", policy.About(organisation_id=actor.organisation_id))
    if row.state is State.OVER:
        raise Conflict(Reason("delegations.ended-already"))
    if row.head_id != after:
        raise Conflict(Reason("acts.stale"))
    at: datetime = actor.now
    terms = Terms(row.delegate_id, row.scope, row.from_at, at)
    _act(session, actor, row.holding_id, row.principal_id, terms, after=after)
    seats.end_at(session, actor, holding_id=row.holding_id, at=at)
    event = rules.Ended(delegate=str(row.delegate_id))
    book = f"organisation:{actor.must_organisation()}"
    audit.record(session, actor, event, book=book, about=row.id)
