"""Say what belongs to a body, and until when."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience
from advocacy.access.actor import Actor
from advocacy.access.schema import ALWAYS
from advocacy.audit import actions as audit
from advocacy.bodies import queries, rules
from advocacy.bodies.schema import BodyPart
from advocacy.ground import acts, clock
from advocacy.ground.errors import Denied, Invalid
from advocacy.ground.reasons import Reason
from advocacy.institutions import queries as institutions
from advocacy.institutions.schema import Institution
from advocacy.minders.queries import may_set as may_edit
from advocacy.organisations import queries as organisations


def say(
    session: Session,
    actor: Actor,
    *,
    body_id: UUID,
    part_id: UUID,
    from_on: date | None,
    until_on: date | None,
    note: str,
    after: UUID | None,
) -> BodyPart:
    """Say that an institution belongs to a body from a day, or until when it did.

    after: the last that was said of the two. Raises: NotFound; Denied for all but who added the
    body and coordinators; Invalid; Conflict.
    """
    body, part = institutions.held(session, body_id), institutions.held(session, part_id)
    if not may_edit(actor, body):
        raise Denied(Reason("access.denied", facts={"permission": "recommendation:edit"}))
    space = organisations.workspace_by_id(session, actor, body.workspace_id)
    today = clock.day_in(actor.now, space.zone)
    found = rules.faults(from_on, until_on, note, today=today)
    of_part = queries.parts(session, actor, [part.id]).get(part.id, [])
    is_round = body.id == part.id or body.id in {one.part_id for one in of_part}
    if is_round or part.workspace_id != body.workspace_id:
        found.append(Reason("bodies.circle", "part"))
    Invalid.unless_empty(found)
    who = _readers(session, actor, body, part)
    made = BodyPart(
        **acts.stamp(actor),
        audience_id=who,
        own_audience_id=who,
        body_id=body.id,
        part_id=part.id,
        name=part.name,
        member_id=part.member_id,
        is_sensitive=part.is_sensitive,
        from_on=from_on,
        until_on=until_on,
        note=note.strip(),
    )
    acts.append(session, made, after=after)
    event = rules.Belongs(ended=until_on is not None)
    audit.record(session, actor, event, book=f"institution:{body.id}", about=body.id)
    return made


def _readers(session: Session, actor: Actor, body: Institution, part: Institution) -> UUID:
    """Those who know of both; and the organisation that the part is, which knows of itself, also
    where it only reads what was put to it."""
    who = audience.meet(session, body.audience_id, part.audience_id, now=actor.now)
    if part.member_id is None:
        return who
    return audience.intern(session, audience.parts_of(session, who) | {(part.member_id, ALWAYS)})
