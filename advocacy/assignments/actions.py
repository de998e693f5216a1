"""Give the follow-up of asks on, to another organisation or to a person of one's own."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import ALWAYS
from advocacy.asks import queries as asks
from advocacy.asks.schema import Ask
from advocacy.assignments import queries, rules
from advocacy.assignments.schema import Focal, Minding
from advocacy.audit import actions as audit
from advocacy.evidence.queries import inside
from advocacy.ground import acts
from advocacy.ground.errors import Denied, Invalid
from advocacy.ground.reasons import Reason

Chosen = Mapping[UUID, UUID | None]
"""Asks, and for each the last hand-over that its giver saw; None = there was none."""


def hand_over(
    session: Session, actor: Actor, *, chosen: Chosen, to_id: UUID, note: str
) -> list[Minding]:
    """Let another organisation follow these asks up; all of them, or none.

    Raises: NotFound; Denied for all but who follows one up, who leads it and coordinators;
    Invalid, also where that organisation cannot read one of them; Conflict when one of them was
    handed over meanwhile.
    """
    Invalid.unless_empty(rules.faults(chosen, note))
    listed = [asks.ask(session, actor, ask_id) for ask_id in chosen]
    for ask in listed:
        asks.must_work_here(actor, ask.workspace_id)
        if not queries.may_give(actor, ask, ask.workspace_id):
            raise Denied(Reason("assignments.not-yours"))
    Invalid.unless_empty(_taker_faults(session, actor, listed, to_id))
    return [_hand_over(session, actor, ask, to_id, note, chosen[ask.id]) for ask in listed]


def _taker_faults(
    session: Session, actor: Actor, listed: list[Ask], to_id: UUID
) -> Iterable[Reason]:
    spaces = {ask.workspace_id for ask in listed}
    takers = {row.id for one in spaces for row in queries.takers(session, actor, one)}
    if to_id not in takers:
        return [Reason("form.choice", "to")]
    found = {reason: None for ask in listed for reason in rules.taker_faults(ask, to_id)}
    if any(not queries.may_choose(session, actor, ask, to_id) for ask in listed):
        # Said before anybody looks who reads it, whether or not this one does.
        return [*found, Reason("assignments.give-back", "to")]
    reads = queries.read_by(session, actor, to_id, [ask.id for ask in listed])
    unread = sum(ask.id not in reads for ask in listed)
    more = [Reason("assignments.reads-first", "to", {"count": unread})] if unread else []
    return [*found, *more]


def _hand_over(
    session: Session, actor: Actor, ask: Ask, to_id: UUID, note: str, after: UUID | None
) -> Minding:
    who = _audience(session, actor, ask, actor.must_organisation())
    made = Minding(
        **acts.stamp(actor),
        audience_id=who,
        own_audience_id=who,
        ask_id=ask.id,
        from_id=ask.minder_id,
        to_id=to_id,
        note=note.strip(),
    )
    acts.append(session, made, after=after)
    ask.minder_id = to_id
    session.flush()
    book = f"recommendation:{ask.recommendation_id}"
    event = rules.HandedOver(ask=str(ask.id))
    audit.record(session, actor, event, book=book, about=ask.recommendation_id)
    return made


def _audience(session: Session, actor: Actor, ask: Ask, by: UUID) -> UUID:
    """Those who work here and read the ask: as of every other step on it."""
    parts = inside(session, ask.workspace_id, audience.parts_of(session, ask.audience_id))
    own = audience.intern(session, parts | {(by, ALWAYS)})
    return audience.meet(session, ask.audience_id, own, now=actor.now)


def follow(session: Session, actor: Actor, *, recommendation_id: UUID) -> None:
    """Let hand-overs be read by those who read their asks, after these changed."""
    query = (
        select(Minding)
        .join(Ask, Ask.id == Minding.ask_id)
        .where(Ask.recommendation_id == recommendation_id)
    )
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        for row in session.scalars(query).all():
            ask = session.get_one(Ask, row.ask_id)
            row.audience_id = _audience(session, actor, ask, row.organisation_id)
        session.flush()


def give(
    session: Session, actor: Actor, *, chosen: Chosen, to_id: UUID | None, note: str
) -> list[Focal]:
    """Put asks that one's organisation follows up into the hands of one of its people.

    to_id: a person; None = all its focal points again. chosen: the last such step of each.
    Raises: NotFound; Denied; Invalid; Conflict when one of them moved meanwhile.
    """
    Invalid.unless_empty(rules.faults(chosen, note))
    listed = [asks.ask(session, actor, ask_id) for ask_id in chosen]
    for ask in listed:
        about = policy.About(ask.minder_id, ask.workspace_id)
        policy.require(actor, "ask:assign", about)
    if to_id is not None and to_id not in queries.people(session, actor):
        raise Invalid(Reason("form.choice", "to"))
    us = audience.intern(session, {actor.must_organisation()})
    made = []
    for ask in listed:
        row = Focal(
            **acts.stamp(actor),
            audience_id=us,
            own_audience_id=us,
            ask_id=ask.id,
            focal_id=to_id,
            note=note.strip(),
        )
        made.append(acts.append(session, row, after=chosen[ask.id]))
    return made
