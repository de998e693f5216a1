"""Say where one's name is left out."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.channels import queries, rules
from advocacy.channels.schema import Quiet
from advocacy.delegations import queries as delegations
from advocacy.ground import acts
from advocacy.ground.errors import Invalid
from advocacy.signoff import queries as signoff
from advocacy.signoff.rules import Outside


def choose(
    session: Session,
    actor: Actor,
    round_id: UUID,
    *,
    left_out: Collection[str],
    after: UUID | None,
) -> Quiet:
    """Leave the name of the actor's organisation out for these readers, and for no others.

    Works at any hour, also after the release. Leaving out more takes what lowering takes; showing
    the name to more readers takes what an answer takes. after: the choice the page was based on.
    Raises: NotFound without an answer; Denied; Invalid; Conflict when the choice changed meanwhile.
    """
    answer = signoff.must_answer(session, actor, round_id)
    round_ = signoff.round_of(session, actor, round_id)
    before = queries.mine(session, actor, round_.position_id)
    was = before.left_out if before else []
    actor = delegations.signing(session, actor)
    about = policy.About(
        organisation_id=answer.organisation_id, party_ids=frozenset({answer.organisation_id})
    )
    is_raised = rules.raises(was, left_out)
    policy.require(actor, "answer:give" if is_raised else "answer:lower", about)
    found = rules.faults(left_out)
    if is_raised:
        outside, by = Outside.NAMED, answer.person_id
        found += delegations.answer_faults(session, actor, outside=outside, answered_by=by)
    Invalid.unless_empty(found)
    own = audience.intern(session, {actor.must_organisation()})
    row = Quiet(
        **acts.stamp(actor),
        position_id=round_.position_id,
        left_out=sorted(left_out),
        audience_id=own,
        own_audience_id=own,
    )
    acts.append(session, row, after=after)
    event = rules.Chosen(round=str(round_id), left_out=row.left_out)
    audit.record(session, actor, event, book=f"organisation:{row.organisation_id}", about=row.id)
    return row
