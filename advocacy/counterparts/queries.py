"""The other edition of a text."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.counterparts.schema import Counterpart
from advocacy.positions import queries as positions
from advocacy.positions.schema import Position


def other(session: Session, actor: Actor, position_id: UUID) -> Position | None:
    """The other edition, for those who are in the circles of both; None where there is none.

    Raises: NotFound for who left the workspace and leads neither.
    """
    query = select(Counterpart).where(
        or_(Counterpart.position_id == position_id, Counterpart.other_id == position_id)
    )
    row = session.scalars(query).first()
    if row is None:
        return None
    wanted = row.other_id if row.position_id == position_id else row.position_id
    return positions.position(session, actor, wanted)


def both(session: Session, position_id: UUID) -> frozenset[UUID]:
    """A text and its other edition, whoever asks: to compile lists, for nothing else."""
    columns = (Counterpart.position_id, Counterpart.other_id)
    query = select(*columns).where(
        or_(Counterpart.position_id == position_id, Counterpart.other_id == position_id)
    )
    with guard.system(session, guard.System.RELEASE):
        row = session.execute(query).first()
    return frozenset({position_id, *(row or ())})
