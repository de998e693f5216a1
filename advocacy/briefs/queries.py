"""What moved since a day, as far as every member of the workspace may read it."""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, func, literal, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.access.schema import EVERYONE, AudiencePart, GroupKind
from advocacy.asks.rules import CLOSED, Kind, Progress
from advocacy.asks.schema import Ask, AskAct
from advocacy.extracts import queries as extracts
from advocacy.extracts.rows import Full
from advocacy.extracts.rules import person_faults
from advocacy.ground import clock
from advocacy.organisations.queries import group
from advocacy.organisations.rows import WorkspaceRow
from advocacy.picture import queries as picture
from advocacy.picture.rows import Filters
from advocacy.recommendations.schema import Recommendation
from advocacy.threats.schema import Status, Threat
from advocacy.ties import queries as ties

MOST_RISKS, MOST_MOVED, MOST_AHEAD, WORST = 5, 100, 20, 4
_a: Any = Ask.__table__.c
_r: Any = Recommendation.__table__.c
_DATES = (_a.due_on, _a.due_precision, _a.late_after)
_act: Any = AskAct.__table__.c
_t: Any = Threat.__table__.c
_LOT = 50
_part: Any = AudiencePart.__table__.c
_TOLD = (
    *(Kind.RAISED, Kind.RESPONSE, Kind.UPDATE, Kind.CLAIM, Kind.VERIFY, Kind.REFUSE_VERIFY),
    *(Kind.REVERSE, Kind.CONFIRM_REVERSE, Kind.CLOSE, Kind.REOPEN),
)


class Moved(NamedTuple):
    """One step since a day. on: when it happened, else when it was recorded."""

    kind: str
    value: str
    facts: dict[str, Any]
    on: date | None
    recorded_at: datetime
    title: str
    language: str
    addressee: str


class Due(NamedTuple):
    """An ask that is late, or due soon. late_after: the last day before it is late."""

    title: str
    language: str
    addressee: str
    due_on: date
    due_precision: str
    late_after: date
    waits_for: tuple[str, ...] = ()


def _open_to(session: Session, space: WorkspaceRow, kind: GroupKind) -> Any:
    """Audiences that a whole group of the workspace is in, or everybody."""
    everyone = literal(EVERYONE, type_=_part.group_id.type)
    return select(_part.audience_id).where(
        _part.group_id.in_([everyone, group(session, space.id, kind)]),
        _part.opens_at <= bindparam(guard.AT, type_=_part.opens_at.type),
    )


def _of_members(session: Session, space: WorkspaceRow, *tables: Any) -> list[Any]:
    """Rows that every member may read, and this reader too."""
    audiences = _open_to(session, space, GroupKind.MEMBERS)
    both = ((of.audience_id.in_(audiences), guard.readers(of.audience_id)) for of in tables)
    return [_a.workspace_id == bindparam("space"), *(one for pair in both for one in pair)]


def moved(session: Session, actor: Actor, space: WorkspaceRow, since: date) -> list[Moved]:
    """Steps since a day on asks that every member may read, the newest first."""
    begins = clock.instant(since, time(12), space.zone) or actor.now
    begins -= timedelta(hours=12)
    recorded = and_(_act.effective_on.is_(None), _act.recorded_at >= begins)
    query = (
        select(
            *(_act.kind, _act.value, _act.facts, _act.effective_on, _act.recorded_at),
            *(_r.title, _r.language, _a.addressee),
        )
        .select_from(AskAct.__table__)
        .join(Ask.__table__, _a.id == _act.ask_id)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(
            _act.kind.in_([one.value for one in _TOLD]),
            or_(_act.effective_on >= since, recorded),
            *_of_members(session, space, _a, _r, _act),
        )
        .order_by(_act.recorded_at.desc(), _act.id)
        .limit(MOST_MOVED)
    )
    return [Moved._make(row) for row in guard.ask(session, actor, query, space=space.id)]


def ahead(session: Session, actor: Actor, space: WorkspaceRow, until: date) -> list[Due]:
    """Open asks that every member may read and that are late or due up to a day."""
    query = (
        select(_r.id, _r.title, _r.language, _a.addressee, *_DATES)
        .select_from(Ask.__table__)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(
            _a.due_on <= until,
            _a.progress.not_in([one.value for one in {Progress.IMPLEMENTED, *CLOSED}]),
            *_of_members(session, space, _a, _r),
        )
        .order_by(_a.due_on, _a.id)
        .limit(MOST_AHEAD)
    )
    rows = guard.ask(session, actor, query, space=space.id).all()
    waits = _waits(session, actor, space, {row.id for row in rows})
    return [
        Due(
            title=row.title,
            language=row.language,
            addressee=row.addressee,
            due_on=row.due_on,
            due_precision=row.due_precision,
            late_after=row.late_after,
            waits_for=waits.get(row.id, ()),
        )
        for row in rows
    ]


def _waits(
    session: Session, actor: Actor, space: WorkspaceRow, ids: set[UUID]
) -> dict[UUID, tuple[str, ...]]:
    """What these wait for, as far as every member may read that too."""
    waits = ties.waits(session, actor, ids)
    others = {other.id for of in waits.values() for other in of}
    if not others:
        return {}
    query = select(_r.id).where(
        _r.id.in_(others),
        _r.audience_id.in_(_open_to(session, space, GroupKind.MEMBERS)),
        guard.readers(_r.audience_id),
    )
    shown = {row.id for row in guard.ask(session, actor, query)}
    return {
        key: tuple(other.title for other in of if other.id in shown) for key, of in waits.items()
    }


def risks(
    session: Session, actor: Actor, space: WorkspaceRow, *, is_for_donors: bool
) -> list[Full]:
    """The worst risks that go outside, and that every donor, else every member, may read.

    Those whose words look like one person's data are left out, unless their author said otherwise.
    """
    readers = GroupKind.DONORS if is_for_donors else GroupKind.MEMBERS
    worst = func.coalesce(_t.severity, 0)
    outside = [_open_to(session, space, of) for of in (GroupKind.DONORS, GroupKind.OBSERVERS)]
    query = (
        select(_t.id, worst)
        .where(_t.workspace_id == bindparam("space"), _t.status == Status.ACTIVE.value)
        .where(_t.audience_id.in_(_open_to(session, space, readers)), guard.readers(_t.audience_id))
        .where(or_(*(_t.audience_id.in_(one) for one in outside)))
        .where(*picture.conditions(session, actor, space, Filters(severity=WORST)))
        .order_by(worst.desc(), _t.id)
        .limit(_LOT)
    )
    found: list[Full] = []
    # Some at a time, the worst first: where five may be told, no more are read.
    while True:
        lot = guard.ask(session, actor, query, space=space.id).all()
        rows = {row.id: row for row in extracts.records(session, actor, space, [i for i, _ in lot])}
        said = extracts.said(session, actor, list(rows.values()))
        told = (rows[i] for i, _severity in lot if i in rows)
        found += [row for row in told if not person_faults([row], said)]
        if len(found) >= MOST_RISKS or len(lot) < _LOT:
            return found[:MOST_RISKS]
        last, severity = lot[-1]
        query = query.where(or_(worst < severity, and_(worst == severity, _t.id > last)))
