"""Asks with their recommendations, as far as the reader may see both."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from advocacy.access import guard, kept
from advocacy.access.actor import Actor
from advocacy.asks.rules import CLOSED, DONE, Progress, State, state
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


_IN_SPACE = _a.workspace_id == bindparam("space", type_=_a.workspace_id.type)


def _cards(*only: Any) -> Select[Any]:
    """Asks with their recommendations, both as far as the reader may see them."""
    return (
        select(*_CARD)
        .select_from(Ask.__table__)
        .join(Recommendation.__table__, _r.id == _a.recommendation_id)
        .where(*only)
        .where(guard.readers(_a.audience_id), guard.readers(_r.audience_id))
    )


def _counted(
    whose: Any, conditions: list[Any], states: list[list[Any]], named: Sequence[Any] = ()
) -> CompoundSelect[Any]:
    """How many asks there are of each kind, so far as they are counted.

    whose: the column that narrows them to a workspace or an institution. An ask's readers are
    among those of its recommendation, so without words of that the ask alone is looked at.
    """
    each = select(literal(1).label("one")).select_from(Ask.__table__)
    mine = [whose, guard.readers(_a.audience_id), *named]
    if conditions:
        each = each.join(Recommendation.__table__, _r.id == _a.recommendation_id)
        mine += [guard.readers(_r.audience_id), *conditions]
    parts = []
    for number, only in enumerate(states):
        some = each.where(*mine, *only).limit(rules.COUNTED_TO + 1).subquery()
        parts.append(select(literal(number).label("of"), func.count()).select_from(some))
    return union_all(*parts)


_STATES = [[_a.progress == one.value] for one in Progress]
_NUMBERS = _counted(_IN_SPACE, [], _STATES)


def _walked(conditions: list[Any], *, dated: bool) -> Select[Any]:
    """Cards in their order from the first one on: those with a date, or those without."""
    with_date, order = _a.late_after.is_not(None), (_a.late_after, _a.id)
    only = [with_date] if dated else [~with_date]
    return _cards(*only, *conditions).order_by(*order[0 if dated else 1 :]).limit(_MOST)


_MOST: Any = bindparam("most")
_OF_STATE = and_(_IN_SPACE, _a.progress == bindparam("state"))
_DATED, _UNDATED = (_walked([_OF_STATE], dated=one) for one in (True, False))


def _first(
    session: Session,
    actor: Actor,
    asked: dict[str, Any],
    conditions: list[Any],
    *,
    count: int,
    after: Place | None = None,
) -> list[Card]:
    """The most pressing of all that fit, of so many: asked with `most`.

    A few are found by their readers and then sorted; to the first of many an index leads.
    """
    at = _OF_STATE if "state" in asked else _WHOSE
    if count <= _FEW:
        place = (
            []
            if after is None
            else [or_(after[0] < _BY, and_(_BY.in_([after[0]]), _a.id > after[1]))]
        )
        few = _cards(at, *conditions, *place).order_by(_BY, _a.id).limit(_MOST)
        return [Card._make(row) for row in guard.ask(session, actor, few, **asked)] if count else []
    found: list[Card] = []
    for dated in (True, False):
        beyond = _beyond(after, dated=dated)
        left = asked["most"] - len(found)
        if beyond is None or not left:
            continue
        query = _walked([at, *conditions, *beyond], dated=dated)
        if "state" in asked and not conditions and not beyond:
            query = _DATED if dated else _UNDATED
        rows = guard.ask(session, actor, query, **{**asked, "most": left})
        found += [Card._make(row) for row in rows]
    return found


_FEW = 200
# No index holds what is worked out, so none is walked through for the sake of the order.
_BY = func.coalesce(_a.late_after, date.max)


def _beyond(after: Place | None, *, dated: bool) -> list[Any] | None:
    """What comes later than a place; None where all of a stretch came before it."""
    if after is None:
        return []
    day, last = after
    if day == date.max:
        return None if dated else [_a.id > last]
    if not dated:
        return []
    same = and_(_a.late_after == day, _a.id > last)
    return [_a.late_after >= day, or_(_a.late_after > day, same)]


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
    named = kept.named(session, actor, _a.audience_id)
    is_plain = not conditions and not named
    numbers = _NUMBERS if is_plain else _counted(_IN_SPACE, conditions, _STATES, named)
    counts = dict(map(tuple, guard.ask(session, actor, numbers, space=workspace_id)))
    found = []
    for number, one in enumerate(Progress):
        asked = {"space": workspace_id, "state": one.value, "most": most + 1}
        if filters.progress in {"", one}:
            here, count = after if filters.progress else None, counts.get(number, 0)
            cards = _first(session, actor, asked, conditions, count=count, after=here)
            found.append(_shown(one, cards, most, count))
    return found


def _shown(progress: Progress, found: list[Card], most: int, count: int) -> Column:
    cards = tuple(found[:most])
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
    conditions = _conditions(session, actor, workspace_id, filters, on)
    found: list[Card] = []
    # Each by an index of its own: most have a first date, a few were done and never had one.
    for by, only in ((_a.original_due_on, []), (_a.held_from, [_a.original_due_on.is_(None)])):
        beyond = []
        if after is not None:
            day, last = after
            beyond = [by >= day, or_(by > day, _a.id > last)]
        which = [by.is_not(None), *only, *conditions, *beyond]
        query = _cards(_IN_SPACE, *which).order_by(by, _a.id).limit(most)
        rows = guard.ask(session, actor, query, space=workspace_id)
        found += [Card._make(row) for row in rows]
    return sorted(found, key=rules.place_of)[:most]


_WHOSE = _a.institution_id == bindparam("whose", type_=_a.institution_id.type)
_OVER = [Progress.IMPLEMENTED.value, *(one.value for one in CLOSED)]


def _shows(on: date) -> dict[Show, list[Any]]:
    """SQL: which asks the page of an institution counts where; the same as `rules.belongs`."""
    is_open = _a.progress.not_in(_OVER)
    return {
        Show.ALL: [],
        Show.OPEN: [is_open],
        Show.LATE: [_a.late_after < on, _a.progress.not_in(_NEVER_LATE)],
        Show.REFUSED: [is_open, _a.response.in_([one.value for one in rules.REFUSED])],
        Show.CLAIMED: [_a.progress == Progress.CLAIMED.value],
        Show.DONE: [_a.progress == Progress.IMPLEMENTED.value],
        Show.REVERSED: [_a.progress == Progress.REGRESSED.value],
        Show.CLOSED: [_a.progress.in_([one.value for one in CLOSED])],
    }


_NEVER_LATE = [one.value for one in DONE | CLOSED]


def counts_of(session: Session, actor: Actor, *, institution_id: UUID, on: date) -> dict[Show, int]:
    """How many of one institution's asks belong where; an ask may belong to several.

    COUNTED_TO + 1 means more than that.
    """
    shows = _shows(on)
    named = kept.named(session, actor, _a.audience_id)
    query = _counted(_WHOSE, [], list(shows.values()), named)
    found = dict(map(tuple, guard.ask(session, actor, query, whose=institution_id)))
    return {show: found.get(number, 0) for number, show in enumerate(shows)}


def of_institutions(
    session: Session, actor: Actor, *, workspace_id: UUID, institution_ids: Collection[UUID]
) -> list[Card]:
    """All that was asked of these, at most MOST_BACK, the most pressing first."""
    whose = bindparam("whose", expanding=True, type_=_a.institution_id.type)
    query = _cards(_IN_SPACE, _a.institution_id.in_(whose)).limit(rules.MOST_BACK)
    asked: dict[str, Any] = {"space": workspace_id, "whose": sorted(institution_ids)}
    rows = guard.ask(session, actor, query, **asked)
    return sorted((Card._make(row) for row in rows), key=rules.order)


def of_institution(
    session: Session,
    actor: Actor,
    *,
    institution_id: UUID,
    show: Show,
    on: date,
    count: int,
    most: int,
) -> list[Card]:
    """What belongs here of one institution's asks, of so many, the most pressing first."""
    asked = {"whose": institution_id, "most": most}
    return _first(session, actor, asked, _shows(on)[show], count=count)


def tally(cards: list[Card], *, on: date) -> dict[Show, int]:
    """The same of cards that are at hand: of a past day."""
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
    query = _cards(_IN_SPACE, *conditions).limit(rules.MOST_BACK + 1)
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
        original_precision=was.original_precision,
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
