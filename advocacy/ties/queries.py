"""Ties of recommendations, for those who see both ends."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.asks import queries as asks
from advocacy.asks.rules import CLOSED, Progress
from advocacy.ground import acts
from advocacy.ground.errors import NotFound
from advocacy.recommendations import queries as recommendations
from advocacy.ties.rows import Other, TieRow
from advocacy.ties.rules import Edge, way
from advocacy.ties.schema import Kind, Tie

_OVER = {Progress.IMPLEMENTED, *CLOSED}


def _standing(rows: Iterable[Tie]) -> list[Tie]:
    """The ties that hold, out of all that was said of them."""
    last = (one for one in acts.heads(rows) if one.stands)
    return sorted(last, key=lambda one: one.recorded_at)


def head(
    session: Session, actor: Actor, *, source_id: UUID, target_id: UUID, kind: str
) -> Tie | None:
    """What was last said of one tie; None = nothing."""
    query = select(Tie).where(Tie.source_id == source_id, Tie.target_id == target_id)
    return acts.current(session.scalars(query.where(Tie.kind == kind)))


def tie(session: Session, actor: Actor, tie_id: UUID) -> Tie:
    """One tie of which the reader sees both ends. Raises NotFound."""
    found = session.get(Tie, tie_id)
    if found is None:
        raise NotFound
    for end in (found.source_id, found.target_id):
        recommendations.recommendation(session, actor, end)
    return found


def of(session: Session, actor: Actor, recommendation_id: UUID) -> list[TieRow]:
    """The ties of a recommendation, oldest first, where this reader sees the other end."""
    mine = or_(Tie.source_id == recommendation_id, Tie.target_id == recommendation_id)
    found = _standing(session.scalars(select(Tie).where(mine)))
    others = {one.id: _other(one, recommendation_id) for one in found}
    titles = recommendations.titles(session, actor, map(str, others.values()))
    known = asks.asks_of(session, actor, [UUID(one) for one in titles])
    return [
        TieRow(
            id=one.id,
            kind=one.kind,
            is_out=one.source_id == recommendation_id,
            other_id=others[one.id],
            title=titles[str(others[one.id])],
            text=one.text,
            asks=known.get(others[one.id], ()),
        )
        for one in found
        if str(others[one.id]) in titles
    ]


def _other(one: Tie, mine: UUID) -> UUID:
    return one.target_id if one.source_id == mine else one.source_id


def waits(
    session: Session, actor: Actor, recommendation_ids: Iterable[UUID]
) -> dict[UUID, list[Other]]:
    """What these recommendations wait for: what is not confirmed and not closed."""
    wanted = list(recommendation_ids)
    query = select(Tie).where(Tie.source_id.in_(wanted), Tie.kind == Kind.WAITS_FOR)
    found = _standing(session.scalars(query)) if wanted else []
    others = {one.target_id for one in found}
    titles = recommendations.titles(session, actor, map(str, others))
    stand = asks.asks_of(session, actor, others)
    open_ = {one for one in others if any(a.progress not in _OVER for a in stand.get(one, ()))}
    waiting: dict[UUID, list[Other]] = {}
    for one in found:
        if one.target_id in open_ and str(one.target_id) in titles:
            other = Other(one.target_id, titles[str(one.target_id)])
            waiting.setdefault(one.source_id, []).append(other)
    return waiting


def circle(
    session: Session, actor: Actor, kind: str, *, source_id: UUID, target_id: UUID
) -> list[str]:
    """Titles along the way that a tie would close to a circle; empty = it closes none.

    Only along what this reader sees: an answer tells of no tie and no record that is hidden.
    """

    def before(level: list[UUID]) -> list[Edge]:
        query = select(Tie).where(Tie.target_id.in_(level), Tie.kind == kind)
        found = [(one.source_id, one.target_id) for one in _standing(session.scalars(query))]
        if kind == Kind.SUPERSEDES:  # what gave way when it was closed was replaced as well
            found += [(n, old) for old in level for n in asks.replacements(session, actor, old)]
        seen = recommendations.titles(session, actor, {str(one) for one, _to in found})
        return [(one, to) for one, to in found if str(one) in seen]

    steps = way(before, start=target_id, end=source_id)
    titles = recommendations.titles(session, actor, map(str, steps))
    return [titles[str(one)] for one in steps]


def count(session: Session, actor: Actor, workspace_id: UUID) -> int:
    """How much was said of ties here, as far as this reader sees: grows with each tie."""
    query = select(func.count(Tie.id)).where(Tie.workspace_id == workspace_id)
    return session.scalar(query) or 0
