"""Say what a recommendation is about, how sharp it is, and whether it comes first."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.access.schema import ALWAYS
from advocacy.audit import actions as audit
from advocacy.evidence.queries import inside
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.recommendations import mapper as texts
from advocacy.recommendations import queries as recommendations
from advocacy.recommendations.schema import Recommendation
from advocacy.subjects import queries, rules
from advocacy.subjects.rules import Said
from advocacy.subjects.schema import SubjectAct
from advocacy.taxonomies.rules import Axis

_acts: Any = SubjectAct.__table__


def say(
    session: Session,
    actor: Actor,
    *,
    recommendation_id: UUID,
    said: Said,
    seen: Mapping[Axis, UUID | None],
) -> list[SubjectAct]:
    """Say what holds of some axes; an axis that stays as the doer saw it is left alone.

    seen: the last act of each axis that the doer saw.
    Raises: NotFound; Denied for all but the organisation that leads the recommendation; Invalid;
    Conflict when an axis that changes was changed meanwhile.
    """
    of = recommendations.recommendation(session, actor, recommendation_id)
    policy.require(actor, "recommendation:edit", policy.About(of.organisation_id, of.workspace_id))
    now, chains = rules.standing(of), queries.said(session, actor, of.id)
    changed: dict[Axis, list[str]] = {}
    for axis, items in said.items.items():
        saw = _saw(chains.get(axis, ()), now[axis], seen.get(axis))
        chosen = rules.plain(axis, items)
        told = _why(chains.get(axis, ()), seen.get(axis)) if axis is Axis.PRIORITY else ""
        if chosen != rules.plain(axis, saw) or rules.is_new_reason(axis, chosen, said, told):
            changed[axis] = chosen
    # What the doer saw is asked first: an axis that moved meanwhile is no wrong choice.
    if any(_last(chains.get(axis)) != seen.get(axis) for axis in changed):
        raise Conflict(Reason("acts.stale"))
    faults = rules.reason_faults(said, is_kept=Axis.PRIORITY in changed)
    for axis, items in changed.items():
        faults += rules.faults(axis, items, now[axis], said.reason)
    Invalid.unless_empty(faults)
    made = []
    for axis, items in changed.items():
        reason = said.reason.strip() if axis is Axis.PRIORITY else ""
        act = _act(session, actor, of, axis, items=items, was=now[axis], reason=reason)
        made.append(acts.append(session, act, after=seen.get(axis)))
        event = rules.Told(axis=axis.value)
        audit.record(session, actor, event, book=f"recommendation:{of.id}", about=of.id)
    if changed:
        texts.change(session, of.id, rules.columns(of, changed))
    return made


def _saw(chain: Sequence[SubjectAct], now: Sequence[str], seen: UUID | None) -> Sequence[str]:
    """What the doer saw of an axis. Raises Conflict for an act that is none of it."""
    if seen is None:
        return chain[0].was if chain else now
    found = next((act for act in chain if act.id == seen), None)
    if found is None:
        raise Conflict(Reason("acts.stale"))
    return now if found is chain[-1] else found.items


def _why(chain: Sequence[SubjectAct], seen: UUID | None) -> str:
    """The reason that the doer saw."""
    return next((act.reason for act in chain if act.id == seen), "")


def _last(chain: Sequence[SubjectAct] | None) -> UUID | None:
    return chain[-1].id if chain else None


def _act(
    session: Session,
    actor: Actor,
    of: Recommendation,
    axis: Axis,
    *,
    items: Sequence[str],
    was: Sequence[str],
    reason: str = "",
) -> SubjectAct:
    who = _readers(session, actor, of)
    return SubjectAct(
        id=new_id(),
        **acts.stamp(actor),
        audience_id=who,
        own_audience_id=who,
        recommendation_id=of.id,
        axis=axis.value,
        items=list(items),
        was=list(was),
        reason=reason,
    )


def brought(
    session: Session, actor: Actor, of: Recommendation, was: Mapping[Axis, list[str]], run_id: UUID
) -> None:
    """Note what an import has changed of a recommendation. was: what stood before it."""
    now, chains = rules.standing(of), queries.said(session, actor, of.id)
    for axis, items in now.items():
        if items != was[axis]:
            act = _act(session, actor, of, axis, items=items, was=was[axis])
            act.person_id = act.seat_id = None
            act.import_id = run_id
            acts.append(session, act, after=_last(chains.get(axis)))


def _readers(session: Session, actor: Actor, of: Recommendation) -> UUID:
    """Those who see the recommendation and work here."""
    parts = inside(session, of.workspace_id, audience.parts_of(session, of.audience_id))
    own = audience.intern(session, parts | {(of.organisation_id, ALWAYS)})
    return audience.meet(session, of.audience_id, own, now=actor.now)


def follow(session: Session, actor: Actor, *, recommendation_id: UUID) -> None:
    """Let what was said be read by those who read the recommendation, after these changed."""
    of = recommendations.recommendation(session, actor, recommendation_id)
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        who = _readers(session, actor, of)
        mine = _acts.c.recommendation_id == of.id
        session.execute(update(_acts).where(mine).values(audience_id=who))
