"""Groups: who is in them and since when; and meetings, of those who are in several at once.

A meeting of groups is a group whose spells are where the spells of all of them overlap. `join` and
`leave` keep it so in the same transaction, so that it is right at every instant, past and to come.
Who changes a group holds its row; who makes a meeting of it waits, and then sees the change.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, delete, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy.access.schema import (
    ALWAYS,
    EVERYONE,
    Group,
    GroupKind,
    GroupMember,
    Meeting,
)
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict
from advocacy.ground.reasons import Reason

Spell = tuple[datetime, datetime | None]
Spells = dict[UUID, dict[UUID, list[Spell]]]

_group: Any = Group.__table__
_member: Any = GroupMember.__table__
_meeting: Any = Meeting.__table__


def make_group(
    session: Session,
    kind: GroupKind,
    *,
    about: UUID | None = None,
    group_id: UUID | None = None,
    within: UUID | None = None,
) -> Group:
    """Make a group. An organisation's own group takes the organisation's id as `group_id`."""
    group = Group(id=group_id or new_id(), kind=kind, about_id=about, within_id=within)
    session.add(group)
    session.flush()
    return group


def group_for(session: Session, kind: GroupKind, about: UUID) -> UUID | None:
    """The id of the group of this kind about a record, if it was made."""
    query = select(Group.id).where(Group.kind == kind, Group.about_id == about)
    return session.scalars(query).first()


def groups_of_members(session: Session) -> list[UUID]:
    """The groups of members of every workspace there is. For the command line only."""
    return list(session.scalars(select(Group.id).where(Group.kind == GroupKind.MEMBERS)))


def members(session: Session, group: UUID, *, now: datetime) -> set[UUID]:
    """Organisations in a group now."""
    query = select(GroupMember.organisation_id).where(GroupMember.group_id == group, *_in_at(now))
    return set(session.scalars(query))


def _in_at(now: datetime) -> tuple[Any, Any]:
    return (_member.c.from_at <= now, or_(_member.c.until_at.is_(None), _member.c.until_at > now))


def join(session: Session, group: UUID, organisation: UUID, *, now: datetime) -> None:
    """Put an organisation into a group from now on; doing it twice changes nothing.

    Raises: Conflict for who is not in the group around it: it left a moment ago.
    """
    outer = session.scalar(select(_group.c.within_id).where(_group.c.id == group))
    if outer is not None:
        _hold(session, [outer], read=True)
    _hold(session, [group])
    if organisation in members(session, group, now=now):
        return
    until = None if outer is None else _end_in(session, outer, organisation, now=now)
    session.add(
        GroupMember(group_id=group, organisation_id=organisation, from_at=now, until_at=until)
    )
    session.flush()
    _follow(session, [group], organisation)


def _end_in(session: Session, group: UUID, organisation: UUID, *, now: datetime) -> datetime | None:
    """When the spell that an organisation is in ends: another clock may run before this one."""
    query = select(_member.c.until_at).where(
        _member.c.group_id == group, _member.c.organisation_id == organisation, *_in_at(now)
    )
    ends = session.scalars(query).all()
    if not ends:
        raise Conflict(Reason("acts.stale"))
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None


def leave(session: Session, group: UUID, organisation: UUID, *, now: datetime) -> None:
    """Take an organisation out of a group and of every group within it.

    Its very next question has lost the power.
    """
    _hold(session, [group])
    touched = _with_inner(session, group)
    _hold(session, touched)
    query = select(GroupMember).where(
        GroupMember.group_id.in_(touched),
        GroupMember.organisation_id == organisation,
        or_(GroupMember.until_at.is_(None), GroupMember.until_at > now),
    )
    for row in session.scalars(query):
        row.until_at = now
    session.flush()
    _follow(session, touched, organisation)


def stay(
    session: Session, group: UUID, organisation: UUID, *, now: datetime, until: datetime | None
) -> None:
    """Let an organisation that is in a group be in it until an instant, or without an end.

    In the groups within it nobody stays longer; what ended sooner there still does.
    """
    _hold(session, [group])
    touched = _with_inner(session, group)
    _hold(session, touched)
    query = select(GroupMember).where(
        GroupMember.group_id.in_(touched),
        GroupMember.organisation_id == organisation,
        or_(GroupMember.until_at.is_(None), GroupMember.until_at > now),
    )
    rows = session.scalars(query).all()
    before = {row.until_at for row in rows if row.group_id == group}
    for row in rows:
        is_longer = until is not None and (row.until_at is None or row.until_at > until)
        if row.until_at in before or is_longer:
            row.until_at = until
    session.flush()
    _follow(session, touched, organisation)


def _with_inner(session: Session, group: UUID) -> list[UUID]:
    """A group, the groups within it, and those within them."""
    found, outer = [group], [group]
    while outer:
        query = select(Group.id).where(Group.within_id.in_(outer), Group.id.not_in(found))
        outer = list(session.scalars(query))
        found += outer
    return found


def _hold(session: Session, groups: Collection[UUID] | Select[Any], *, read: bool = False) -> None:
    """Lock groups until the end of the transaction, always in the same order (PostgreSQL)."""
    rows = select(_group.c.id).where(_group.c.id.in_(groups)).order_by(_group.c.id)
    session.execute(rows.with_for_update(read=read, key_share=not read)).all()


# --- meetings -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """Some groups: what kind each is, which are around it, and what each is a meeting of."""

    kinds: dict[UUID, str]
    around: dict[UUID, frozenset[UUID]]
    of: dict[UUID, frozenset[UUID]]

    def bare(self, groups: Iterable[UUID]) -> frozenset[UUID] | None:
        """The fewest groups to be in for being in all of these; None when nobody can be."""
        found = frozenset[UUID]().union(*(self.of[group] for group in groups))
        found = found - {EVERYONE} or found
        found = found.difference(*(self.around[group] for group in found))
        own = sum(self.kinds[group] == GroupKind.ORGANISATION for group in found)
        return found if own <= 1 else None

    def is_inside(self, these: Iterable[UUID], those: Iterable[UUID]) -> bool:
        """True when whoever is in all of `these` is in all of `those`."""
        wide = {EVERYONE}.union(*({group} | self.around[group] for group in these))
        return wide.issuperset(those)


def know(session: Session, groups: Iterable[UUID]) -> Known:
    """What there is to know of these groups, of those around them, and of what they meet of."""
    asked = set(groups)
    rows = session.execute(select(_meeting).where(_meeting.c.group_id.in_(asked)))
    parts: dict[UUID, set[UUID]] = {}
    for group, base in rows:
        parts.setdefault(group, set()).add(base)
    of = {group: frozenset(parts.get(group, {group})) for group in asked}
    kinds: dict[UUID, str] = {}
    within: dict[UUID, UUID | None] = {}
    todo = asked.union(*of.values())
    while todo:
        query = select(_group.c.id, _group.c.kind, _group.c.within_id).where(_group.c.id.in_(todo))
        for group, kind, outer in session.execute(query):
            kinds[group], within[group] = kind, outer
        todo = {outer for outer in within.values() if outer is not None} - set(within)
    of |= {group: frozenset({group}) for group in within if group not in of}
    return Known(kinds, {group: frozenset(_outward(within, group)) for group in within}, of)


def _outward(within: dict[UUID, UUID | None], group: UUID) -> Iterator[UUID]:
    outer = within[group]
    while outer is not None:
        yield outer
        outer = within[outer]


def meeting(session: Session, of: frozenset[UUID]) -> UUID:
    """The group of those who are in all of these groups, at each instant; makes it when new.

    of: groups of their own, none a meeting. The same groups always make the same meeting.
    """
    if len(of) == 1:
        return next(iter(of))
    words = b"".join(sorted(group.bytes for group in of))
    made = UUID(bytes=sha256(words).digest()[:16], version=4)
    if session.scalar(select(_group.c.id).where(_group.c.id == made)) is not None:
        return made
    _hold(session, of, read=True)
    try:
        with session.begin_nested():
            session.execute(insert(_group).values(id=made, kind=GroupKind.MEETING))
    except IntegrityError:
        return made  # another transaction made it a moment ago
    session.execute(insert(_meeting), [{"group_id": made, "of_id": base} for base in of])
    _fill(session, {made: of}, _spells(session, of))
    return made


def _follow(session: Session, groups: Collection[UUID], organisation: UUID) -> None:
    """Bring the meetings of changed groups to the spells that the organisation has now."""
    theirs = select(_meeting.c.group_id).where(_meeting.c.of_id.in_(groups)).distinct()
    _hold(session, theirs)
    of: dict[UUID, set[UUID]] = {}
    query = select(_meeting.c.group_id, _meeting.c.of_id).where(_meeting.c.group_id.in_(theirs))
    for group, base in session.execute(query):
        of.setdefault(group, set()).add(base)
    if not of:
        return
    mine = _member.c.organisation_id == organisation
    session.execute(delete(_member).where(_member.c.group_id.in_(theirs), mine))
    bases = select(_meeting.c.of_id).where(_meeting.c.group_id.in_(theirs))
    _fill(session, of, _spells(session, bases, mine))


def _spells(session: Session, groups: Collection[UUID] | Select[Any], *only: Any) -> Spells:
    """organisation -> group -> from and until, for those groups."""
    query = select(
        _member.c.organisation_id, _member.c.group_id, _member.c.from_at, _member.c.until_at
    ).where(_member.c.group_id.in_(groups), *only)
    found: Spells = {}
    for organisation, group, start, end in session.execute(query):
        found.setdefault(organisation, {}).setdefault(group, []).append((start, end))
    return found


def _fill(session: Session, of: Mapping[UUID, Collection[UUID]], spells: Spells) -> None:
    """Write who is in these meetings, and when."""
    rows = [
        {
            "id": uuid4(),  # by chance, also in a world that repeats itself: nothing shows it
            "group_id": group,
            "organisation_id": organisation,
            "from_at": start,
            "until_at": end,
        }
        for organisation, its in spells.items()
        for group, bases in of.items()
        for start, end in _overlaps(organisation, bases, its)
    ]
    if rows:
        session.execute(insert(_member), rows)


def _overlaps(
    organisation: UUID, bases: Iterable[UUID], spells: dict[UUID, list[Spell]]
) -> list[Spell]:
    own: dict[UUID, list[Spell]] = {organisation: [(ALWAYS, None)]}
    each = [own.get(base) or spells.get(base, []) for base in bases]
    return reduce(_overlap, each)


def _overlap(ours: list[Spell], theirs: list[Spell]) -> list[Spell]:
    found = []
    for start, end in ours:
        for begin, stop in theirs:
            first = max(start, begin)
            last = min((e for e in (end, stop) if e is not None), default=None)
            if last is None or first < last:
                found.append((first, last))
    return found
