"""Asks that a deed can be done with, as the reader sees them."""

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from advocacy.access import guard, policy
from advocacy.access.actor import Actor
from advocacy.asks.queries import disputed, open_steps
from advocacy.asks.schema import Ask, AskAct
from advocacy.ground import acts
from advocacy.recommendations.queries import ask_conditions, text_conditions
from advocacy.recommendations.rows import Filters
from advocacy.recommendations.schema import Recommendation
from advocacy.together import rules
from advocacy.together.rows import Line
from advocacy.together.rules import Deed

_a: Any = Ask.__table__.c
_r: Any = Recommendation.__table__.c
_act: Any = AskAct.__table__.c
_TEXT = (
    _r.title,
    _r.language,
    _r.ref,
    _r.tags,
    _r.organisation_id.label("leads_id"),
)


def lines(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    deed: Deed,
    filters: Filters,
    on: date,
) -> tuple[list[Line], int]:
    """Asks that match and that the actor may do this with, and how many match without that.

    At most `rules.MOST` are looked at; a number above it says that more match.
    """
    of_text = text_conditions(session, filters)
    which = of_text + ask_conditions(session, actor, workspace_id, filters, on)
    query = _asked(actor, workspace_id).where(*which)
    newest = query.order_by(_r.created_at.desc(), _r.id.desc(), _a.role.desc(), _a.id)
    rows = list(session.execute(newest.limit(rules.MOST + 1)))
    return _offered(session, actor, rows[: rules.MOST], deed, on), len(rows)


def lines_of(
    session: Session,
    actor: Actor,
    ask_ids: Sequence[UUID],
    *,
    workspace_id: UUID,
    deed: Deed,
    on: date,
) -> list[Line]:
    """Those of these asks that the actor sees here, and may do this with, as they are now."""
    some = _asked(actor, workspace_id).where(_a.id.in_(ask_ids[: rules.MOST + 1]))
    rows = list(session.execute(some.order_by(_r.created_at.desc(), _r.id.desc(), _a.id)))
    return _offered(session, actor, rows, deed, on)


def _asked(actor: Actor, workspace_id: UUID) -> Select[Any]:
    return (
        select(*_a, *_TEXT)
        .select_from(Ask.__table__)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(_a.workspace_id == workspace_id)
        .where(guard.sentence(_a.audience_id, actor), guard.sentence(_r.audience_id, actor))
    )


def _offered(
    session: Session, actor: Actor, rows: Sequence[Any], deed: Deed, on: date
) -> list[Line]:
    ids = [row.id for row in rows]
    axis = rules.axis_of(deed)
    if axis is None:
        mine = [row for row in rows if _may_edit(actor, row)]
        return list(
            {row.recommendation_id: _line(row, rules.seal(row.tags)) for row in mine}.values()
        )
    kind, open_ = rules.KIND_OF[deed], disputed(session, actor, ids)
    before = _heads(session, actor, ids, axis.value)
    found = []
    for row in rows:
        of: Any = SimpleNamespace(**row._mapping)
        if kind in open_steps(actor, of, on=on, dispute=open_.get(row.id)):
            found.append(_line(row, str(before.get(row.id, ""))))
    return found


def _may_edit(actor: Actor, row: Any) -> bool:
    about = policy.About(row.leads_id, row.workspace_id)
    return policy.allows(actor, "recommendation:edit", about)


def _heads(session: Session, actor: Actor, ids: Sequence[UUID], axis: str) -> dict[UUID, UUID]:
    """The last step of each ask on an axis."""
    query = select(_act.id, _act.ask_id, _act.previous_id).where(
        _act.ask_id.in_(ids), _act.axis == axis, guard.sentence(_act.audience_id, actor)
    )
    rows: Any = session.execute(query).all()
    return {row.ask_id: row.id for row in acts.heads(rows)}


def _line(row: Any, base: str) -> Line:
    return Line(
        ask_id=row.id,
        recommendation_id=row.recommendation_id,
        title=row.title,
        language=row.language,
        ref=row.ref,
        addressee=row.addressee,
        due_on=row.due_on,
        due_precision=row.due_precision,
        tags=tuple(row.tags),
        base=base,
    )
