"""The parts of bodies, as far as the reader may know of them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.bodies.rows import PartRow
from advocacy.bodies.schema import BodyPart
from advocacy.ground import acts


def parts(session: Session, actor: Actor, body_ids: Iterable[UUID]) -> dict[UUID, list[PartRow]]:
    """What is or was part of each of these, by name; a body without parts is left out."""
    wanted = list(body_ids)
    query = select(BodyPart).where(BodyPart.body_id.in_(wanted))
    found: dict[UUID, list[PartRow]] = {}
    for one in acts.heads(session.scalars(query)) if wanted else ():
        found.setdefault(one.body_id, []).append(_row(one))
    return {of: sorted(rows, key=lambda r: (r.name, str(r.part_id))) for of, rows in found.items()}


def ours(session: Session, actor: Actor, *, on: date) -> list[PartRow]:
    """As what the actor's organisation belongs to bodies on a day."""
    query = select(BodyPart).where(BodyPart.member_id == actor.organisation_id)
    found = [_row(one) for one in acts.heads(session.scalars(query))]
    return [one for one in found if one.belongs(on)]


def of_actor(session: Session, actor: Actor, body_id: UUID) -> frozenset[UUID]:
    """The actor's organisation, where it belongs to a body now; else nothing."""
    here = ours(session, actor, on=actor.now.date())
    return frozenset(i for one in here if one.body_id == body_id and (i := one.member_id))


def _row(one: BodyPart) -> PartRow:
    return PartRow(
        act_id=one.id,
        body_id=one.body_id,
        part_id=one.part_id,
        name=one.name,
        member_id=one.member_id,
        is_sensitive=one.is_sensitive,
        from_on=one.from_on,
        until_on=one.until_on,
        note=one.note,
        audience_id=one.audience_id,
    )
