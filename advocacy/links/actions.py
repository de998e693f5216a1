"""Make and end links, and keep who may read them at the meeting of both ends."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.links import queries, rules
from advocacy.links.schema import Link


def link(
    session: Session, actor: Actor, *, source: tuple[str, UUID], target: tuple[str, UUID]
) -> UUID:
    """Link two records that the actor sees; doing it twice changes nothing.

    Raises: NotFound (one end is absent or hidden); Denied; Invalid (of different workspaces).
    """
    source, target = queries.in_order(source, target)
    one = queries.end(session, actor, *source)
    other = queries.end(session, actor, *target)
    about = policy.About(workspace_id=one.workspace_id)
    policy.require(actor, "link:make", about)
    if one.workspace_id != other.workspace_id or source == target:
        raise Invalid(Reason("links.elsewhere", "target"))
    known: Link | None = session.scalars(_between(source, target)).first()
    if known is not None:
        return known.id
    who = audience.meet(session, one.audience_id, other.audience_id, now=actor.now)
    made = Link(
        id=new_id(),
        organisation_id=actor.must_organisation(),
        audience_id=who,
        own_audience_id=who,
        source_kind=source[0],
        source_id=source[1],
        target_kind=target[0],
        target_id=target[1],
        created_at=actor.now,
    )
    session.add(made)
    session.flush()
    event = rules.Linked(source_kind=source[0], target_kind=target[0])
    audit.record(session, actor, event, book=f"link:{made.id}", about=made.id)
    return made.id


def _between(source: tuple[str, UUID], target: tuple[str, UUID]) -> Any:
    return select(Link).where(
        Link.source_kind == source[0],
        Link.source_id == source[1],
        Link.target_kind == target[0],
        Link.target_id == target[1],
    )


def unlink(session: Session, actor: Actor, link_id: UUID) -> tuple[str, UUID]:
    """End a link; returns its source. The owner of either end may, and who made it.

    Raises: NotFound (one does not see the link, or not both ends); Denied.
    """
    found = session.get(Link, link_id)
    if found is None:
        raise NotFound
    one = queries.end(session, actor, found.source_kind, found.source_id)
    other = queries.end(session, actor, found.target_kind, found.target_id)
    owners = frozenset({one.organisation_id, other.organisation_id})
    about = policy.About(found.organisation_id, one.workspace_id, party_ids=owners)
    policy.require(actor, "link:end", about)
    event = rules.Unlinked(source_kind=found.source_kind, target_kind=found.target_kind)
    audit.record(session, actor, event, book=f"link:{found.id}", about=found.id)
    session.delete(found)
    session.flush()
    return found.source_kind, found.source_id


def follow(session: Session, actor: Actor, kind: str, record_id: UUID) -> None:
    """Bring the links of a record to today's meeting of their ends.

    Call it in the transaction that changed who may see the record. No reading depends on it: a
    link is shown only where both ends are.
    """
    table: Any = Link.__table__
    ends = or_(
        (table.c.source_kind == kind) & (table.c.source_id == record_id),
        (table.c.target_kind == kind) & (table.c.target_id == record_id),
    )
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        for row in session.execute(select(table).where(ends)).all():
            meeting = [
                session.execute(
                    select(queries.TABLES[of].c.audience_id).where(queries.TABLES[of].c.id == i)
                ).scalar_one()
                for of, i in ((row.source_kind, row.source_id), (row.target_kind, row.target_id))
            ]
            who = audience.meet(session, meeting[0], meeting[1], now=actor.now)
            session.execute(update(table).where(table.c.id == row.id).values(audience_id=who))
