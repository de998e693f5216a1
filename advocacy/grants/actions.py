"""Set, move or take away the last day of a donor."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access import audience
from advocacy.access.actor import Actor
from advocacy.access.schema import GroupKind
from advocacy.audit import actions as audit
from advocacy.grants import queries, rules
from advocacy.grants.rules import Said
from advocacy.grants.schema import GrantEnd
from advocacy.ground import clock
from advocacy.ground.acts import append, stamp
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid
from advocacy.organisations import actions as seats
from advocacy.organisations import queries as organisations


def set_end(
    session: Session, actor: Actor, *, membership_id: UUID, said: Said, after: UUID | None
) -> UUID:
    """Say until which day a donor takes part; returns its workspace.

    after: the act that the doer saw last. Who is out already is asked in anew, not moved.
    Raises: NotFound; Denied for who does not coordinate; Invalid; Conflict when it was set
    meanwhile.
    """
    space, of = queries.donor(session, actor, membership_id)
    today = clock.day_in(actor.now, space.zone)
    Invalid.unless_empty(rules.faults(said, standing=of.standing, today=today))
    # As wide as the membership itself, so that who comes to coordinate later goes on from it.
    members = organisations.group(session, space.id, GroupKind.MEMBERS)
    known_to = {actor.must_organisation(), members, of.organisation_id}
    who = audience.intern(session, known_to)
    act = GrantEnd(
        id=new_id(),
        **stamp(actor),
        audience_id=who,
        own_audience_id=who,
        membership_id=membership_id,
        workspace_id=space.id,
        donor_id=of.organisation_id,
        last_on=said.last_on,
        reason=said.reason.strip(),
    )
    append(session, act, after=after)
    until = rules.ends_at(said.last_on, space.zone) if said.last_on else None
    seats.stay(session, actor, membership_id=membership_id, until=until)
    session.flush()
    event = rules.Set(
        organisation=str(of.organisation_id),
        last_on=said.last_on.isoformat() if said.last_on else "",
    )
    audit.record(session, actor, event, book=f"workspace:{space.id}", about=act.id)
    return space.id
