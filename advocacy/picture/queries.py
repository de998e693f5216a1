"""What a picture of the register is made of. It reads the threats' tables and never writes them."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, not_, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard, kept
from advocacy.access.actor import Actor
from advocacy.access.schema import AudiencePart, Group
from advocacy.analysis.schema import ThreatBlocks, ThreatPlace, ThreatRegion
from advocacy.assessments.queries import agreed_severity, is_agreed
from advocacy.counting import queries as counting
from advocacy.ground import clock
from advocacy.ground.orders import Stretch
from advocacy.organisations.rows import WorkspaceRow
from advocacy.picture.rows import Cell, Filters, Found, Line, VersionRow
from advocacy.picture.rules import COUNTED_TO, Sort
from advocacy.protocols import queries as protocols
from advocacy.reference.schema import Area
from advocacy.search import queries as search
from advocacy.threats import queries as threats
from advocacy.threats import rules
from advocacy.threats.schema import (
    FieldClass,
    Level,
    Threat,
    ThreatMembers,
    ThreatVersion,
)

_t: Any = Threat.__table__
_m: Any = ThreatMembers.__table__
_v: Any = ThreatVersion.__table__
_p: Any = ThreatPlace.__table__
_r: Any = ThreatRegion.__table__
_a: Any = Area.__table__

_MINE = (_t.c.workspace_id == bindparam("space"), guard.readers(_t.c.audience_id))
# Of the rows of a page alone: joined, PostgreSQL reads the whole table for them.
_KNOWN = (
    select(_m.c.how_known)
    .where(_m.c.threat_id == _t.c.id, guard.readers(_m.c.audience_id))
    .scalar_subquery()
    .label("how_known")
)
# What was agreed where there is such, else what its owner says.
_AGREED = agreed_severity(_t.c.id).label("agreed")
_SEVERITY = func.coalesce(_AGREED.element, _t.c.severity).label("severity")
_LINES = (
    select(
        _t.c.id,
        _t.c.title,
        _t.c.language,
        _t.c.risk_code,
        _t.c.area_id,
        _AGREED,
        _t.c.severity,
        _t.c.trend,
        _t.c.checked_at,
        _t.c.next_review,
        _t.c.status,
        _t.c.sensitivity,
        _t.c.people_least,
        _t.c.people_most,
        _t.c.audience_id,
        _KNOWN,
    )
    .select_from(_t)
    .where(*_MINE, _t.c.status == bindparam("status"))
    .limit(bindparam("most"))
)
_FEW = 1_000
# They go with the full account; past its time nobody reads them, erased or not.
_TEXTS = frozenset(ThreatBlocks.__erased__)
_NEWEST = ((_t.c.checked_at, True), (_t.c.id, True))


def _falling(column: Any, floor: int) -> list[Stretch]:
    """Rows with a value, the highest first, then those without."""
    known = Stretch((column.is_not(None),), ((column, True), *_NEWEST), floor)
    return [known, Stretch((column.is_(None),), _NEWEST, floor, is_last=True)]


_ORDERS: dict[str, list[Stretch]] = {
    Sort.CHECKED: [Stretch((), _NEWEST)],
    Sort.OLDEST: [Stretch((), ((_t.c.checked_at, False), (_t.c.id, False)))],
    Sort.SEVERITY: _falling(_t.c.severity, 0),
    Sort.TITLE: [Stretch((), ((_t.c.title, False), (_t.c.id, False)))],
    Sort.PEOPLE: _falling(_t.c.people_least, -1),
}
# What was agreed is in no index of the record's own: those records are sorted, and put between.
_AGREED_ONES = Stretch((), ((_AGREED.element, True), *_NEWEST), 0)


# By what owners say, which one index holds; then what was agreed instead, of the few it was of.
_BY = (_t.c.risk_code, _t.c.area_id, _t.c.severity, _t.c.trend)
_CELLS = select(*_BY, func.count()).where(*_MINE, _t.c.status == bindparam("status")).group_by(*_BY)
_MOVED = select(_t.c.risk_code, _t.c.area_id, _t.c.severity, _AGREED, _t.c.trend).where(
    *_MINE, _t.c.status == bindparam("status")
)
_IN_SEVERAL = select(_r.c.threat_id).where(guard.readers(_r.c.audience_id)).distinct()


def _more_cells(more: Iterable[Any]) -> Select[Any]:
    """Counts for the further areas of records that lie in several."""
    # The severity is worked out once in an inner statement: PostgreSQL would not know it again.
    each = select(_t.c.risk_code, _r.c.area_id, _SEVERITY, _t.c.trend)
    further = (_r.c.threat_id == _t.c.id, guard.readers(_r.c.audience_id))
    apart = _r.c.area_id.is_distinct_from(_t.c.area_id)
    rows = each.select_from(_t.join(_r, and_(*further, apart)))
    of = rows.where(*_MINE, _t.c.status == bindparam("status"), *more).subquery().c
    by = (of.risk_code, of.area_id, of.severity, of.trend)
    return select(*by, func.count()).group_by(*by)


def lines(
    session: Session,
    actor: Actor,
    space: WorkspaceRow,
    filters: Filters,
    *,
    after: tuple[Any, ...] | None = None,
    sort: str = Sort.CHECKED,
    limit: int,
    total: int | None = None,
    of: Found | None = None,
) -> list[Line]:
    """Visible threats of a workspace in an order; after = `place(row, sort)` of the row before.

    of: what `found` gave. total: how many there are in all, where that is known. Few are found
    first and then sorted; of many the first are met soon by walking in their order.
    """
    is_few = total is not None and total <= _FEW
    has_many = total is not None and not is_few
    more = kept.named(session, actor, _t.c.audience_id)
    whole = of if of and of.is_all else None
    more += conditions(session, actor, space, filters, by_row=has_many, of=whole)
    values = {"space": space.id, "status": filters.status}

    def found(stretch: Stretch, only: list[Any], most: int) -> list[Line]:
        beyond = stretch.after(after)
        if beyond is None or most <= 0:
            return []
        order = [_ordered(column, falls=falls, is_few=is_few) for column, falls in stretch.by]
        query = _LINES.where(*stretch.where, *only, *beyond, *more).order_by(*order)
        rows = guard.ask(session, actor, query, **values, most=most)
        return [Line._make(row) for row in rows]

    agreed = is_agreed(session, actor, _t.c.id) if sort == Sort.SEVERITY else None
    apart = [] if agreed is None else [not_(agreed)]
    listed: list[Line] = []
    for stretch in _ORDERS[sort]:
        listed += found(stretch, apart, limit - len(listed))
    if agreed is None:
        return listed
    both = listed + found(_AGREED_ONES, [agreed], limit)
    return sorted(both, key=lambda line: place(line, sort), reverse=True)[:limit]


def _ordered(column: Any, *, falls: bool, is_few: bool) -> Any:
    # No index holds what is worked out, so none is walked through for the sake of the order.
    of = func.coalesce(column, column) if is_few else column
    return of.desc() if falls else of.asc()


def place(line: Line, sort: str = Sort.CHECKED) -> tuple[Any, ...]:
    """Where a row stands in an order, for the page that goes on after it."""
    first: dict[str, tuple[Any, ...]] = {
        Sort.SEVERITY: (line.severity or 0, line.checked_at),
        Sort.TITLE: (line.title,),
        Sort.PEOPLE: (-1 if line.people_least is None else line.people_least, line.checked_at),
    }
    return (*first.get(sort, (line.checked_at,)), line.id)


def cells(
    session: Session,
    actor: Actor,
    space: WorkspaceRow,
    filters: Filters,
    *,
    of: Found | None = None,
) -> list[Cell]:
    """Visible threats counted by risk, area, severity and trend: the matrix and the total.

    A record that lies in several areas is counted in each; a total takes no `Cell.is_more`.
    of: what `found` gave, where it did.
    """
    of = of if of and of.is_all else None
    given: dict[str, Any] = {"space": space.id, "status": filters.status}
    found: Counter[tuple[Any, ...]] = Counter()
    if filters == Filters(status=filters.status):
        found.update(counting.records(session, actor, space.id, given["status"]))
    else:
        narrowed = kept.named(session, actor, _t.c.audience_id)
        narrowed += conditions(session, actor, space, filters, of=of)
        for *by, number in guard.ask(session, actor, _CELLS.where(*narrowed), **given):
            found[tuple(by)] += number
    known = is_agreed(session, actor, _t.c.id)
    several = kept.among(session, actor, _t.c.id, _IN_SEVERAL)
    # Of these there are few as a rule: each is looked at.
    any_of_them = known is not None or several is not None
    few = conditions(session, actor, space, filters, by_row=True, of=of) if any_of_them else []
    if known is not None:
        query = _MOVED.where(known, *few)
        for risk, area, said, agreed, trend in guard.ask(session, actor, query, **given):
            found[risk, area, said, trend] -= 1
            found[risk, area, said if agreed is None else agreed, trend] += 1
    listed = [Cell._make((*by, number, False)) for by, number in found.items() if number]
    if several is None:
        return listed
    further = guard.ask(session, actor, _more_cells([several, *few]), **given)
    return [*listed, *(Cell._make((*row, True)) for row in further)]


def found(session: Session, actor: Actor, filters: Filters) -> Found | None:
    """The records with the words of the filters, as far as they are counted. None: no words."""
    if not filters.words.strip():
        return None
    ids = tuple(search.some(session, actor, filters.words, COUNTED_TO))
    return Found(ids, is_all=len(ids) <= COUNTED_TO)


def at_least(
    session: Session, actor: Actor, space: WorkspaceRow, filters: Filters, of: Found
) -> list[Cell] | None:
    """Of a search that lists more than are counted: some, each in its first area.

    What is counted of them is the least that there is. None: `cells` may count them all.
    """
    known, said = is_agreed(session, actor, _t.c.id), _t.c.severity
    if known is not None:
        said = case((known, _SEVERITY.element), else_=said)
    by = (_t.c.risk_code, _t.c.area_id, said.label("severity"), _t.c.trend)
    more = conditions(session, actor, space, filters, of=of)
    query = select(*by).where(*_MINE, _t.c.status == bindparam("status"), *more)
    rows = guard.ask(session, actor, query, space=space.id, status=filters.status)
    counted = Counter(map(tuple, rows))
    if counted.total() <= COUNTED_TO:
        return None
    return [Cell._make((*row, number, False)) for row, number in counted.items()]


def parts(
    session: Session,
    actor: Actor,
    space: WorkspaceRow,
    filters: Filters,
    *,
    level: int,
    inside: Iterable[UUID],
) -> list[Cell]:
    """The same by areas of a deeper level: of records whose exact place the reader may know.

    inside: an area and all that lies in it. A record is counted once in each area that it lies in;
    None = its place is not known as exactly as that level.
    """
    exact = _places(inside).subquery().c
    at = case((_a.c.level == level, _a.c.id), (_a.c.level == level + 1, _a.c.parent_id))
    rows = _t.join(exact.threat_id.table, exact.threat_id == _t.c.id)
    each = select(_t.c.id, _t.c.risk_code, at.label("at"), _SEVERITY, _t.c.trend).distinct()
    each = each.select_from(rows.join(_a, _a.c.id == exact.area_id))
    more = conditions(session, actor, space, filters)
    of = each.where(*_MINE, _t.c.status == bindparam("status"), *more).subquery().c
    by = (of.risk_code, of.at, of.severity, of.trend)
    query = select(*by, func.count()).group_by(*by)
    found = guard.ask(session, actor, query, space=space.id, status=filters.status)
    return [Cell._make((*row, False)) for row in found]


def conditions(
    session: Session,
    actor: Actor,
    space: WorkspaceRow,
    filters: Filters,
    *,
    by_row: bool = False,
    of: Found | None = None,
) -> list[Any]:
    """What a reader narrowed the list to, beside what they may see and beside the status.

    by_row: as for `search.holding`. of: what was found for the words, where that is known.
    """
    found = _where(filters)
    if filters.risk_code:
        found.append(_t.c.risk_code == filters.risk_code)
    if filters.severity is not None:
        said: Any = _t.c.severity
        known = is_agreed(session, actor, _t.c.id)
        if known is not None:  # few are looked up, one by one
            said = case((known, _SEVERITY.element), else_=said)
        found.append(said >= filters.severity)
    if filters.trend:
        found.append(_t.c.trend == filters.trend)
    if filters.is_own:
        found.append(_t.c.organisation_id == actor.organisation_id)
    if filters.checked:
        found.append(_checked(actor, space, filters.checked))
    if of is not None:
        return [*found, kept.one_of(session, _t.c.id, of.ids)]
    holding = search.holding(session, actor, filters.words, by_row=by_row)
    return found if holding is None else [*found, holding]


def _where(filters: Filters) -> list[Any]:
    """A record counts in each of its areas."""
    found: list[Any] = []
    if filters.is_country_wide:
        found.append(_t.c.area_id.is_(None))
    elif filters.area_ids is not None:
        ids = sorted(filters.area_ids)
        further = select(_r.c.threat_id).where(_r.c.area_id.in_(ids))
        further = further.where(guard.readers(_r.c.audience_id))
        found.append(or_(_t.c.area_id.in_(ids), _t.c.id.in_(further)))
    if filters.within is not None:
        found.append(_t.c.id.in_(select(_places(filters.within).subquery().c.threat_id)))
    return found


def _places(areas: Iterable[UUID]) -> Any:
    """Threats with those of these areas that are exact places of theirs, as the reader knows."""
    ids = sorted(areas)
    first = select(_m.c.threat_id, _m.c.area_id).where(guard.readers(_m.c.audience_id))
    more = select(_p.c.threat_id, _p.c.area_id).where(guard.readers(_p.c.audience_id))
    return first.where(_m.c.area_id.in_(ids)).union(more.where(_p.c.area_id.in_(ids)))


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


def levels(session: Session, audiences: Iterable[UUID]) -> dict[UUID, Level]:
    """How far each of these audiences goes, in one word: of rows that were read as visible."""
    part, group = AudiencePart.__table__.c, Group.__table__.c
    query = (
        select(part.audience_id, group.kind)
        .join(Group.__table__, group.id == part.group_id)
        .where(part.audience_id.in_(sorted(set(audiences))))
    )
    kinds: dict[UUID, list[str]] = {}
    for audience_id, kind in session.connection().execute(query):
        kinds.setdefault(audience_id, []).append(kind)
    return {i: rules.level_of(found, organisations=len(found)) for i, found in kinds.items()}


def history(session: Session, actor: Actor, threat_id: UUID) -> list[VersionRow]:
    """What happened to a threat, newest first, in the classes this reader may know."""
    is_over = protocols.is_over(session, actor, threats.threat(session, actor, threat_id))
    query = (
        select(_v.c.number, _v.c.at, _v.c.what, _v.c.field_class, _v.c.changes, _v.c.person_id)
        .where(_v.c.threat_id == threat_id, guard.sentence(_v.c.audience_id, actor))
        .order_by(_v.c.number.desc(), _v.c.field_class)
        .limit(200)
    )
    rows: Any = session.connection().execute(query)
    return [
        VersionRow(
            *(n, at, what, of),
            tuple(
                (f, *pair) for f, pair in (changed or {}).items() if not is_over or f not in _TEXTS
            ),
            person,
        )
        for n, at, what, of, changed, person in rows
        if not (is_over and of == FieldClass.RESTRICTED)
    ]
