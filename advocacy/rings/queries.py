"""Read the circles one owns or is in; the others do not exist."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard
from advocacy.access.actor import Actor, Standing
from advocacy.ground.errors import NotFound
from advocacy.organisations import queries as organisations
from advocacy.organisations.rules import GROUP_OF
from advocacy.rings.rows import Member, RingRow
from advocacy.rings.schema import Ring, RingMember

_r: Any = Ring.__table__
_m: Any = RingMember.__table__
_RINGS = (
    select(_r.c.id, _r.c.workspace_id, _r.c.name, _r.c.hides_roster, _r.c.organisation_id)
    .where(_r.c.workspace_id == bindparam("space"), guard.readers(_r.c.audience_id))
    .order_by(_r.c.name, _r.c.id)
)
_MEMBERS = select(
    _m.c.id, _m.c.previous_id, _m.c.ring_id, _m.c.member_id, _m.c.is_in, _m.c.extends
).where(_m.c.ring_id.in_(bindparam("rings", expanding=True)), guard.readers(_m.c.audience_id))


def rings(session: Session, actor: Actor, workspace_id: UUID) -> list[RingRow]:
    """Circles of a workspace that the reader owns or is in, by name. Raises NotFound outside."""
    organisations.workspace_by_id(session, actor, workspace_id)
    return _rows(session, actor, guard.ask(session, actor, _RINGS, space=workspace_id))


def ring(session: Session, actor: Actor, ring_id: UUID) -> RingRow:
    """One circle. Raises NotFound for who neither owns it nor is in it."""
    found = session.get(Ring, ring_id)
    if found is None:
        raise NotFound
    organisations.workspace_by_id(session, actor, found.workspace_id)
    row = _rows(session, actor, [found])[0]
    # Who left the workspace left its circles too, without an act of their own.
    inside = audience.members(session, ring_id, now=actor.now)
    here = tuple(member for member in row.members if member.id in inside)
    return replace(row, members=here, is_in=row.is_in and actor.organisation_id in inside)


def _rows(session: Session, actor: Actor, found: Iterable[Any]) -> list[RingRow]:
    listed = list(found)
    acts = guard.ask(session, actor, _MEMBERS, rings=[row.id for row in listed]) if listed else ()
    followed = {act.previous_id for act in acts}
    heads = [act for act in acts if act.id not in followed and act.is_in]
    us = actor.organisation_id
    wanted = {act.member_id for act in heads} | {row.organisation_id for row in listed}
    names = organisations.names(session, wanted)
    return [_row(row, us, names, [act for act in heads if act.ring_id == row.id]) for row in listed]


def _row(row: Any, us: UUID | None, names: dict[UUID, str], heads: list[Any]) -> RingRow:
    mine = next((act for act in heads if act.member_id == us), None)
    members = (Member(a.member_id, names[a.member_id], a.extends, a.id) for a in heads)
    is_ours = row.organisation_id == us
    return RingRow(
        id=row.id,
        workspace_id=row.workspace_id,
        name=row.name,
        owner_id=row.organisation_id,
        owner=names[row.organisation_id],
        hides_roster=row.hides_roster,
        members=tuple(sorted(members, key=lambda member: member.name)),
        is_ours=is_ours,
        may_extend=is_ours or bool(mine and mine.extends and not row.hides_roster),
        is_in=mine is not None,
    )


def standings(
    session: Session, actor: Actor, workspace_id: UUID, ids: Collection[UUID]
) -> dict[UUID, str]:
    """As what these organisations stand there now; without those this reader may not know of."""
    rows = organisations.organisations(session, actor, workspace_id=workspace_id)
    return {row.id: row.standing for row in rows if row.id in ids}


def named(session: Session, workspace_id: UUID, standings: Mapping[UUID, str]) -> dict[UUID, UUID]:
    """The group that names each of these organisations, for as long as it stands there so.

    standings: organisation -> as what it stands in the workspace.
    """
    kinds = {i: GROUP_OF[Standing(standing)] for i, standing in standings.items()}
    groups = {
        kind: organisations.group(session, workspace_id, kind) for kind in set(kinds.values())
    }
    return {i: audience.while_in(session, i, groups[kind]) for i, kind in kinds.items()}
