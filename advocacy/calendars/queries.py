"""Read the calendar of a workspace. For every member of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.calendars import rules
from advocacy.calendars.rows import DayRow
from advocacy.calendars.rules import Calendar, DayKind
from advocacy.calendars.schema import CalendarDay, CalendarTerms
from advocacy.ground import acts
from advocacy.organisations import queries as organisations

_terms, _day = CalendarTerms.__table__, CalendarDay.__table__
_HERE: Any = bindparam("workspace")
_TERMS = select(
    *(_terms.c[name] for name in ("id", "previous_id", "recorded_at", "zone", "weekend"))
).where(_terms.c.workspace_id == _HERE, guard.readers(_terms.c.audience_id))
_DAYS = (
    select(*(_day.c[n] for n in ("id", "previous_id", "recorded_at", "falls_on", "kind", "name")))
    .where(_day.c.workspace_id == _HERE, guard.readers(_day.c.audience_id))
    .order_by(_day.c.falls_on)
)


def calendar(
    session: Session, actor: Actor, workspace_id: UUID, *, as_of: datetime | None = None
) -> Calendar:
    """The calendar of a workspace as it is now, or as it stood at an instant.

    Raises NotFound for those outside.
    """
    space = organisations.workspace_by_id(session, actor, workspace_id)
    row = _last_terms(session, actor, workspace_id, as_of)
    off = frozenset(day.falls_on for day in days(session, actor, workspace_id, as_of=as_of))
    zone, weekend = (row.zone, row.weekend) if row else (space.zone, space.weekend)
    return Calendar(zone, rules.weekdays(weekend), off)


def terms(session: Session, actor: Actor, workspace_id: UUID) -> UUID | None:
    """The act that last set zone and weekend, which a change is based on."""
    row = _last_terms(session, actor, workspace_id)
    return row.id if row else None


def _last_terms(
    session: Session, actor: Actor, workspace_id: UUID, as_of: datetime | None = None
) -> Any:
    rows: Any = guard.ask(session, actor, _TERMS, workspace=workspace_id)
    return acts.current(row for row in rows if as_of is None or row.recorded_at <= as_of)


def days(
    session: Session, actor: Actor, workspace_id: UUID, *, as_of: datetime | None = None
) -> list[DayRow]:
    """The days off, in their order."""
    heads = _heads(session, actor, workspace_id, as_of)
    return [day for day in heads if day.kind != DayKind.WORKING]


def day_acts(session: Session, actor: Actor, workspace_id: UUID) -> dict[date, UUID]:
    """The last act about each day, which the next one follows."""
    return {day.falls_on: day.id for day in _heads(session, actor, workspace_id)}


def _heads(
    session: Session, actor: Actor, workspace_id: UUID, as_of: datetime | None = None
) -> list[DayRow]:
    known = guard.ask(session, actor, _DAYS, workspace=workspace_id)
    rows = [row for row in known if as_of is None or row.recorded_at <= as_of]
    followed = {row.previous_id for row in rows}
    return [DayRow(r.id, r.falls_on, r.kind, r.name) for r in rows if r.id not in followed]
