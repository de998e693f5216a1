"""Write what a recommendation says in another language."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid
from advocacy.recommendations import queries as recommendations
from advocacy.recommendations.schema import Recommendation
from advocacy.wordings import rules
from advocacy.wordings.rules import Said
from advocacy.wordings.schema import Wording

_w: Any = Wording.__table__
_r: Any = Recommendation.__table__.c


def word(
    session: Session, actor: Actor, *, recommendation_id: UUID, said: Said, after: UUID | None
) -> Wording:
    """Write a text in one language. after: the last one in it that the doer saw.

    Raises: NotFound; Denied for all but the organisation that leads the recommendation; Invalid;
    Conflict when another one was written meanwhile.
    """
    of = recommendations.recommendation(session, actor, recommendation_id)
    policy.require(actor, "recommendation:edit", policy.About(of.organisation_id, of.workspace_id))
    Invalid.unless_empty(rules.faults(said, original=of.language))
    made = Wording(
        id=new_id(),
        **acts.stamp(actor),
        audience_id=of.audience_id,
        own_audience_id=of.audience_id,
        recommendation_id=of.id,
        language=said.language,
        text=said.text.strip(),
        is_official=said.is_official,
        source=said.source.strip() if said.is_official else "",
    )
    acts.append(session, made, after=after)
    event = rules.Worded(language=said.language)
    audit.record(session, actor, event, book=f"recommendation:{of.id}", about=of.id)
    return made


def follow(session: Session, actor: Actor, *, recommendation_id: UUID) -> None:
    """Let wordings be read by those who read their recommendation, after these changed."""
    its = select(_r.audience_id).where(_r.id == _w.c.recommendation_id).scalar_subquery()
    mine = _w.c.recommendation_id == recommendation_id
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        session.execute(update(_w).where(mine).values(audience_id=its))
