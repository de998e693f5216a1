"""Records and their history, as far as a reader may read both."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.organisations.rows import WorkspaceRow
from advocacy.picture import queries as picture
from advocacy.picture.rows import Filters
from advocacy.threats.schema import FieldClass, Threat, ThreatVersion
from advocacy.trends.rows import Change, Present

_t: Any = Threat.__table__
_v: Any = ThreatVersion.__table__
_MINE = (_t.c.workspace_id == bindparam("space"), guard.readers(_t.c.audience_id))
_TOLD = and_(
    _v.c.threat_id == _t.c.id,
    _v.c.field_class == FieldClass.SAFE,
    guard.readers(_v.c.audience_id),
)
_PRESENT = (
    select(_t.c.id, _t.c.severity, _t.c.status, func.min(_v.c.at))
    .select_from(_t.outerjoin(_v, _TOLD))
    .where(*_MINE)
    .group_by(_t.c.id, _t.c.severity, _t.c.status)
)
_CHANGES = (
    select(_v.c.threat_id, _v.c.number, _v.c.at, _v.c.changes)
    .select_from(_t.join(_v, _TOLD))
    .where(*_MINE, _v.c.at >= bindparam("since"))
)


def history(
    session: Session, actor: Actor, space: WorkspaceRow, filters: Filters, *, since: datetime
) -> tuple[list[Present], list[Change]]:
    """Visible records as they are now, over or not, and their changes from an instant on."""
    more = picture.conditions(session, actor, space, filters)
    of_now, of_then = _PRESENT.where(*more), _CHANGES.where(*more)
    present = guard.ask(session, actor, of_now, space=space.id)
    changes = guard.ask(session, actor, of_then, space=space.id, since=since)
    return [Present._make(row) for row in present], [Change._make(row) for row in changes]
