"""Conditions by which lists of recommendations are narrowed to what they are about."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, select

from advocacy.access.actor import Actor, Standing
from advocacy.taxonomies.rules import INSIDE, Axis
from advocacy.taxonomies.schema import RecommendationSubject

_s: Any = RecommendationSubject.__table__.c
MEMBERS = (Standing.COORDINATOR, Standing.CO_COORDINATOR, Standing.MEMBER)


def reads_all(actor: Actor, workspace_id: UUID) -> bool:
    """Whether a reader is told how sharp a recommendation is and whether it is a priority."""
    return actor.stands_as(workspace_id, *MEMBERS)


def about(recommendation: Any, actor: Actor, chosen: dict[str, str]) -> list[Any]:
    """For each axis that a list is narrowed by: the recommendation is about this item.

    recommendation: its columns. By what is said among members alone, nobody else finds anything.
    """
    found = []
    for axis, item in chosen.items():
        if item:
            of = select(_s.recommendation_id).where(_s.axis == axis, _s.item == item)
            one = recommendation.id.in_(of)
            spaces = [space for space, standing in actor.memberships if standing in MEMBERS]
            inside = recommendation.workspace_id.in_(spaces)
            found.append(and_(inside, one) if Axis(axis) in INSIDE else one)
    return found
