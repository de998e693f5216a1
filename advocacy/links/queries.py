"""Links of a record, for those who see both ends."""

from collections.abc import Iterable
from functools import cache
from itertools import product
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import EVERYONE, AudiencePart, GroupMember
from advocacy.ground.errors import NotFound
from advocacy.links.rows import CitedRow, LinkRow, Source
from advocacy.links.schema import Citation, End, Link
from advocacy.outcomes.schema import Outcome
from advocacy.positions import queries as positions
from advocacy.positions.schema import Position
from advocacy.recommendations.schema import Recommendation
from advocacy.threats.schema import Threat

_link: Any = Link.__table__
_citation: Any = Citation.__table__
_part: Any = AudiencePart.__table__
_member: Any = GroupMember.__table__
TABLES: dict[str, Any] = {
    End.THREAT: Threat.__table__,
    End.POSITION: Position.__table__,
    End.RECOMMENDATION: Recommendation.__table__,
    End.OUTCOME: Outcome.__table__,
}


_KINDS = list(End)
_OUT, _BACK = ("source", "target"), ("target", "source")


def in_order(
    one: tuple[str, UUID], other: tuple[str, UUID]
) -> tuple[tuple[str, UUID], tuple[str, UUID]]:
    """Two ends as a link keeps them: by kind, so that one question finds a record's links."""
    known = one[0] in TABLES and other[0] in TABLES
    swap = known and _KINDS.index(End(one[0])) > _KINDS.index(End(other[0]))
    return (other, one) if swap else (one, other)


def _ways(kind: str, other: str) -> list[tuple[str, str]]:
    mine, theirs = _KINDS.index(End(kind)), _KINDS.index(End(other))
    return [_OUT] * (mine <= theirs) + [_BACK] * (mine >= theirs)


def end(session: Session, actor: Actor, kind: str, record_id: UUID) -> Any:
    """One end: id, title, workspace, owner, audience. Raises NotFound: absent, hidden, no kind."""
    table = TABLES.get(kind)
    if table is None:
        raise NotFound
    query = select(
        table.c.id,
        table.c.title,
        table.c.workspace_id,
        table.c.organisation_id,
        table.c.audience_id,
    ).where(table.c.id == record_id, guard.sentence(table.c.audience_id, actor))
    row = session.connection().execute(query).first()
    if row is None or not _is_in(actor, row.workspace_id, row.organisation_id):
        raise NotFound
    return row


def _is_in(actor: Actor, workspace_id: UUID, organisation_id: UUID) -> bool:
    about = policy.About(workspace_id=workspace_id)
    return organisation_id == actor.organisation_id or policy.allows(actor, "workspace:read", about)


def linked(session: Session, actor: Actor, kind: str, record_id: UUID) -> list[LinkRow]:
    """What a record is linked to, in both directions, by kind and title.

    Raises: NotFound when the reader does not see the record itself.
    """
    end(session, actor, kind, record_id)
    found = linked_to(session, actor, kind, [record_id])
    return found.get(record_id, [])


def linked_to(
    session: Session,
    actor: Actor,
    kind: str,
    record_ids: Iterable[UUID],
    *,
    kinds: Iterable[str] = tuple(End),
) -> dict[UUID, list[LinkRow]]:
    """The same for many records that the reader sees: one question per kind and fifty records."""
    ids = sorted(record_ids)
    batches = [ids[n : n + _BATCH] for n in range(0, len(ids), _BATCH)]
    found: dict[UUID, dict[tuple[str, UUID], LinkRow]] = {}
    for other in kinds:
        for (mine, theirs), batch in product(_ways(kind, other), batches):
            query = _ends(str(kind), str(other), mine, theirs)
            for row in guard.ask(session, actor, query, **_named(batch)):
                if _is_in(actor, row.workspace_id, row.owner):
                    line = LinkRow(other, row.id, row.title, row.link_id, row.organisation_id)
                    ends = found.setdefault(row.record_id, {})
                    # Two organisations may have linked the same two; one's own line counts.
                    if row.organisation_id == actor.organisation_id or (other, row.id) not in ends:
                        ends[other, row.id] = line
    return {
        record: sorted(ends.values(), key=lambda row: (row.kind, row.title, str(row.id)))
        for record, ends in found.items()
    }


# A question about a fixed number of records is put into words once.
_BATCH = 50
_NAMES = [f"record_{n}" for n in range(_BATCH)]


def _named(batch: list[UUID]) -> dict[str, UUID]:
    """Values for a question about fifty: the last one fills it up."""
    return dict(zip(_NAMES, batch + batch[-1:] * (_BATCH - len(batch)), strict=True))


@cache
def _ends(kind: str, other: str, mine: str, theirs: str) -> Select[Any]:
    """The links of records of one kind to another, asked with a batch of them."""
    table = TABLES[other]
    return (
        select(
            _link.c[f"{mine}_id"].label("record_id"),
            _link.c.id.label("link_id"),
            _link.c.organisation_id,
            table.c.id,
            table.c.title,
            table.c.workspace_id,
            table.c.organisation_id.label("owner"),
        )
        .select_from(_link.join(table, table.c.id == _link.c[f"{theirs}_id"]))
        .where(
            _link.c[f"{mine}_kind"] == kind,
            _link.c[f"{mine}_id"].in_([bindparam(name, type_=_link.c.id.type) for name in _NAMES]),
            _link.c[f"{theirs}_kind"] == other,
            guard.readers(_link.c.audience_id),
            guard.readers(table.c.audience_id),
        )
    )


def candidates(
    session: Session, actor: Actor, kind: str, *, workspace_id: UUID, limit: int = 200
) -> list[tuple[UUID, str]]:
    """Records of a kind in a workspace that the reader may link to: id and title."""
    table = TABLES[kind]
    query = (
        select(table.c.id, table.c.title)
        .where(table.c.workspace_id == workspace_id, guard.sentence(table.c.audience_id, actor))
        .order_by(table.c.title, table.c.id)
        .limit(limit)
    )
    return [(row.id, row.title) for row in session.connection().execute(query)]


CITABLE = (End.THREAT, End.RECOMMENDATION)


def sources(session: Session, actor: Actor, of: Any, *, most: int = 100) -> list[Source]:
    """Records that an author of a position sees, each with how far the text's circle sees it."""
    found = []
    for kind in CITABLE:
        table = TABLES[kind]
        query = (
            select(table.c.id, table.c.title, table.c.audience_id, table.c.organisation_id)
            .where(
                table.c.workspace_id == of.workspace_id, guard.sentence(table.c.audience_id, actor)
            )
            .order_by(table.c.title, table.c.id)
            .limit(most)
        )
        found += [(kind, row) for row in session.connection().execute(query)]
    circle = positions.participants(session, actor, of)
    smallest = positions.face(session, actor, of.id).smallest_cell
    unseen = _unseen(session, actor, {row.audience_id for _kind, row in found}, circle)
    return [
        Source(
            kind.value,
            row.id,
            row.title,
            len(circle),
            # The owner of a record knows its readers; others learn no number of a small circle.
            unseen[row.audience_id]
            if row.organisation_id == actor.organisation_id or len(circle) >= smallest
            else None,
        )
        for kind, row in found
    ]


def _unseen(
    session: Session, actor: Actor, audiences: set[UUID], circle: frozenset[UUID]
) -> dict[UUID, int]:
    """How many of a circle are not in each audience now."""
    parts = session.execute(
        select(_part.c.audience_id, _part.c.group_id).where(
            _part.c.audience_id.in_(audiences), _part.c.opens_at <= actor.now
        )
    ).all()
    groups: dict[UUID, set[UUID]] = {EVERYONE: set(circle), **{one: {one} for one in circle}}
    rows = session.execute(
        select(_member.c.group_id, _member.c.organisation_id).where(
            _member.c.group_id.in_({part.group_id for part in parts}),
            _member.c.organisation_id.in_(circle),
            _member.c.from_at <= actor.now,
            or_(_member.c.until_at.is_(None), _member.c.until_at > actor.now),
        )
    )
    for row in rows:
        groups.setdefault(row.group_id, set()).add(row.organisation_id)
    seen: dict[UUID, set[UUID]] = {one: set() for one in audiences}
    for part in parts:
        seen[part.audience_id] |= groups.get(part.group_id, set())
    return {one: len(circle - inside) for one, inside in seen.items()}


def cited(session: Session, actor: Actor, position_id: UUID) -> list[CitedRow]:
    """What the sources of a text stand for: only those whose record the reader sees."""
    found: dict[tuple[str, UUID], CitedRow] = {}
    for kind in CITABLE:
        for row in guard.ask(session, actor, _cited(kind.value), position=position_id):
            if _is_in(actor, row.workspace_id, row.owner):
                line = CitedRow(row.label, kind.value, row.id, row.title)
                found.setdefault((row.label, row.id), line)
    return sorted(found.values(), key=lambda row: (row.label, str(row.id)))


@cache
def _cited(kind: str) -> Select[Any]:
    table = TABLES[kind]
    return (
        select(
            _citation.c.label,
            table.c.id,
            table.c.title,
            table.c.workspace_id,
            table.c.organisation_id.label("owner"),
        )
        .select_from(_citation.join(table, table.c.id == _citation.c.record_id))
        .where(
            _citation.c.position_id == bindparam("position"),
            _citation.c.kind == kind,
            guard.readers(_citation.c.audience_id),
            guard.readers(table.c.audience_id),
        )
    )
