"""What recommendations are about, for those who read them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, literal, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.ground import acts
from advocacy.organisations import queries as organisations
from advocacy.recommendations.schema import Recommendation
from advocacy.subjects import rules
from advocacy.subjects.rows import About, SaidRow
from advocacy.subjects.schema import SubjectAct
from advocacy.taxonomies.queries import reads_all
from advocacy.taxonomies.rules import INSIDE, YES, Axis
from advocacy.taxonomies.schema import RecommendationSubject

_r: Any = Recommendation.__table__.c
_s: Any = RecommendationSubject.__table__.c


def said(session: Session, actor: Actor, recommendation_id: UUID) -> dict[Axis, list[SubjectAct]]:
    """All acts of a recommendation that the reader may see, by axis, each chain in its order."""
    query = select(SubjectAct).where(SubjectAct.recommendation_id == recommendation_id)
    found: dict[Axis, list[SubjectAct]] = {}
    for act in session.scalars(query):
        found.setdefault(Axis(act.axis), []).append(act)
    return {axis: acts.chain(of_axis) for axis, of_axis in found.items()}


def about(session: Session, actor: Actor, of: Recommendation) -> About:
    """What holds of a recommendation, and how it came to that."""
    chains = said(session, actor, of.id)
    listed = [act for chain in chains.values() for act in chain]
    names = organisations.names(session, {act.organisation_id for act in listed})
    listed.sort(key=lambda act: (act.recorded_at, act.axis), reverse=True)
    items = rules.standing(of)
    if not reads_all(actor, of.workspace_id):
        items |= {axis: [] for axis in INSIDE}
    why = chains.get(Axis.PRIORITY, ())
    return About(
        items={axis: tuple(chosen) for axis, chosen in items.items()},
        reason=why[-1].reason if why and items[Axis.PRIORITY] else "",
        history=tuple(_row(act, names) for act in listed),
    )


def _row(act: SubjectAct, names: dict[UUID, str]) -> SaidRow:
    return SaidRow(
        id=act.id,
        axis=Axis(act.axis),
        items=tuple(act.items),
        added=tuple(one for one in act.items if one not in act.was),
        removed=tuple(one for one in act.was if one not in act.items),
        reason=act.reason,
        organisation=names.get(act.organisation_id, ""),
        is_imported=act.import_id is not None,
        recorded_at=act.recorded_at,
    )


def many_first(session: Session, actor: Actor, workspace_id: UUID) -> tuple[int, int] | None:
    """(priorities, recommendations) that the reader sees, where it is more than one in SHARE.

    None where it is less, or where there are too few to speak of a share.
    """
    if not reads_all(actor, workspace_id):
        return None
    mine = (_r.workspace_id == bindparam("space"), guard.readers(_r.audience_id))
    first = _r.id.in_(
        select(_s.recommendation_id).where(_s.axis == Axis.PRIORITY.value, _s.item == YES)
    )
    number = guard.ask(
        session, actor, select(func.count()).select_from(Recommendation).where(*mine, first),
        space=workspace_id,
    ).scalar() or 0  # fmt: skip
    # As many as would make it no more than that: no need to count on.
    some = select(literal(1).label("one")).select_from(Recommendation.__table__).where(*mine)
    counted = select(func.count()).select_from(some.limit(bindparam("most")).subquery())
    most = max(number * rules.SHARE, rules.SHARE)
    total = guard.ask(session, actor, counted, space=workspace_id, most=most).scalar() or 0
    return (number, total) if rules.SHARE <= total < number * rules.SHARE else None


def has_moved(session: Session, ids: Sequence[UUID], run_id: UUID, *, since: datetime) -> bool:
    """Whether anybody said something of these after an instant, but this import."""
    theirs = or_(SubjectAct.import_id.is_(None), SubjectAct.import_id != run_id)
    later = select(SubjectAct.id).where(SubjectAct.recorded_at > since, theirs).limit(1)
    lots = (ids[start : start + 500] for start in range(0, len(ids), 500))
    return any(session.scalar(later.where(SubjectAct.recommendation_id.in_(lot))) for lot in lots)
