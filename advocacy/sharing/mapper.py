"""Records that name organisations by their own group, brought to how they are named today."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, inspect, select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard
from advocacy.access.schema import AudiencePart, Group, GroupKind, protected_tables
from advocacy.ground import clock
from advocacy.ground.base import Base
from advocacy.rings.schema import Ring
from advocacy.threats.schema import Threat

_part: Any = AudiencePart.__table__
_group: Any = Group.__table__
_STANDS = (GroupKind.MEMBERS, GroupKind.OBSERVERS, GroupKind.DONORS)
_OF = {"threat_id": Threat.__table__, "ring_id": Ring.__table__}
_KEEPS_ITS_OWN = frozenset({"hand_over"})
"""Who handed a record over reads that act, though it is neither the doer nor the owner."""


def only_while_in(connection: Connection) -> None:
    """Let whom the register names read for as long as they are in the workspace (migration 0006).

    Where an organisation stands now is where it must be; who has left already must come back as a
    member. Its own rows, and what hangs on its own records, it reads as before.
    """
    there = set(inspect(connection).get_table_names())
    with Session(connection) as session, guard.system(session, guard.System.AUDIENCE_REWRITE):
        for name in sorted((protected_tables() & there) - _KEEPS_ITS_OWN):
            table: Any = Base.metadata.tables[name]
            if table is Threat.__table__:
                _rename(session, table, table.c.id, table)
            for column, of in _OF.items():
                if column in table.c:
                    _rename(session, table, table.c[column], of)


def _rename(session: Session, table: Any, key: Any, of: Any) -> None:
    """Name others than the doer and the owner by a group that they leave with the workspace."""
    its = of.alias("its")
    found = (
        select(
            table.c.audience_id, table.c.organisation_id, its.c.organisation_id, its.c.workspace_id
        )
        .join(its, its.c.id == key)
        .join(_part, _part.c.audience_id == table.c.audience_id)
        .join(_group, _group.c.id == _part.c.group_id)
        .where(
            _group.c.kind == GroupKind.ORGANISATION,
            _group.c.id != table.c.organisation_id,
            _group.c.id != its.c.organisation_id,
        )
        .distinct()
    )
    for old, by, owner, space in session.execute(found).all():
        new = _named_while_in(session, old, {by, owner}, space)
        same = select(its.c.id).where(its.c.organisation_id == owner, its.c.workspace_id == space)
        rows = update(table).where(table.c.audience_id == old, table.c.organisation_id == by)
        session.execute(rows.where(key.in_(same)).values(audience_id=new))


def _named_while_in(session: Session, old: UUID, kept: set[UUID], space: UUID) -> UUID:
    parts = audience.parts_of(session, old)
    named = select(_group.c.id).where(
        _group.c.id.in_({group for group, _ in parts} - kept),
        _group.c.kind == GroupKind.ORGANISATION,
    )
    by = {one: _while_in(session, one, space) for one in session.scalars(named).all()}
    return audience.intern(session, [(by.get(group, group), opens) for group, opens in parts])


def _while_in(session: Session, organisation: UUID, space: UUID) -> UUID:
    groups = [g for g in (audience.group_for(session, k, space) for k in _STANDS) if g]
    now = clock.now()
    inside = (g for g in groups if organisation in audience.members(session, g, now=now))
    return audience.while_in(session, organisation, next(inside, groups[0]))
