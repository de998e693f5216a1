"""Every line of the list as filtered, some hundreds at a time."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.asks.schema import Ask
from advocacy.boards import queries as boards
from advocacy.boards.rows import Card
from advocacy.commitments import queries as commitments
from advocacy.recommendations.queries import ask_conditions, text_conditions
from advocacy.recommendations.rows import Filters
from advocacy.recommendations.schema import Recommendation
from advocacy.reports.rows import Line, Taken
from advocacy.reports.schema import Report
from advocacy.taxonomies.queries import reads_all

PAGE, MOST_LOGGED = 500, 20
_a: Any = Ask.__table__.c
_r: Any = Recommendation.__table__.c
_ASK_ID: Any = func.coalesce(_a.id, _r.id, type_=_r.id.type)
_NAMED = {"recommendation_id": _r.id, "ask_id": _a.id}
_COLUMNS = [
    _NAMED[name] if name in _NAMED else _r.get(name) if _r.get(name) is not None else _a.get(name)
    for name in Line._fields
    if name != "tally"
]


def _lines(conditions: list[Any]) -> Select[Any]:
    of = and_(_a.recommendation_id == _r.id, guard.readers(_a.audience_id))
    return (
        select(*_COLUMNS)
        .select_from(Recommendation.__table__.outerjoin(Ask.__table__, of))
        .where(_r.workspace_id == bindparam("space"), guard.readers(_r.audience_id), *conditions)
    )


def _conditions(
    session: Session, actor: Actor, workspace_id: UUID, filters: Filters, on: date
) -> list[Any]:
    found = text_conditions(session, filters)
    return found + ask_conditions(session, actor, workspace_id, filters, on)


def pages(
    session: Session, actor: Actor, *, workspace_id: UUID, filters: Filters, on: date
) -> Iterator[list[Line]]:
    """The lines of the list, in its order. on: the day by which late is counted."""
    conditions = _conditions(session, actor, workspace_id, filters, on)
    ordered = (_r.created_at.desc(), _r.id.desc(), _ASK_ID.desc())
    is_inside = reads_all(actor, workspace_id)
    after: tuple[Any, UUID, UUID] | None = None
    while True:
        place = [] if after is None else [_r.created_at <= after[0], _beyond(*after)]
        query = _lines([*conditions, *place]).order_by(*ordered).limit(PAGE)
        rows = guard.ask(session, actor, query, space=workspace_id)
        found = [_told(row, is_inside=is_inside) for row in rows]
        if found:
            yield _tallied(session, actor, found, on)
        if len(found) < PAGE:
            return
        last = found[-1]
        after = (last.created_at, last.recommendation_id, last.ask_id or last.recommendation_id)


def _told(row: Any, *, is_inside: bool) -> Line:
    """A line; ticks and priority are for members alone."""
    line = Line(*row)
    return line if is_inside else line._replace(judged=None)


def _tallied(session: Session, actor: Actor, lines: list[Line], on: date) -> list[Line]:
    """With what the members of a body said that it was put to, as far as the reader knows them."""
    put = {one.ask_id: one.institution_id for one in lines if one.ask_id and one.institution_id}
    found = commitments.tallies_of(session, actor, put, on=on)
    return [one._replace(tally=found.get(one.ask_id)) if one.ask_id else one for one in lines]


def _beyond(at: Any, recommendation_id: UUID, ask_id: UUID) -> Any:
    same = and_(_r.id == recommendation_id, ask_id > _ASK_ID)
    return or_(_r.created_at < at, _r.id < recommendation_id, same)


def count(session: Session, actor: Actor, *, workspace_id: UUID, filters: Filters, on: date) -> int:
    """How many lines there are for this reader."""
    some = _lines(_conditions(session, actor, workspace_id, filters, on)).subquery()
    query = select(func.count()).select_from(some)
    return guard.ask(session, actor, query, space=workspace_id).scalar() or 0


def then(
    session: Session,
    actor: Actor,
    *,
    workspace_id: UUID,
    filters: Filters,
    day: date,
    zone: str,
) -> list[Line] | None:
    """The lines as they stood on a past day; None where that is too much to work out."""
    asked: dict[str, Any] = {"workspace_id": workspace_id, "filters": filters}
    cards = boards.then(session, actor, **asked, day=day, zone=zone)
    if cards is None:
        return None
    stood = {card.id: card for card in cards}
    ids = bindparam("asks", expanding=True, type_=_a.id.type)
    query = _lines([_a.id.in_(ids)]).order_by(_r.created_at.desc(), _r.id.desc(), _a.id.desc())
    given: dict[str, Any] = {"space": workspace_id, "asks": list(stood)}
    rows = guard.ask(session, actor, query, **given) if stood else ()
    is_inside = reads_all(actor, workspace_id)
    return [_as_it_stood(_told(row, is_inside=is_inside), stood) for row in rows]


def _as_it_stood(row: Line, stood: dict[UUID, Card]) -> Line:
    card = stood[row.ask_id] if row.ask_id else None
    was = card._asdict() if card else {}
    kept = (
        "response",
        "progress",
        "original_due_on",
        "due_on",
        "due_precision",
        "late_after",
        "moves",
    )
    more = {name: was[name] for name in (*kept, "held_from", "held_to", "alleged_by") if was}
    # Days of steps that came later are not known from the card: better none than a wrong one.
    return row._replace(**more, response_on=None, progress_on=None)


def log(session: Session, actor: Actor, workspace_id: UUID) -> list[Taken]:
    """The latest files that the reader's organisation took out."""
    query = (
        select(Report)
        .where(Report.workspace_id == workspace_id, Report.organisation_id == actor.organisation_id)
        .order_by(Report.at.desc(), Report.id)
        .limit(MOST_LOGGED)
    )
    return [
        Taken(one.at, one.person_id, one.kind, dict(one.asked), one.lines)
        for one in session.scalars(query)
    ]
