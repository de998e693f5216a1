"""Read the calendar of a workspace. For every member of it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, String, bindparam, cast, null, select, union_all
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.calendars import rules
from advocacy.calendars.rows import DayRow
from advocacy.calendars.rules import Calendar, DayKind
from advocacy.calendars.schema import CalendarDay, CalendarTerms
from advocacy.ground import acts
from advocacy.ground.base import Id, Instant
from advocacy.organisations import queries as organisations
from advocacy.organisations.schema import Workspace

_terms, _day = CalendarTerms.__table__, CalendarDay.__table__
_space = Workspace.__table__
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


def _several() -> Any:
    """Workspaces, the acts about their terms, and those about their days, in one question."""
    spaces: Any = bindparam("spaces", expanding=True)
    nothing, no_day = cast(null(), Id()), cast(null(), Date())
    no_time, no_kind = cast(null(), Instant()), cast(null(), String())
    rows = (
        select(
            _space.c.id.label("workspace_id"),
            nothing.label("id"),
            nothing.label("previous_id"),
            no_time.label("recorded_at"),
            _space.c.zone,
            _space.c.weekend,
            no_day.label("falls_on"),
            no_kind.label("kind"),
        ).where(_space.c.id.in_(spaces)),
        select(
            *(_terms.c[n] for n in ("workspace_id", "id", "previous_id", "recorded_at")),
            _terms.c.zone,
            _terms.c.weekend,
            no_day,
            no_kind,
        ).where(_terms.c.workspace_id.in_(spaces), guard.readers(_terms.c.audience_id)),
        select(
            *(_day.c[n] for n in ("workspace_id", "id", "previous_id", "recorded_at")),
            no_kind,
            no_kind,
            _day.c.falls_on,
            _day.c.kind,
        ).where(_day.c.workspace_id.in_(spaces), guard.readers(_day.c.audience_id)),
    )
    return union_all(*rows)


_SEVERAL = _several()


def several(
    session: Session, actor: Actor, workspace_ids: Collection[UUID]
) -> dict[UUID, Calendar]:
    """The calendars of these workspaces as they are now, by workspace; one question for all."""
    rows = guard.ask(session, actor, _SEVERAL, spaces=list(workspace_ids)) if workspace_ids else ()
    followed = {row.previous_id for row in rows if row.previous_id}
    found: dict[UUID, Calendar] = {}
    heads = [row for row in rows if row.id not in followed]
    for row in sorted(heads, key=lambda row: row.id is not None):  # the workspace's own come first
        known = found.get(row.workspace_id, Calendar())
        if row.falls_on is None:
            found[row.workspace_id] = replace(
                known, zone=row.zone, weekend=rules.weekdays(row.weekend)
            )
        elif row.kind != DayKind.WORKING:
            found[row.workspace_id] = replace(known, off=known.off | {row.falls_on})
    return found


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
