"""One's own choice; and, for a release alone, who is left out for a reader."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor, Standing
from advocacy.channels.rules import Readers
from advocacy.channels.schema import Quiet
from advocacy.ground import acts

_MEMBERS = (Standing.COORDINATOR, Standing.CO_COORDINATOR, Standing.MEMBER)


def mine(session: Session, actor: Actor, position_id: UUID) -> Quiet | None:
    """What the actor's own organisation said last about a text; None while it said nothing."""
    its = (Quiet.position_id == position_id, Quiet.organisation_id == actor.organisation_id)
    return acts.current(session.scalars(select(Quiet).where(*its)))


def readers(actor: Actor, workspace_id: UUID) -> Readers | None:
    """Which of the readers somebody is; None for a member, who gets every name that is shown."""
    if actor.stands_as(workspace_id, *_MEMBERS):
        return None
    if actor.stands_as(workspace_id, Standing.OBSERVER):
        return Readers.OBSERVERS
    if actor.stands_as(workspace_id, Standing.DONOR):
        return Readers.DONORS
    return Readers.EVERYBODY


def left_out(
    session: Session, position_ids: Collection[UUID], who: Readers | None
) -> frozenset[tuple[UUID, UUID]]:
    """(text, organisation) whose name these readers do not get there: to show a list alone."""
    if who is None:
        return frozenset()
    columns = (Quiet.id, Quiet.previous_id, Quiet.position_id, Quiet.organisation_id)
    query = select(*columns, Quiet.left_out).where(Quiet.position_id.in_(position_ids))
    with guard.system(session, guard.System.RELEASE):
        rows = session.execute(query).all()
    followed = {row.previous_id for row in rows}
    heads = [row for row in rows if row.id not in followed]
    return frozenset((row.position_id, row.organisation_id) for row in heads if who in row.left_out)
