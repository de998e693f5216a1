"""What every donor of a workspace may read of its asks, field by field."""

from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.access.schema import EVERYONE, AudiencePart, Group, GroupKind
from advocacy.asks.rules import CLOSED, DONE
from advocacy.asks.schema import Ask
from advocacy.donors import rules
from advocacy.donors.rows import PublicAsk, PublicFigures, View
from advocacy.recommendations.schema import Recommendation

MOST, MOST_ADDRESSEES = 100, 50
_ALL = View()
_a: Any = Ask.__table__.c
_r: Any = Recommendation.__table__.c
_part: Any = AudiencePart.__table__.c
_group: Any = Group.__table__.c
_OVER = [p.value for p in DONE | CLOSED]
_SPACE = bindparam("space", type_=_a.workspace_id.type)


def _public_columns() -> list[Any]:
    named: dict[str, Any] = {"title": _r.title, "language": _r.language}
    # Whether it is only said; never by whom.
    named |= {"published_on": _r.issued_on, "is_alleged": _a.alleged_by.is_not(None)}
    return [named.get(name, getattr(_a, name, None)) for name in PublicAsk._fields]


def _asks(*columns: Any, only: tuple[Any, ...]) -> Select[Any]:
    """Some asks with their recommendations, both as far as the reader may see them."""
    return (
        select(*columns)
        .select_from(Ask.__table__)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(*only)
        .where(guard.readers(_a.audience_id), guard.readers(_r.audience_id))
    )


def _published(*columns: Any) -> Select[Any]:
    """Asks that the donors' group, or everybody, may read: no reader's own group counts here.

    The reader's own sentence is in it too, so that this never shows more than they may see.
    """
    everyone = literal(EVERYONE, type_=_group.id.type)
    donors = select(_group.id).where(_group.kind == GroupKind.DONORS, _group.about_id == _SPACE)
    audiences = select(_part.audience_id).where(
        or_(_part.group_id == everyone, _part.group_id.in_(donors)),
        _part.opens_at <= bindparam(guard.AT, type_=_part.opens_at.type),
    )
    only = (_a.workspace_id == _SPACE, _a.audience_id.in_(audiences), _r.audience_id.in_(audiences))
    return _asks(*columns, only=only)


_NEWEST = (_r.created_at.desc(), _a.id)
_LATE = and_(
    _a.original_end_on < bindparam("on", type_=_a.original_end_on.type), _a.progress.not_in(_OVER)
)
# No index holds what is worked out: so none is walked through for the sake of the groups, and
# the asks are found by their readers.
_STATE = func.coalesce(_a.progress, literal_column("''"))
_FIGURES = _published(
    _STATE, _a.addressee, func.count(), func.sum(case((_LATE, 1), else_=0))
).group_by(_STATE, _a.addressee)


def _narrowed(statement: Select[Any]) -> Select[Any]:
    """The same, of those that a view shows."""
    whose = bindparam("addressee", type_=String())
    return statement.where(
        _a.progress.in_(bindparam("states", expanding=True)),
        or_(whose == "", _a.addressee == whose),
        or_(bindparam("late", type_=Integer()) == 0, _LATE),
    )


_FIGURES_VIEW = _narrowed(_FIGURES)
# Where a page ends is told by the last ask on it alone: when it was written down is not public.
_PLACE = _published(_r.created_at, _a.original_end_on).where(_a.id == bindparam("last"))


@lru_cache(maxsize=8)
def _list(*, is_narrowed: bool, is_late: bool, is_later: bool) -> Select[Any]:
    """Some published asks, the newest first; of late ones alone the longest late first."""
    found = _published(*_public_columns()).limit(bindparam("most"))
    found = _narrowed(found) if is_narrowed else found
    found = found.order_by(_a.original_end_on, _a.id) if is_late else found.order_by(*_NEWEST)
    if not is_later:
        return found
    key = _a.original_end_on if is_late else _r.created_at
    at, behind = bindparam("at", type_=key.type), _a.id > bindparam("last")
    beyond = key > at if is_late else key < at
    return found.where(or_(beyond, and_(key == at, behind)))


# By whom it was put to alone: the other index would lead through all asks of the workspace.
_US = bindparam("us", type_=_a.addressed_id.type)
_OURS = _asks(_a.workspace_id, *_public_columns(), only=(_a.addressed_id == _US,)).order_by(
    *_NEWEST
)


def published(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    view: View = _ALL,
    on: date | None = None,
    after: UUID | None = None,
    most: int = MOST,
) -> list[PublicAsk]:
    """The newest asks that every donor of the workspace may read: one more than `most` at most.

    view: only those it shows, on a day. after: the last one of the page before; where it is not
    among the published ones any more, the first page.
    """
    is_late, given = bool(view.late), {"space": workspace_id, "most": most + 1}
    if view != _ALL:
        given |= {"on": on or actor.now.date(), **_asked(view)}
    at = _at(session, actor, workspace_id, after, is_late=is_late) if after else None
    if at:
        given |= {"at": at, "last": after}
    statement = _list(is_narrowed=view != _ALL, is_late=is_late, is_later=at is not None)
    return [PublicAsk._make(row) for row in guard.ask(session, actor, statement, **given)]


def _at(session: Session, actor: Actor, space: UUID, last: UUID, *, is_late: bool) -> Any:
    row: Any = guard.ask(session, actor, _PLACE, space=space, last=last).first()
    return row[int(is_late)] if row else None


def _asked(view: View) -> dict[str, Any]:
    return {
        "states": rules.states(view.standing),
        "addressee": view.addressee,
        "late": int(bool(view.late)),
    }


def figures(
    session: Session, actor: Actor, *, workspace_id: UUID, on: date, view: View = _ALL
) -> PublicFigures:
    """Counts of the same asks, closed and overtaken ones among them."""
    statement, more = (_FIGURES, {}) if view == _ALL else (_FIGURES_VIEW, _asked(view))
    rows = guard.ask(session, actor, statement, space=workspace_id, on=on, **more)
    return rules.summed(rows, MOST_ADDRESSEES)


def asked_of(session: Session, actor: Actor, *, workspace_id: UUID) -> list[PublicAsk]:
    """Asks put to the reader's own organisation that were published or delivered to it."""
    rows: Any = guard.ask(session, actor, _OURS, us=actor.organisation_id)
    return [PublicAsk._make(row[1:]) for row in rows if row[0] == workspace_id]
