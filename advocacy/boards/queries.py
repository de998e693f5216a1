"""Asks with their recommendations, as far as the reader may see both."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.asks.rules import Progress, State, state
from advocacy.asks.schema import Ask, AskAct
from advocacy.boards import rules
from advocacy.boards.rows import Card, Column, Count
from advocacy.boards.rules import Show
from advocacy.ground import clock
from advocacy.recommendations.queries import ask_conditions, text_conditions
from advocacy.recommendations.rows import Filters
from advocacy.recommendations.schema import Recommendation
from advocacy.taxonomies.queries import reads_all
from advocacy.taxonomies.rules import LISTS, Axis
from advocacy.taxonomies.schema import RecommendationSubject

Place = tuple[date, UUID]
_a: Any = Ask.__table__.c
_r: Any = Recommendation.__table__.c
_act: Any = AskAct.__table__.c
_s: Any = RecommendationSubject.__table__.c
_NAMED: dict[str, Any] = {
    **{name: _r[name] for name in ("ref", "title", "language")},
    "published_on": func.coalesce(_a.issued_on, _a.asked_on, type_=_a.asked_on.type),
}
_CARD = [_NAMED.get(name, _a.get(name)).label(name) for name in Card._fields]
_COUNT = len(Card._fields)
_DAY = func.coalesce(_a.original_due_on, _a.held_from, type_=_a.asked_on.type)


def _cards(*only: Any) -> Select[Any]:
    return (
        select(*_CARD)
        .select_from(Ask.__table__)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(_a.workspace_id == bindparam("space"), *only)
        .where(guard.readers(_a.audience_id), guard.readers(_r.audience_id))
    )


def _column(conditions: list[Any]) -> Select[Any]:
    """The first cards of a state with how many there are: asked with `state` and `most`."""
    some = _cards(_a.progress == bindparam("state"), *conditions)
    found = some.limit(rules.COUNTED_TO + 1).subquery()
    by = func.coalesce(found.c.late_after, date.max)
    return select(found, func.count().over()).order_by(by, found.c.id).limit(bindparam("most"))


_COLUMN = _column([])


def _conditions(
    session: Session, actor: Actor, workspace_id: UUID, filters: Filters, on: date
) -> list[Any]:
    of_text = text_conditions(session, filters)
    return of_text + ask_conditions(session, actor, workspace_id, filters, on)


def columns(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    filters: Filters,
    on: date,
    most: int,
    after: Place | None = None,
) -> list[Column]:
    """One column for each state, or the one that was asked for. after: the last card before."""
    rest = replace(filters, progress="")
    conditions = _conditions(session, actor, workspace_id, rest, on) if rest != Filters() else []
    some = _column(conditions) if conditions else _COLUMN
    every = _ordered(conditions, after) if filters.progress else None
    found = []
    for one in Progress:
        asked = {"space": workspace_id, "state": one.value}
        if filters.progress in {"", one}:
            rows = list(guard.ask(session, actor, some, **asked, most=most + 1))
            count = rows[0][_COUNT] if rows else 0
            if every is not None:
                rows = list(guard.ask(session, actor, every, **asked, most=most + 1))
            found.append(_shown(one, rows, most, count))
    return found


def _ordered(conditions: list[Any], after: Place | None) -> Select[Any]:
    """All of a state, page by page."""
    by = func.coalesce(_a.late_after, date.max)
    only = [_a.progress == bindparam("state"), *conditions]
    if after is not None:
        only.append(or_(by > after[0], and_(by == after[0], _a.id > after[1])))
    return _cards(*only).order_by(by, _a.id).limit(bindparam("most"))


def _shown(progress: Progress, found: list[Any], most: int, count: int) -> Column:
    cards = tuple(Card._make(row[:_COUNT]) for row in found[:most])
    more = (rules.order(cards[-1])[0], cards[-1].id) if len(found) > most else None
    return Column(progress, cards, count, more)


def timed(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    filters: Filters,
    on: date,
    most: int,
    after: Place | None = None,
) -> list[Card]:
    """Asks by their first date; those without one by the day from which they were done."""
    conditions = [_DAY.is_not(None), *_conditions(session, actor, workspace_id, filters, on)]
    if after is not None:
        day, last = after
        conditions.append(or_(day < _DAY, and_(_DAY.in_([day]), _a.id > last)))
    query = _cards(*conditions).order_by(_DAY, _a.id).limit(most)
    return [Card._make(row) for row in guard.ask(session, actor, query, space=workspace_id)]


def of_institutions(
    session: Session, actor: Actor, *, workspace_id: UUID, institution_ids: Collection[UUID]
) -> list[Card]:
    """All that was asked of these, at most MOST_BACK, the most pressing first."""
    whose = bindparam("whose", expanding=True, type_=_a.institution_id.type)
    query = _cards(_a.institution_id.in_(whose)).limit(rules.MOST_BACK)
    asked: dict[str, Any] = {"space": workspace_id, "whose": sorted(institution_ids)}
    rows = guard.ask(session, actor, query, **asked)
    return sorted((Card._make(row) for row in rows), key=rules.order)


def tally(cards: list[Card], *, on: date) -> dict[Show, int]:
    """How many of one institution's asks belong where; an ask may belong to several."""
    return {show: sum(rules.belongs(show, one, on=on) for one in cards) for show in Show}


def then(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    filters: Filters,
    day: date,
    zone: str,
    institution_ids: Collection[UUID] | None = None,
) -> list[Card] | None:
    """Where the asks that fit stood on a day, by all acts that happened up to it.

    None: more than MOST_BACK would have to be worked out.
    """
    still = replace(filters, response="", progress="", late="")
    conditions = [_a.asked_on <= day, *_conditions(session, actor, workspace_id, still, day)]
    if institution_ids is not None:
        conditions.append(_a.institution_id.in_(institution_ids))
    query = _cards(*conditions).limit(rules.MOST_BACK + 1)
    now = [Card._make(row) for row in guard.ask(session, actor, query, space=workspace_id)]
    if len(now) > rules.MOST_BACK:
        return None
    acts = _acts_of(session, actor, [one.id for one in now], zone)
    back = (_on(one, acts.get(one.id, []), day) for one in now)
    asked = {"response": filters.response, "progress": filters.progress, "late": filters.late}
    return sorted((one for one in back if rules.is_shown(one, **asked, on=day)), key=rules.order)


_ACTS = (
    select(
        *(_act.ask_id, _act.recorded_at, _act.axis, _act.kind, _act.value, _act.facts),
        *(_act.effective_on, _act.organisation_id),
    )
    .where(
        _act.ask_id.in_(bindparam("asks", expanding=True, type_=_act.ask_id.type)),
        guard.readers(_act.audience_id),
    )
    .order_by(_act.recorded_at, _act.id)
)


def _acts_of(
    session: Session, actor: Actor, ask_ids: list[UUID], zone: str
) -> dict[UUID, list[tuple[Any, date]]]:
    found: dict[UUID, list[tuple[Any, date]]] = {}
    for act in guard.ask(session, actor, _ACTS, asks=ask_ids) if ask_ids else ():
        at: datetime = act.recorded_at
        found.setdefault(act.ask_id, []).append((act, clock.day_in(at, zone)))
    return found


def _on(card: Card, acts: list[tuple[Any, date]], day: date) -> Card:
    was = state(State(touched_on=card.asked_on), acts, on=day)
    return card._replace(
        response=was.response,
        progress=was.progress,
        original_due_on=was.original_due_on,
        original_end_on=was.original_end_on,
        due_on=was.due_on,
        due_precision=was.due_precision,
        late_after=was.late_after,
        moves=was.moves,
        held_from=was.held_from,
        held_to=was.held_to,
        alleged_by=was.alleged_by,
    )


def about(
    session: Session, actor: Actor, *, workspace_id: UUID, filters: Filters, on: date
) -> list[Count]:
    """How many recommendations of the list as filtered are about each item.

    Counted after visibility; a target counts for its goal. Priorities are counted for members.
    """
    axes = [axis.value for axis in LISTS]
    if reads_all(actor, workspace_id):
        axes.append(Axis.PRIORITY.value)
    conditions = text_conditions(session, filters)
    if of_ask := ask_conditions(session, actor, workspace_id, filters, on):
        asked = select(_a.recommendation_id).where(guard.readers(_a.audience_id), *of_ask)
        conditions.append(_r.id.in_(asked.where(_a.workspace_id == bindparam("space"))))
    query = (
        select(_s.axis, _s.item, func.count())
        .select_from(RecommendationSubject.__table__)
        .join(Recommendation.__table__, _r.id == _s.recommendation_id)
        .where(_r.workspace_id == bindparam("space"), guard.readers(_r.audience_id), *conditions)
        .where(_s.axis.in_(axes), ~_s.item.contains("."))
        .group_by(_s.axis, _s.item)
    )
    return [Count(*row) for row in guard.ask(session, actor, query, space=workspace_id)]
