"""Say that two records are not the same; put two together; undo it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.duplicates import queries, rules
from advocacy.duplicates.schema import Distinct, ThreatInto, ThreatMerge
from advocacy.ground.acts import append, stamp
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Denied, Invalid
from advocacy.ground.reasons import Reason
from advocacy.threats import actions as threats
from advocacy.threats import queries as records
from advocacy.threats.schema import GOING_ON, FieldClass, Status, Threat, What

NARROWED: list[Callable[[Session, Actor, Threat], None]] = []
"""What is done where a merge is undone and fewer read the absorbed record than before it."""


def say_distinct(session: Session, actor: Actor, one_id: UUID, other_id: UUID) -> None:
    """Say that two records are not the same: to one's own organisation they are not shown again.

    Said twice, it is said. Raises: NotFound; Denied (one of the two is one's own); Invalid.
    """
    one = records.threat(session, actor, one_id)
    other = records.threat(session, actor, other_id)
    ours = actor.must_organisation()
    if ours not in {one.organisation_id, other.organisation_id}:
        raise Denied(Reason("access.denied", facts={"permission": "threat:edit"}))
    policy.require(actor, "threat:edit", policy.About(ours, one.workspace_id))
    if one_id == other_id:
        raise Invalid(Reason("duplicates.two"))
    first, second = rules.key(one_id, other_id)
    if (first, second) in queries.distinct(session, actor):
        return
    who = audience.intern(session, {ours})
    made = Distinct(
        id=new_id(),
        organisation_id=ours,
        audience_id=who,
        own_audience_id=who,
        first_id=first,
        second_id=second,
        at=actor.now,
        person_id=actor.person_id,
    )
    session.add(made)
    session.flush()
    threats.note(session, actor, one, rules.SaidDistinct(), made.id)


def merge(session: Session, actor: Actor, survivor_id: UUID, absorbed_id: UUID) -> ThreatMerge:
    """Put two records together: the first stays, both are read by those who read both before.

    Raises: NotFound; Denied (without the right to change both); Invalid for one and the same, or of
    two workspaces; Conflict when one of them was absorbed meanwhile.
    """
    if survivor_id == absorbed_id:
        raise Invalid(Reason("duplicates.two"))
    # Always in the same order, so that two who do the same wait and do not lock each other.
    held = {i: threats.held(session, actor, i)[0] for i in sorted({survivor_id, absorbed_id})}
    survivor, absorbed = held[survivor_id], held[absorbed_id]
    if Status.DRAFT in {survivor.status, absorbed.status}:
        raise Conflict(Reason("drafts.open-first"))
    if survivor.workspace_id != absorbed.workspace_id:
        raise Invalid(Reason("duplicates.elsewhere"))
    before = _snapshot(survivor, absorbed)
    both = audience.meet(session, survivor.audience_id, absorbed.audience_id, now=actor.now)
    act = _act(session, actor, survivor, absorbed, before={**before, "both": str(both)})
    owned = threats.under(session, actor, survivor, FieldClass.SAFE)
    session.add(ThreatInto(threat_id=survivor_id, absorbed_id=absorbed_id, **owned))
    session.flush()
    _turn(session, actor, absorbed, Status.MERGED)
    follow(session, actor, survivor)
    _tell(session, actor, survivor, both)
    threats.spread(session, actor, survivor, both)
    threats.note(session, actor, survivor, rules.MergedTwo(), act.id)
    return act


def undo(session: Session, actor: Actor, absorbed_id: UUID, *, after: UUID | None) -> ThreatMerge:
    """Take two records apart again: both as they were, and what was narrowed since stays narrow.

    after: the merge as read. Raises: NotFound; Denied (a lead's seat: it may widen who reads);
    Conflict when it was undone meanwhile, or 365 days have passed.
    """
    absorbed = records.own(session, actor, absorbed_id)
    about = policy.About(absorbed.organisation_id, absorbed.workspace_id)
    policy.require(actor, "threat:share", about)
    last = queries.last(session, absorbed_id)
    if last is None or not last.is_merged or last.id != after:
        raise Conflict(Reason("acts.stale"))
    if actor.now >= last.undo_until:
        raise Conflict(Reason("duplicates.too-late"))
    survivor = records.own(session, actor, last.survivor_id)
    before = last.before
    act = _act(session, actor, survivor, absorbed, before=before, after=last.id, is_merged=False)
    for row in session.scalars(select(ThreatInto).where(ThreatInto.absorbed_id == absorbed_id)):
        session.delete(row)
    session.flush()
    was = _again(session, actor, survivor, before, "survivor")
    alone = _again(session, actor, absorbed, before, "absorbed")
    _turn(session, actor, absorbed, before["status"])
    if absorbed.status in GOING_ON:
        absorbed.ended_on = None
    _tell(session, actor, survivor, was)
    threats.spread(session, actor, survivor, was)
    threats.spread(session, actor, absorbed, alone)
    if str(alone) != before["absorbed"]:
        for end in NARROWED:
            end(session, actor, absorbed)
    threats.note(session, actor, survivor, rules.Undone(), act.id)
    return act


def follow(session: Session, actor: Actor, survivor: Threat) -> None:
    """What a record absorbed ends with it, and goes on with it; what had ended before stays so."""
    for absorbed_id in queries.into(session, survivor.id):
        absorbed = records.threat(session, actor, absorbed_id)
        last = queries.last(session, absorbed_id)
        if last is not None and last.before["status"] in GOING_ON:
            absorbed.ended_on = survivor.ended_on
            absorbed.checked_at = survivor.checked_at
        follow(session, actor, absorbed)
    session.flush()


def _again(
    session: Session, actor: Actor, threat: Threat, before: dict[str, Any], which: str
) -> UUID:
    """Who read a record before the merge; of these, those who read it now if it was narrowed."""
    was, now = UUID(before[which]), threat.audience_id
    if str(now) == before["both"]:
        return was
    return audience.meet(session, now, was, now=actor.now)


def _snapshot(survivor: Threat, absorbed: Threat) -> dict[str, Any]:
    return {
        "survivor": str(survivor.audience_id),
        "absorbed": str(absorbed.audience_id),
        "status": absorbed.status,
    }


def _act(
    session: Session,
    actor: Actor,
    survivor: Threat,
    absorbed: Threat,
    *,
    before: dict[str, Any],
    after: UUID | None = None,
    is_merged: bool = True,
) -> ThreatMerge:
    who = audience.intern(session, {actor.must_organisation()})
    act = ThreatMerge(
        **stamp(actor),
        audience_id=who,
        own_audience_id=who,
        absorbed_id=absorbed.id,
        survivor_id=survivor.id,
        is_merged=is_merged,
        before=before,
        undo_until=actor.now + rules.UNDO,
    )
    follows = after or queries.last_of_all(session, absorbed.id)
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        # The act before may be of who kept this record then; it goes on, and is not read.
        return append(session, act, after=follows)


def take_along(session: Session, actor: Actor, survivor: Threat) -> None:
    """What a record absorbed is read no further than the record."""
    into = select(ThreatInto.absorbed_id).where(ThreatInto.threat_id == survivor.id)
    for absorbed_id in session.scalars(into).all():
        absorbed = records.threat(session, actor, absorbed_id)
        now = (survivor.audience_id, absorbed.audience_id)
        threats.spread(session, actor, absorbed, audience.meet(session, *now, now=actor.now))


threats.FOLLOWERS.append(take_along)


def _turn(session: Session, actor: Actor, absorbed: Threat, status: str) -> None:
    changed = {FieldClass.SAFE: {"status": [str(absorbed.status), str(status)]}}
    absorbed.status = status
    threats.write(session, actor, absorbed, What.CHANGED, changed)


def _tell(session: Session, actor: Actor, survivor: Threat, who: UUID) -> None:
    """Into the history of who reads the survivor."""
    levels = [str(records.sharing_level(session, i)) for i in (survivor.audience_id, who)]
    changed = {FieldClass.SHARING: {"level": levels}}
    threats.write(session, actor, survivor, What.SHARED, changed)
