"""Audiences: sets of groups, interned, met with their parent's, capped by sensitivity."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, literal, or_, select, union_all
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.access.schema import (
    ALWAYS,
    EVERYONE,
    Audience,
    AudiencePart,
    Group,
    GroupKind,
    GroupMember,
)
from advocacy.ground.base import Instant, new_id

Part = tuple[UUID, datetime]

# The widest kind of group each sensitivity allows (threat register, section 2.3).
_RANK = {
    GroupKind.EVERYONE: 1,
    GroupKind.DONORS: 2,
    GroupKind.OBSERVERS: 2,
    GroupKind.MEMBERS: 3,
    GroupKind.BODY: 3,
    GroupKind.CIRCLE: 4,
    GroupKind.PARTICIPANTS: 4,
    GroupKind.ORGANISATION: 4,
}

_member = GroupMember.__table__
_part = AudiencePart.__table__


def readable(actor: Actor) -> Select[Any]:
    """Ids of the audiences this actor is in at its instant.

    Inner tables are Core: ORM entities inside loader criteria break joins. The parameters are
    unique: by a shared name the session's actor would take the place of the one asked for.
    """
    return _readable(actor.organisation_id, actor.now)


@lru_cache(maxsize=256)
def _readable(organisation_id: UUID | None, at: datetime) -> Select[Any]:
    """Made once for all the questions of a request: making it costs more than asking."""
    return _audiences(
        bindparam("guard_now", at, type_=Instant(), unique=True),
        bindparam("guard_organisation", organisation_id, type_=_GROUP, unique=True)
        if organisation_id is not None
        else None,
    )


_GROUP = _part.c.group_id.type


def _audiences(now: Any, mine: Any) -> Select[Any]:
    groups: Any = select(literal(EVERYONE, type_=_GROUP).label("g"))
    if mine is not None:
        in_groups = select(_member.c.group_id).where(
            _member.c.organisation_id == mine,
            _member.c.from_at <= now,
            or_(_member.c.until_at.is_(None), _member.c.until_at > now),
        )
        groups = union_all(groups, select(mine.label("g")), in_groups)
    inner = groups.subquery()
    return select(_part.c.audience_id).where(
        _part.c.group_id.in_(select(inner.c.g)), _part.c.opens_at <= now
    )


# For statements made once and asked with these two values, see `guard.ask`. Who acts for nobody is
# in no group but everyone's, since nothing equals NULL.
READER, AT = "reader_organisation", "reader_now"
READABLE = _audiences(bindparam(AT, type_=Instant()), bindparam(READER, type_=_GROUP))


def groups_of(session: Session, actor: Actor) -> frozenset[UUID]:
    """Every group the actor is in now, its own organisation and everyone included."""
    found = {EVERYONE}
    if actor.organisation_id is not None:
        found.add(actor.organisation_id)
        rows = session.execute(
            select(_member.c.group_id).where(
                _member.c.organisation_id == actor.organisation_id,
                _member.c.from_at <= actor.now,
                or_(_member.c.until_at.is_(None), _member.c.until_at > actor.now),
            )
        )
        found.update(rows.scalars())
    return frozenset(found)


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


def join(session: Session, group: UUID, organisation: UUID, *, now: datetime) -> None:
    """Put an organisation into a group from now on; doing it twice changes nothing."""
    if organisation not in members(session, group, now=now):
        session.add(GroupMember(group_id=group, organisation_id=organisation, from_at=now))
        session.flush()


def leave(session: Session, group: UUID, organisation: UUID, *, now: datetime) -> None:
    """Take an organisation out of a group and of every group within it.

    Its very next question has lost the power.
    """
    query = select(GroupMember).where(
        GroupMember.group_id.in_(_with_inner(session, group)),
        GroupMember.organisation_id == organisation,
        or_(GroupMember.until_at.is_(None), GroupMember.until_at > now),
    )
    for row in session.scalars(query):
        row.until_at = now
    session.flush()


def _with_inner(session: Session, group: UUID) -> list[UUID]:
    """A group, the groups within it, and those within them."""
    found, outer = [group], [group]
    while outer:
        query = select(Group.id).where(Group.within_id.in_(outer), Group.id.not_in(found))
        outer = list(session.scalars(query))
        found += outer
    return found


def members(session: Session, group: UUID, *, now: datetime) -> set[UUID]:
    """Organisations in a group now."""
    return set(
        session.scalars(
            select(GroupMember.organisation_id).where(
                GroupMember.group_id == group,
                GroupMember.from_at <= now,
                or_(GroupMember.until_at.is_(None), GroupMember.until_at > now),
            )
        )
    )


def parts_of(session: Session, audience: UUID) -> frozenset[Part]:
    """The (group, opens at) pairs of an audience."""
    rows = session.execute(
        select(AudiencePart.group_id, AudiencePart.opens_at).where(
            AudiencePart.audience_id == audience
        )
    )
    return frozenset((group, opens) for group, opens in rows)


def is_everybody(session: Session, audience: UUID) -> bool:
    """True when everybody reads it, or will from an instant on."""
    return any(group == EVERYONE for group, _opens in parts_of(session, audience))


def intern(session: Session, groups: Iterable[UUID | Part]) -> UUID:
    """The id of the audience that holds exactly these groups; makes it when it is new.

    A bare group id opens at once; a pair opens at its instant. The owner's group must be among
    them: there is no rule beside the set.
    """
    earliest: dict[UUID, datetime] = {}
    for entry in groups:
        group, opens = entry if isinstance(entry, tuple) else (entry, ALWAYS)
        earliest[group] = min(opens, earliest.get(group, opens))
    words = ";".join(f"{g}@{o.timestamp()}" for g, o in sorted(earliest.items()))
    key = sha256(words.encode()).hexdigest()
    known = session.scalars(select(Audience.id).where(Audience.key == key)).first()
    if known is not None:
        return known
    audience = Audience(id=new_id(), key=key)
    try:
        with session.begin_nested():
            session.add(audience)
            session.flush()
    except IntegrityError:
        # Another transaction made the same set a moment ago; now it can be read.
        return session.scalars(select(Audience.id).where(Audience.key == key)).one()
    session.add_all(
        AudiencePart(audience_id=audience.id, group_id=g, opens_at=o) for g, o in earliest.items()
    )
    session.flush()
    return audience.id


def meet(session: Session, a: UUID, b: UUID, *, now: datetime) -> UUID:
    """The audience of those who are in both, each from the later of the two instants."""
    if a == b:
        return a
    ours, theirs = parts_of(session, a), parts_of(session, b)
    kinds = _kinds(session, {g for g, _ in ours | theirs})
    both: set[Part] = set()
    for g, opens_g in ours:
        for h, opens_h in theirs:
            opens = max(opens_g, opens_h)
            both.update((m, opens) for m in _common(session, g, h, kinds, now=now))
    return intern(session, both)


def _kinds(session: Session, groups: set[UUID]) -> dict[UUID, Group]:
    return {g.id: g for g in session.scalars(select(Group).where(Group.id.in_(groups)))}


def _common(
    session: Session, g: UUID, h: UUID, kinds: dict[UUID, Group], *, now: datetime
) -> set[UUID]:
    """Groups that stand for "in g and in h"."""
    if g == h or h == EVERYONE or kinds[g].within_id == h:
        return {g}
    if g == EVERYONE or kinds[h].within_id == g:
        return {h}
    return _organisations(session, g, kinds, now=now) & _organisations(session, h, kinds, now=now)


def _organisations(
    session: Session, group: UUID, kinds: dict[UUID, Group], *, now: datetime
) -> set[UUID]:
    if kinds[group].kind == GroupKind.ORGANISATION:
        return {group}
    return members(session, group, now=now)


def cap(session: Session, groups: Iterable[UUID | Part], sensitivity: int) -> list[Part]:
    """The groups that a sensitivity (1 low to 4 severe) still allows; it only ever narrows."""
    parts = [g if isinstance(g, tuple) else (g, ALWAYS) for g in groups]
    kinds = _kinds(session, {g for g, _ in parts})
    return [p for p in parts if _RANK[GroupKind(kinds[p[0]].kind)] >= sensitivity]
