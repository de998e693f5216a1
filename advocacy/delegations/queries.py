"""Who may act for whom now, worked out when it is asked."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import MANDATED, Actor, Delegated
from advocacy.accounts import queries as accounts
from advocacy.delegations import rules
from advocacy.delegations.rows import DelegationRow, State
from advocacy.delegations.schema import Delegation
from advocacy.ground import acts
from advocacy.ground.errors import Denied, NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations


def delegations(session: Session, actor: Actor) -> list[DelegationRow]:
    """All that was ever lent in the actor's own organisation; what ends last comes first."""
    if actor.organisation_id is None:
        return []
    query = select(Delegation).where(Delegation.organisation_id == actor.organisation_id)
    of: dict[UUID, list[Delegation]] = {}
    for act in session.scalars(query):
        of.setdefault(act.holding_id, []).append(act)
    heads = [(its, head) for its in of.values() if (head := acts.current(its))]
    ids = {i for _its, head in heads for i in (head.principal_id, head.delegate_id)}
    names = accounts.names(session, ids)
    based = mandated(session, actor.organisation_id, now=actor.now)
    rows = [_row(its, head, names, based, actor.now) for its, head in heads]
    return sorted(rows, key=lambda row: (row.until_at, row.delegate), reverse=True)


def _row(
    its: list[Delegation], head: Any, names: dict[UUID, str], based: set[UUID], now: datetime
) -> DelegationRow:
    return DelegationRow(
        id=next(act.id for act in its if act.previous_id is None),
        head_id=head.id,
        holding_id=head.holding_id,
        scope=head.scope,
        principal_id=head.principal_id,
        principal=names.get(head.principal_id, ""),
        delegate_id=head.delegate_id,
        delegate=names.get(head.delegate_id, ""),
        from_at=head.from_at,
        until_at=head.until_at,
        state=rules.state(
            from_at=head.from_at,
            until_at=head.until_at,
            is_based=head.principal_id in based,
            now=now,
        ),
    )


def delegation(session: Session, actor: Actor, delegation_id: UUID) -> DelegationRow:
    """One of them. Raises NotFound, also for another organisation's."""
    for row in delegations(session, actor):
        if row.id == delegation_id:
            return row
    raise NotFound


def mandated(session: Session, organisation_id: UUID, *, now: datetime) -> set[UUID]:
    """People who sign for an organisation by their own seat, now."""
    found = organisations.holders(session, [organisation_id], seats=MANDATED, now=now)
    return found.get(organisation_id, set())


def vacant(session: Session, organisation_ids: Iterable[UUID], *, now: datetime) -> set[UUID]:
    """Which of these organisations nobody can sign for today: vacant, not late."""
    ids = set(organisation_ids)
    signing = (*MANDATED, *rules.SIGNING)
    return ids - set(organisations.holders(session, ids, seats=signing, now=now))


def checked(session: Session, actor: Actor) -> Actor:
    """The actor without lent seats whose principal may not sign any more.

    Asked for every request of a delegate, and costs nothing for anybody else.
    """
    if not actor.holds(*Delegated):
        return actor
    with guard.system(session, guard.System.SIGN_IN):
        standing = {
            row.scope
            for row in delegations(session, actor)
            if row.delegate_id == actor.person_id and row.state is State.STANDING
        }
    lent = set(Delegated)
    return replace(
        actor, seats=tuple(s for s in actor.seats if s[0] not in lent or s[0] in standing)
    )


def signing(session: Session, actor: Actor) -> Actor:
    """The actor with the seat that lets them sign: a lent one where they have none of their own.

    Raises: Denied, in words, for who would sign by a delegation that is over, has not begun, or is
    for comments. Who has none is left to the policy.
    """
    if actor.holds(*MANDATED):
        return actor
    mine = [row for row in delegations(session, actor) if row.delegate_id == actor.person_id]
    reason = rules.refusal(mine)
    if reason:
        raise Denied(reason)
    lent = dict(actor.seats)
    seat_id = lent.get(Delegated.PUBLIC) or lent.get(Delegated.PRIVATE) or actor.seat_id
    return replace(actor, seat_id=seat_id)


def answer_faults(
    session: Session, actor: Actor, *, outside: str, answered_by: UUID | None
) -> list[Reason]:
    """What a delegate may not answer. answered_by: who gave the answer that stands, if any."""
    if actor.holds(*MANDATED):
        return []
    own = mandated(session, actor.must_organisation(), now=actor.now)
    return rules.answer_faults(actor, outside=outside, is_by_principal=answered_by in own)


def behind(
    session: Session, actor: Actor, *, person_id: UUID | None, at: datetime
) -> DelegationRow | None:
    """The delegation by which a person signed for one's own organisation then; None without one."""
    rows = (row for row in delegations(session, actor) if row.delegate_id == person_id)
    return next(
        (row for row in rows if row.scope in rules.SIGNING and row.from_at <= at < row.until_at),
        None,
    )
