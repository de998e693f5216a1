"""Windows of opportunity, and what is to be raised in them, as far as the reader may see."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.ground import acts
from advocacy.ground.errors import NotFound
from advocacy.ground.reasons import Reason
from advocacy.organisations.rows import Task
from advocacy.recommendations import queries as recommendations
from advocacy.windows.rows import UseRow, WindowRow
from advocacy.windows.rules import SOON_DAYS, days_until, is_soon
from advocacy.windows.schema import Use, Window

_MOST = 200


def _rows(found: Iterable[Window]) -> list[WindowRow]:
    rows = [
        WindowRow(
            id=one.window_id,
            act_id=one.id,
            workspace_id=one.workspace_id,
            organisation_id=one.organisation_id,
            audience_id=one.audience_id,
            name=one.name,
            forum=one.forum,
            begins_on=one.begins_on,
            ends_on=one.ends_on,
            is_off=one.is_off,
        )
        for one in acts.heads(found)
    ]
    return sorted(rows, key=lambda row: (row.begins_on, row.name, str(row.id)))


def windows(session: Session, actor: Actor, *, workspace_id: UUID) -> list[WindowRow]:
    """The windows of a workspace, by their first day; those long over are left out."""
    since = actor.now.date() - timedelta(days=366)
    query = select(Window).where(Window.workspace_id == workspace_id, Window.ends_on >= since)
    listed = {one.window_id for one in session.scalars(query)}
    return several(session, actor, listed)[:_MOST]


def several(session: Session, actor: Actor, ids: Iterable[UUID]) -> list[WindowRow]:
    """These windows, as far as the reader sees them."""
    wanted = list(ids)
    query = select(Window).where(Window.window_id.in_(wanted))
    return _rows(session.scalars(query)) if wanted else []


def window(session: Session, actor: Actor, window_id: UUID) -> WindowRow:
    """One window. Raises NotFound."""
    found = several(session, actor, [window_id])
    if not found:
        raise NotFound
    return found[0]


def _uses(session: Session, actor: Actor, condition: Any) -> list[Use]:
    return [one for one in acts.heads(session.scalars(select(Use).where(condition))) if one.stands]


def uses(session: Session, actor: Actor, window_id: UUID) -> list[UseRow]:
    """What is to be raised in a window, by title, where this reader sees that too."""
    found = _uses(session, actor, Use.window_id == window_id)
    titles = recommendations.titles(session, actor, (str(one.recommendation_id) for one in found))
    rows = [
        UseRow(
            one.id,
            one.window_id,
            one.recommendation_id,
            titles[str(one.recommendation_id)],
            one.organisation_id,
        )
        for one in found
        if str(one.recommendation_id) in titles
    ]
    return sorted(rows, key=lambda row: (row.title, str(row.id)))


def use(session: Session, actor: Actor, use_id: UUID) -> Use:
    """One act of a use, whose window the reader sees. Raises NotFound."""
    found = session.get(Use, use_id)
    if found is None:
        raise NotFound
    window(session, actor, found.window_id)
    return found


def head(session: Session, actor: Actor, *, window_id: UUID, recommendation_id: UUID) -> Use | None:
    """What was last said of one use; None = nothing."""
    query = select(Use).where(Use.window_id == window_id)
    return acts.current(session.scalars(query.where(Use.recommendation_id == recommendation_id)))


def of(session: Session, actor: Actor, recommendation_id: UUID) -> list[WindowRow]:
    """The windows in which a recommendation is to be raised, those that are off left out."""
    found = _uses(session, actor, Use.recommendation_id == recommendation_id)
    rows = several(session, actor, {one.window_id for one in found})
    return [row for row in rows if not row.is_off]


def tasks(session: Session, actor: Actor) -> list[Task]:
    """Windows that are open or about to open, for those who lead what is to be raised there."""
    if actor.organisation_id is None or not actor.memberships:
        return []
    on, spaces = actor.now.date(), sorted(space for space, _ in actor.memberships)
    query = select(Window).where(
        Window.workspace_id.in_(spaces),
        Window.ends_on >= on,
        Window.begins_on <= on + timedelta(days=SOON_DAYS),
    )
    ids = {one.window_id for one in session.scalars(query)}
    if not ids:
        return []
    soon = [row for row in several(session, actor, ids) if is_soon(row, on=on)]
    # Who put it there leads it: nobody else may.
    mine = {one.window_id for one in _uses(session, actor, Use.window_id.in_([r.id for r in soon]))
            if one.organisation_id == actor.organisation_id}  # fmt: skip
    return [_task(actor, row, days_until(row, on=on)) for row in soon if row.id in mine]


def _task(actor: Actor, of: WindowRow, days: int) -> Task:
    code = "windows.task-opens" if days else "windows.task-open"
    return Task(
        kind="check",
        reason=Reason(code, facts={"days": days} if days else {}),
        title=of.name,
        endpoint="windows.window",
        arguments={"window_id": of.id},
        organisation_id=actor.must_organisation(),
        due_on=of.ends_on if days == 0 else of.begins_on,
    )
