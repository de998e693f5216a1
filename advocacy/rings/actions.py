"""Make a sharing circle, put organisations into it and take them out, leave it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor, Standing
from advocacy.access.schema import GroupKind
from advocacy.audit import actions as audit
from advocacy.ground import acts
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.organisations import queries as organisations
from advocacy.rings import queries, rules
from advocacy.rings.rows import RingRow
from advocacy.rings.schema import Ring, RingMember
from advocacy.text.canon import normalise


def make(
    session: Session,
    actor: Actor,
    workspace_id: UUID,
    *,
    name: str,
    members: Collection[UUID],
    hides_roster: bool = False,
    extenders: Collection[UUID] = (),
) -> RingRow:
    """Make a circle, oneself in it. Another owner's circle may be called the same.

    Raises: NotFound; Denied; Invalid (no name, a name of one's own twice, strangers).
    """
    policy.require(actor, "ring:make", policy.About(workspace_id=workspace_id))
    us, name = actor.must_organisation(), " ".join(normalise(name).split())
    Invalid.unless_empty(rules.name_faults(name))
    known = queries.rings(session, actor, workspace_id)
    if any(row.is_ours and row.name == name for row in known):
        raise Invalid(Reason("rings.name-twice", "name"))
    inside = organisations.group(session, workspace_id, GroupKind.MEMBERS)
    group = audience.make_group(session, GroupKind.CIRCLE, about=workspace_id, within=inside)
    who = audience.intern(session, {us, group.id})
    ring = Ring(
        id=group.id,
        organisation_id=us,
        audience_id=who,
        own_audience_id=who,
        workspace_id=workspace_id,
        name=name,
        hides_roster=hides_roster,
        created_at=actor.now,
    )
    session.add(ring)
    session.flush()
    for member in sorted({us, *members}):
        _let_in(session, actor, ring, member, extends=member in extenders, after=None)
    audit.record(session, actor, rules.Made(), book=f"organisation:{us}", about=ring.id)
    return queries.ring(session, actor, ring.id)


def add(
    session: Session, actor: Actor, ring_id: UUID, organisation_id: UUID, *, extends: bool = False
) -> None:
    """Put an organisation into a circle; only the owner says who else may do so.

    Who is in already stays as it is; who was out of the workspace meanwhile is in it no longer.
    Raises: NotFound; Denied; Invalid for a stranger.
    """
    row = queries.ring(session, actor, ring_id)
    _require(actor, row, "ring:extend")
    ring = session.get_one(Ring, ring_id)
    head = _head(session, ring_id, organisation_id)
    inside = audience.members(session, ring_id, now=actor.now)
    if head is not None and head.is_in and organisation_id in inside:
        return
    after = head.id if head else None
    _let_in(session, actor, ring, organisation_id, extends=extends and row.is_ours, after=after)


def remove(session: Session, actor: Actor, ring_id: UUID, *, act: UUID) -> None:
    """Take an organisation out of one's own circle; it reads nothing through it from now on.

    act: what put it there, as the page was shown. Raises: NotFound; Denied; Conflict.
    """
    row = queries.ring(session, actor, ring_id)
    _require(actor, row, "ring:keep")
    member = next((m for m in row.members if m.act == act), None)
    if member is None:
        raise Conflict(Reason("acts.stale"))
    _put_out(session, actor, ring_id, member.id, after=act)


def leave(session: Session, actor: Actor, ring_id: UUID) -> None:
    """Leave a circle. Raises: NotFound; Denied; Conflict when one is not in it."""
    row = queries.ring(session, actor, ring_id)
    mine = next((m for m in row.members if m.id == actor.organisation_id), None)
    if mine is None:
        raise Conflict(Reason("acts.stale"))
    policy.require(actor, "ring:leave", policy.About(organisation_id=mine.id))
    _put_out(session, actor, ring_id, mine.id, after=mine.act)


def _require(actor: Actor, row: RingRow, permission: str) -> None:
    # Where the roster is the owner's alone, so is its keeping.
    parties = frozenset({m.id for m in row.members if m.extends and not row.hides_roster})
    about = policy.About(row.owner_id, row.workspace_id, party_ids=parties)
    policy.require(actor, permission, about)


def _head(session: Session, ring_id: UUID, member: UUID) -> RingMember | None:
    """The last act about a member."""
    query = select(RingMember).where(RingMember.ring_id == ring_id, RingMember.member_id == member)
    return acts.current(session.scalars(query))


def _let_in(
    session: Session, actor: Actor, ring: Ring, member: UUID, *, extends: bool, after: UUID | None
) -> None:
    rows = organisations.organisations(session, actor, workspace_id=ring.workspace_id)
    if member not in {row.id for row in rows}:
        raise Invalid(Reason("rings.not-here", "members"))
    inside = organisations.group(session, ring.workspace_id, GroupKind.MEMBERS)
    if member not in audience.members(session, inside, now=actor.now):
        raise Invalid(Reason("rings.members-only", "members"))
    audience.join(session, ring.id, member, now=actor.now)
    _act(session, actor, ring, member, is_in=True, extends=extends, after=after)


def _put_out(session: Session, actor: Actor, ring_id: UUID, member: UUID, *, after: UUID) -> None:
    ring = session.get_one(Ring, ring_id)
    _act(session, actor, ring, member, is_in=False, extends=False, after=after)
    audience.leave(session, ring_id, member, now=actor.now)


def _act(
    session: Session,
    actor: Actor,
    ring: Ring,
    member: UUID,
    *,
    is_in: bool,
    extends: bool,
    after: UUID | None,
) -> None:
    """Write who is in: for the owner, the member and who did it; for all where all may know."""
    us = actor.must_organisation()
    told = set() if ring.hides_roster else {ring.id}
    space = ring.workspace_id
    named = queries.named(session, space, {member: Standing.MEMBER})[member]
    who = audience.intern(session, {us, ring.organisation_id, named, *told})
    row = RingMember(
        **acts.stamp(actor),
        ring_id=ring.id,
        member_id=member,
        is_in=is_in,
        extends=extends,
        audience_id=who,
        own_audience_id=who,
    )
    acts.append(session, row, after=after)
    event = rules.Changed(is_in=is_in)
    audit.record(session, actor, event, book=f"organisation:{us}", about=row.id)
