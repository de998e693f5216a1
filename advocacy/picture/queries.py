"""What a picture of the register is made of. It reads the threats' tables and never writes them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.ground import clock
from advocacy.organisations.rows import WorkspaceRow
from advocacy.picture.rows import Cell, Filters, Line, VersionRow
from advocacy.threats import queries as threats
from advocacy.threats import rules
from advocacy.threats.schema import Status, Threat, ThreatMembers, ThreatVersion

_t: Any = Threat.__table__
_m: Any = ThreatMembers.__table__
_v: Any = ThreatVersion.__table__


_MINE = (_t.c.workspace_id == bindparam("space"), guard.readers(_t.c.audience_id))
_KNOWN = and_(_m.c.threat_id == _t.c.id, guard.readers(_m.c.audience_id))
_LINES = (
    select(
        _t.c.id,
        _t.c.title,
        _t.c.language,
        _t.c.risk_code,
        _t.c.area_id,
        _t.c.severity,
        _t.c.trend,
        _t.c.checked_at,
        _t.c.next_review,
        _m.c.how_known,
    )
    .select_from(_t.outerjoin(_m, _KNOWN))
    .where(*_MINE, _t.c.status == bindparam("status"))
    .order_by(_t.c.checked_at.desc(), _t.c.id.desc())
    .limit(bindparam("most"))
)
_BY = (_t.c.risk_code, _t.c.area_id, _t.c.severity, _t.c.trend)
_CELLS = select(*_BY, func.count()).where(*_MINE, _t.c.status == bindparam("status")).group_by(*_BY)


def lines(
    session: Session,
    actor: Actor,
    space: WorkspaceRow,
    filters: Filters,
    *,
    after: tuple[datetime, UUID] | None = None,
    limit: int,
) -> list[Line]:
    """Visible threats of a workspace, newest check first; after = (checked_at, id) of a row."""
    more = _conditions(actor, space, filters)
    if after is not None:
        more.append(_position(after))
    query = _LINES.where(*more) if more else _LINES
    rows = guard.ask(session, actor, query, space=space.id, status=_status(filters), most=limit)
    return [Line._make(row) for row in rows]


def _position(after: tuple[datetime, UUID]) -> ColumnElement[bool]:
    at, row = after
    return or_(_t.c.checked_at < at, and_(_t.c.checked_at == at, _t.c.id < row))


def cells(session: Session, actor: Actor, space: WorkspaceRow, filters: Filters) -> list[Cell]:
    """Visible threats counted by risk, area, severity and trend: the matrix and the total."""
    more = _conditions(actor, space, filters)
    query = _CELLS.where(*more) if more else _CELLS
    rows = guard.ask(session, actor, query, space=space.id, status=_status(filters))
    return [Cell._make(row) for row in rows]


def _status(filters: Filters) -> str:
    return Status.CLOSED if filters.is_closed else Status.ACTIVE


def _conditions(actor: Actor, space: WorkspaceRow, filters: Filters) -> list[Any]:
    """What a reader narrowed the list to, beside what they may see."""
    found: list[Any] = []
    if filters.is_country_wide:
        found.append(_t.c.area_id.is_(None))
    elif filters.area_ids is not None:
        found.append(_t.c.area_id.in_(sorted(filters.area_ids)))
    if filters.risk_code:
        found.append(_t.c.risk_code == filters.risk_code)
    if filters.severity is not None:
        found.append(_t.c.severity >= filters.severity)
    if filters.checked:
        found.append(_checked(actor, space, filters.checked))
    asked = rules.folded(filters.words).split()
    return found + [_t.c.words.contains(word, autoescape=True) for word in asked]


def _checked(actor: Actor, space: WorkspaceRow, asked: str) -> ColumnElement[bool]:
    today = clock.day_in(actor.now, space.zone)
    if asked != "late":
        return _t.c.checked_at >= _midnight(today - timedelta(days=int(asked)), space)  # type: ignore[no-any-return]
    acute = _t.c.severity >= rules.ACUTE
    acute_before = _midnight(today - timedelta(days=rules.ACUTE_DAYS), space)
    other_before = _midnight(today - timedelta(days=rules.OTHER_DAYS), space)
    own_day = _t.c.next_review < today
    return or_(and_(acute, _t.c.checked_at < acute_before), _t.c.checked_at < other_before, own_day)


def _midnight(day: date, space: WorkspaceRow) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.zone(space.zone) or UTC)


def history(session: Session, actor: Actor, threat_id: UUID) -> list[VersionRow]:
    """What happened to a threat, newest first, in the classes this reader may know."""
    threats.threat(session, actor, threat_id)
    query = (
        select(_v.c.number, _v.c.at, _v.c.what, _v.c.field_class, _v.c.changes, _v.c.person_id)
        .where(_v.c.threat_id == threat_id, guard.sentence(_v.c.audience_id, actor))
        .order_by(_v.c.number.desc(), _v.c.field_class)
        .limit(200)
    )
    rows: Any = session.connection().execute(query)
    return [
        VersionRow(n, at, what, of, tuple((f, *pair) for f, pair in changed.items()), person)
        for n, at, what, of, changed, person in rows
    ]
