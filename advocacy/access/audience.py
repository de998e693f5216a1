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
from advocacy.access.groups import (
    group_for,
    groups_of_members,
    join,
    know,
    leave,
    make_group,
    meeting,
    members,
    stay,
)
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

__all__ = [
    "AT",
    "READABLE",
    "READER",
    "READERS",
    "Part",
    "cap",
    "group_for",
    "groups_of",
    "groups_of_members",
    "intern",
    "is_everybody",
    "join",
    "leave",
    "make_group",
    "meet",
    "members",
    "named",
    "named_by",
    "parts_of",
    "reaches_more",
    "readable",
    "readers_of",
    "stay",
    "while_in",
]

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
    GroupKind.MEETING: 4,  # one of nothing; else as the narrowest of its groups
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


def _audiences(now: Any, mine: Any, *, within: Any = None) -> Select[Any]:
    groups: Any = select(literal(EVERYONE, type_=_GROUP).label("g"))
    if mine is not None:
        in_groups = select(_member.c.group_id).where(
            _member.c.organisation_id == mine,
            _member.c.from_at <= now,
            or_(_member.c.until_at.is_(None), _member.c.until_at > now),
        )
        own = select(mine.label("g"))
        if within is not None:
            own, in_groups = own.correlate(within), in_groups.correlate(within)
        groups = union_all(groups, own, in_groups)
    inner = groups.subquery()
    return select(_part.c.audience_id).where(
        _part.c.group_id.in_(select(inner.c.g)), _part.c.opens_at <= now
    )


# For statements made once and asked with these two values, see `guard.ask`. Who acts for nobody is
# in no group but everyone's, since nothing equals NULL.
READER, AT = "reader_organisation", "reader_now"
READABLE = _audiences(bindparam(AT, type_=Instant()), bindparam(READER, type_=_GROUP))

# The same for several readers at once, for the system alone: which of these organisations are in
# the audience of a row now.
READERS = "reader_organisations"
_reader = Group.__table__.alias("reader")


def readers_of(column: Any, *which: Any) -> Select[Any]:
    """SQL: those of READERS that see, at AT, one of `which` rows; `column` is their audience."""
    seen = _audiences(bindparam(AT, type_=Instant()), _reader.c.id, within=_reader)
    rows = select(column).where(*which, column.in_(seen))
    return select(_reader.c.id).where(
        _reader.c.id.in_(bindparam(READERS, expanding=True)), rows.exists()
    )


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


def parts_of(session: Session, audience: UUID) -> frozenset[Part]:
    """The (group, opens at) pairs of an audience."""
    rows = session.execute(
        select(AudiencePart.group_id, AudiencePart.opens_at).where(
            AudiencePart.audience_id == audience
        )
    )
    return frozenset((group, opens) for group, opens in rows)


def groups_in(session: Session, audiences: Iterable[UUID]) -> dict[UUID, set[Part]]:
    """The same of many audiences, by one statement."""
    part = AudiencePart.__table__.c
    query = select(part.audience_id, part.group_id, part.opens_at)
    rows = session.connection().execute(query.where(part.audience_id.in_(list(audiences))))
    found: dict[UUID, set[Part]] = {}
    for audience_id, group, opens in rows:
        found.setdefault(audience_id, set()).add((group, opens))
    return found


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


def while_in(session: Session, organisation: UUID, group: UUID) -> UUID:
    """The group by which an organisation is named for as long as it is in another group.

    Whoever names an organisation of a workspace names it so: its own group has no end, and it
    would go on reading when it has left. An organisation's own rows name it by its own group.
    """
    return meeting(session, frozenset({organisation, group}))


def meet(session: Session, a: UUID, b: UUID, *, now: datetime) -> UUID:
    """The audience of those who are in both, each from the later of the two instants.

    It stays so: who joins or leaves a group of either joins or leaves what they share (`groups`).
    """
    if a == b:
        return a
    ours, theirs = parts_of(session, a), parts_of(session, b)
    known = know(session, {g for g, _ in ours | theirs})
    both: dict[frozenset[UUID], datetime] = {}
    for g, opens_g in ours:
        for h, opens_h in theirs:
            of, opens = known.bare((g, h)), max(opens_g, opens_h)
            if of is not None:
                both[of] = min(opens, both.get(of, opens))
    needed = [
        (of, opens)
        for of, opens in both.items()
        if not any(
            other != of and at <= opens and known.is_inside(of, other) for other, at in both.items()
        )
    ]
    return intern(session, [(meeting(session, of), opens) for of, opens in needed])


def reaches_more(session: Session, new: UUID, old: UUID, *, now: datetime) -> bool:
    """Whether somebody would read with `new` who reads nothing with `old` now.

    An organisation that is named now and read before as one of a group is nobody new.
    """
    more = parts_of(session, new) - parts_of(session, meet(session, old, new, now=now))
    who = _named(session, {group for group, _ in more})
    readers = {
        o for g, opens in parts_of(session, old) if opens <= now for o in _in(session, g, now)
    }
    # A circle of members beside the members is left out of a meeting, which it adds nobody to.
    return any(
        who[part[0]] not in readers
        and part not in parts_of(session, meet(session, old, intern(session, [part]), now=now))
        for part in more
    )


def _in(session: Session, group: UUID, now: datetime) -> set[UUID]:
    return members(session, group, now=now) | {group}


def cap(session: Session, groups: Iterable[UUID | Part], sensitivity: int) -> list[Part]:
    """The groups that a sensitivity (1 low to 4 severe) still allows; it only ever narrows."""
    parts = [g if isinstance(g, tuple) else (g, ALWAYS) for g in groups]
    known = know(session, {g for g, _ in parts})
    rank = {g: max(_RANK[GroupKind(known.kinds[base])] for base in known.of[g]) for g, _ in parts}
    return [part for part in parts if rank[part[0]] >= sensitivity]


def named(session: Session, audience: UUID) -> set[UUID]:
    """The groups of an audience in the words of who chose it.

    An organisation stands for itself, also where it reads only as long as it is in another group.
    """
    return set(named_by(session, audience).values())


def named_by(session: Session, audience: UUID) -> dict[UUID, UUID]:
    """The same by the group that stands in the audience."""
    return _named(session, {group for group, _ in parts_of(session, audience)})


def _named(session: Session, groups: set[UUID]) -> dict[UUID, UUID]:
    known = know(session, groups)
    return {
        group: next((g for g in known.of[group] if known.kinds[g] == GroupKind.ORGANISATION), group)
        for group in groups
    }
