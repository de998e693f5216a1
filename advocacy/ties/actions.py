"""Tie recommendations together, end a tie, and split one into parts."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard, policy
from advocacy.access.actor import Actor
from advocacy.asks.actions import NewAsk
from advocacy.audit import actions as audit
from advocacy.ground import acts
from advocacy.ground.base import new_id
from advocacy.ground.errors import Conflict, Invalid
from advocacy.ground.reasons import Reason
from advocacy.recommendations import actions as recommending
from advocacy.recommendations import queries as recommendations
from advocacy.recommendations.actions import NewText
from advocacy.recommendations.schema import Recommendation
from advocacy.ties import queries, rules
from advocacy.ties.schema import Kind, Tie

_t: Any = Tie.__table__
_source: Any = Recommendation.__table__.alias("source")
_target: Any = Recommendation.__table__.alias("target")


def tie(
    session: Session,
    actor: Actor,
    *,
    source_id: UUID,
    target_id: UUID | None,
    kind: str,
    text: str = "",
    seen: int | None = None,
) -> Tie:
    """Say how a recommendation of one's own stands to another one.

    target_id: None where what was named is nothing that the doer sees.
    seen: how much had been said of ties here when the form was opened (`queries.count`).
    Raises: NotFound; Denied for all but the organisation that leads the first; Invalid, also when
    it would close a circle; Conflict when a tie that was made meanwhile closes it.
    """
    one = recommendations.recommendation(session, actor, source_id)
    policy.require(actor, "recommendation:edit", _about(one))
    if target_id is None:
        raise Invalid(Reason("ties.nothing", "other"))
    other = recommendations.recommendation(session, actor, target_id)
    is_elsewhere = one.workspace_id != other.workspace_id
    same = one.id == other.id
    Invalid.unless_empty(rules.faults(kind, text, is_itself=same, is_elsewhere=is_elsewhere))
    made_id = new_id()
    # Said first: whoever ties here at the same time waits until this one is through.
    book = f"ties:{one.workspace_id}"
    audit.record(session, actor, rules.Tied(kind=kind), book=book, about=made_id)
    _must_not_circle(session, actor, one, other, kind, seen)
    before = queries.head(session, actor, source_id=one.id, target_id=other.id, kind=kind)
    if before is not None and before.stands:
        raise Invalid(Reason("ties.already", "other"))
    who = audience.meet(session, one.audience_id, other.audience_id, now=actor.now)
    made = Tie(
        id=made_id,
        **acts.stamp(actor),
        audience_id=who,
        own_audience_id=who,
        workspace_id=one.workspace_id,
        source_id=one.id,
        target_id=other.id,
        kind=kind,
        stands=True,
        text=text.strip(),
    )
    return acts.append(session, made, after=before.id if before else None)


def _must_not_circle(
    session: Session,
    actor: Actor,
    one: Recommendation,
    other: Recommendation,
    kind: str,
    seen: int | None,
) -> None:
    way = queries.circle(session, actor, kind, source_id=one.id, target_id=other.id)
    if not way:
        return
    facts = {"way": " → ".join((one.title, *way))}
    if seen is not None and seen != queries.count(session, actor, one.workspace_id):
        raise Conflict(Reason("ties.circle-meanwhile", facts=facts))
    raise Invalid(Reason("ties.circle", "other", facts))


def end(session: Session, actor: Actor, tie_id: UUID) -> UUID:
    """End a tie; returns the recommendation that it was made from.

    Raises: NotFound; Denied for all but the organisation that leads that; Conflict when it was
    ended before.
    """
    found = queries.tie(session, actor, tie_id)
    one = recommendations.recommendation(session, actor, found.source_id)
    policy.require(actor, "recommendation:edit", _about(one))
    if not found.stands:
        raise Conflict(Reason("acts.stale"))
    made = Tie(
        id=new_id(),
        **acts.stamp(actor),
        audience_id=found.audience_id,
        own_audience_id=found.own_audience_id,
        workspace_id=found.workspace_id,
        source_id=found.source_id,
        target_id=found.target_id,
        kind=found.kind,
        stands=False,
    )
    acts.append(session, made, after=found.id)
    book = f"ties:{one.workspace_id}"
    audit.record(session, actor, rules.Ended(kind=found.kind), book=book, about=made.id)
    return one.id


def split(
    session: Session, actor: Actor, *, recommendation_id: UUID, title: str, text: str, to: NewAsk
) -> Recommendation:
    """Make a part of a recommendation a recommendation of its own, for the same readers.

    Raises: NotFound; Denied for all but the organisation that leads the whole; Invalid.
    """
    whole = recommendations.recommendation(session, actor, recommendation_id)
    new = NewText(
        title=title,
        text=text,
        language=whole.language,
        issuers=whole.issuers,
        issued_on=whole.issued_on,
        source=whole.source,
        tags=whole.tags,
    )
    made = recommending.add_part(session, actor, whole=whole, new=new, to=to)
    tie(session, actor, source_id=made.id, target_id=whole.id, kind=Kind.PART_OF)
    return made


def follow(session: Session, actor: Actor, *, recommendation_id: UUID) -> None:
    """Bring the ties of a recommendation to today's meeting of their ends.

    Call it in the transaction that changed who may see it. No reading depends on it: a tie is
    shown only where both ends are.
    """
    mine = or_(_t.c.source_id == recommendation_id, _t.c.target_id == recommendation_id)
    query = (
        select(_t.c.id, _source.c.audience_id.label("one"), _target.c.audience_id.label("other"))
        .select_from(_t)
        .join(_source, _source.c.id == _t.c.source_id)
        .join(_target, _target.c.id == _t.c.target_id)
        .where(mine)
    )
    with guard.system(session, guard.System.AUDIENCE_REWRITE):
        for row in session.execute(query).all():
            who = audience.meet(session, row.one, row.other, now=actor.now)
            session.execute(update(_t).where(_t.c.id == row.id).values(audience_id=who))


def _about(of: Recommendation) -> policy.About:
    return policy.About(of.organisation_id, of.workspace_id)
