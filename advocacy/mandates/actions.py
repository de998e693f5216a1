"""Record for whom one's network signs."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.delegations import queries as delegations
from advocacy.ground import acts, clock
from advocacy.ground.errors import Invalid
from advocacy.mandates import queries, rules
from advocacy.mandates.schema import OnBehalf


def record(
    session: Session,
    actor: Actor,
    round_id: UUID,
    *,
    for_members: bool,
    mandate: str,
    decided_on: date | None,
    after: UUID | None,
) -> OnBehalf:
    """Say that the actor's network signs on behalf of its members, or for itself alone.

    after: the record that the page was based on. Raises: NotFound for what is no network, or is
    not asked; Denied; Invalid; Conflict when the record changed meanwhile.
    """
    round_ = queries.asked(session, actor, round_id)
    actor = delegations.signing(session, actor)
    own_id = actor.must_organisation()
    policy.require(actor, "answer:give", policy.About(party_ids=frozenset({own_id})))
    mandate = mandate.strip()
    Invalid.unless_empty(
        rules.faults(
            for_members=for_members,
            mandate=mandate,
            decided_on=decided_on,
            today=clock.day_in(actor.now, round_.zone),
        )
    )
    own = audience.intern(session, {own_id})
    row = OnBehalf(
        **acts.stamp(actor),
        round_id=round_id,
        for_members=for_members,
        mandate=mandate if for_members else "",
        decided_on=decided_on if for_members else None,
        audience_id=own,
        own_audience_id=own,
    )
    acts.append(session, row, after=after)
    event = rules.Recorded(round=str(round_id), for_members=for_members)
    audit.record(session, actor, event, book=f"organisation:{own_id}", about=row.id)
    return row
