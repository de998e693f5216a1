"""Read evidence, as far as the reader may."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard
from advocacy.access.audience import Part
from advocacy.access.schema import EVERYONE, Group, GroupKind
from advocacy.evidence.rows import EvidenceRow
from advocacy.evidence.schema import Evidence
from advocacy.organisations.queries import group

# A meeting is of one with a donor's or an observer's group, or lies in a part that is kept anyway.
_WIDE = frozenset({GroupKind.EVERYONE, GroupKind.DONORS, GroupKind.OBSERVERS, GroupKind.MEETING})


def pieces(
    session: Session, ask_ids: Iterable[UUID], *, withdrawn: Collection[str]
) -> list[EvidenceRow]:
    """Evidence of these asks that this reader may see. withdrawn: ids of what steps took back."""
    query = select(Evidence).where(Evidence.ask_id.in_(list(ask_ids)))
    return [
        EvidenceRow(
            id=row.id,
            ask_id=row.ask_id,
            act_id=row.act_id,
            organisation_id=row.organisation_id,
            url=row.url,
            text=row.text,
            direction=row.direction,
            dated_on=row.dated_on,
            is_live=str(row.id) not in withdrawn,
        )
        for row in session.scalars(query.order_by(Evidence.recorded_at))
    ]


def inside(session: Session, workspace_id: UUID, parts: Iterable[Part]) -> set[Part]:
    """The part of an audience that works here: no donor, no observer, not everybody.

    What was published to everybody is inside for the members of the workspace.
    """
    listed = set(parts)
    rows = session.scalars(select(Group).where(Group.id.in_({g for g, _ in listed})))
    kinds = {row.id: row.kind for row in rows}
    members = group(session, workspace_id, GroupKind.MEMBERS)
    in_members = audience.members(session, members, now=guard.actor_of(session).now)
    kept_parts = {
        part
        for part in listed
        if kinds[part[0]] not in _WIDE
        and (kinds[part[0]] != GroupKind.ORGANISATION or part[0] in in_members)
    }
    opened = {(members, opens) for group_id, opens in listed if group_id == EVERYONE}
    return kept_parts | opened
