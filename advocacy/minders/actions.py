"""Say who follows up what an institution is asked from now on."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.ground import acts
from advocacy.ground.errors import Denied, Invalid
from advocacy.ground.reasons import Reason
from advocacy.institutions import queries as institutions
from advocacy.minders import queries, rules
from advocacy.minders.schema import DefaultMinder


def mind(
    session: Session,
    actor: Actor,
    *,
    institution_id: UUID,
    minder_id: UUID | None,
    note: str,
    after: UUID | None,
) -> DefaultMinder:
    """Let an organisation follow up new asks to an institution; None takes that back.

    Who reads what is not asked here, so nobody learns it. after: the last that was said of it.
    Raises: NotFound; Denied for all but who added the institution and coordinators; Invalid;
    Conflict.
    """
    of = institutions.held(session, institution_id)
    if not queries.may_set(actor, of):
        raise Denied(Reason("access.denied", facts={"permission": "recommendation:edit"}))
    found = rules.faults(note)
    known = {row.id for row in queries.offered(session, actor, of.workspace_id)}
    if minder_id is not None and (minder_id not in known or minder_id == of.member_id):
        found.append(Reason("form.choice", "minder"))
    Invalid.unless_empty(found)
    made = DefaultMinder(
        **acts.stamp(actor),
        audience_id=of.audience_id,
        own_audience_id=of.audience_id,
        institution_id=of.id,
        minder_id=minder_id,
        note=note.strip(),
    )
    acts.append(session, made, after=after)
    event = rules.Minded(ended=minder_id is None)
    audit.record(session, actor, event, book=f"institution:{of.id}", about=of.id)
    return made
