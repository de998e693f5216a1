"""Make and end links, and keep who may read them at the meeting of both ends."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import Replace
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid, NotFound
from advocacy.ground.reasons import Reason
from advocacy.links import queries, rules
from advocacy.links.schema import Citation, Link


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


def cite(
    session: Session, actor: Actor, *, position_id: UUID, record: tuple[str, UUID], label: str
) -> str:
    """Name a record in a text under a label of the author's; returns what stands in the text.

    Who may not see the record reads the label and no more. The two are linked besides.
    Raises: NotFound; Denied; Invalid.
    """
    label = rules.one_label(label)
    Invalid.unless_empty(rules.label_faults(label))
    if record[0] not in queries.CITABLE:
        raise NotFound
    link(session, actor, source=record, target=("position", position_id))
    one = queries.end(session, actor, *record)
    other = queries.end(session, actor, "position", position_id)
    query = select(Citation.id).where(
        Citation.position_id == position_id,
        Citation.record_id == record[1],
        Citation.label == label,
        Citation.organisation_id == actor.organisation_id,
    )
    if session.scalars(query).first() is None:
        who = audience.meet(session, one.audience_id, other.audience_id, now=actor.now)
        made = Citation(
            id=new_id(),
            organisation_id=actor.must_organisation(),
            audience_id=who,
            own_audience_id=who,
            position_id=position_id,
            kind=record[0],
            record_id=record[1],
            label=label,
            created_at=actor.now,
        )
        session.add(made)
        session.flush()
        event = rules.Cited(kind=record[0])
        audit.record(session, actor, event, book=f"link:{made.id}", about=made.id)
    return rules.token(label)


def cite_at_end(
    session: Session,
    actor: Actor,
    *,
    cid: UUID,
    position_id: UUID,
    record: tuple[str, UUID],
    label: str,
    based_on: str,
) -> str:
    """The same, and put it at the end of a clause. Raises also Conflict, as drafting does."""
    named = cite(session, actor, position_id=position_id, record=record, label=label)
    place = drafts.place(session, actor, cid)
    words = f"{place.clause.text} {named}".strip()
    edit = Replace(cid, place.clause.heading, words)
    drafting.change(session, actor, place.document_id, [edit], based_on=based_on)
    return named


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
            _follow_citations(session, row, who)


def _follow_citations(session: Session, of: Any, audience_id: UUID) -> None:
    """What a text says of a record is read by those who read the link of the two."""
    table: Any = Citation.__table__
    ends = {of.source_kind: of.source_id, of.target_kind: of.target_id}
    for kind in queries.CITABLE:
        if kind in ends and "position" in ends:
            mine = (table.c.record_id == ends[kind]) & (table.c.position_id == ends["position"])
            session.execute(update(table).where(mine).values(audience_id=audience_id))
