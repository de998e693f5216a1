"""One's own record; and, for a release alone, which networks sign for their members."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.ground import acts
from advocacy.ground.errors import NotFound
from advocacy.mandates import rules
from advocacy.mandates.schema import OnBehalf
from advocacy.organisations import queries as organisations
from advocacy.signoff import queries as signoff
from advocacy.signoff.rows import RoundRow


def asked(session: Session, actor: Actor, round_id: UUID) -> RoundRow:
    """A round that asks the actor's own organisation, which is a network. Raises: NotFound."""
    round_ = signoff.round_of(session, actor, round_id)
    is_network = rules.is_network(organisations.organisation(session, actor).kind)
    if not is_network or not signoff.is_invited(session, actor, round_id):
        raise NotFound
    return round_


def mine(session: Session, actor: Actor, round_id: UUID) -> OnBehalf | None:
    """What the actor's own network recorded last in a round; None while it recorded nothing."""
    its = (OnBehalf.round_id == round_id, OnBehalf.organisation_id == actor.organisation_id)
    return acts.current(session.scalars(select(OnBehalf).where(*its)))


def since(session: Session, rounds: Collection[UUID]) -> dict[tuple[UUID, UUID], datetime]:
    """(round, network) -> since when it signs for its members there, without a break until now.

    To print a list alone: what is taken back is gone at once, and what is recorded after a list
    was made is not printed in it.
    """
    columns = (OnBehalf.id, OnBehalf.previous_id, OnBehalf.organisation_id, OnBehalf.for_members)
    query = select(*columns, OnBehalf.round_id, OnBehalf.recorded_at)
    with guard.system(session, guard.System.RELEASE):
        rows = session.execute(query.where(OnBehalf.round_id.in_(rounds))).all()
    found: dict[tuple[UUID, UUID], datetime] = {}
    by_id, followed = {row.id: row for row in rows}, {row.previous_id for row in rows}
    for head in (row for row in rows if row.id not in followed):
        at: Any = head
        while at is not None and at.for_members:
            found[head.round_id, head.organisation_id] = at.recorded_at
            at = by_id.get(at.previous_id)
    return found
