"""The saved views that one may open."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor, Standing
from advocacy.ground.errors import NotFound
from advocacy.savedviews.rows import SavedRow
from advocacy.savedviews.schema import SavedView

_v: Any = SavedView.__table__.c


def must_open(actor: Actor, workspace_id: UUID, view: str) -> None:
    """Raises NotFound for a view of recommendations, to whom their pages do not open."""
    working = {*Standing} - {Standing.DONOR}
    if view.startswith("asks") and not actor.stands_as(workspace_id, *working):
        raise NotFound


def saved(session: Session, actor: Actor, workspace_id: UUID) -> list[SavedRow]:
    """One's own and those shared in one's organisation, by name."""
    query = (
        select(_v.id, _v.name, _v.view, _v.query, _v.is_shared, _v.person_id)
        .where(
            _v.workspace_id == workspace_id,
            _v.organisation_id == actor.organisation_id,
            or_(_v.person_id == actor.person_id, _v.is_shared),
            guard.sentence(_v.audience_id, actor),
        )
        .order_by(_v.name, _v.id)
        .limit(500)
    )
    person = actor.person_id
    rows: Any = session.connection().execute(query)
    return [
        SavedRow(row.id, row.name, row.view, row.query, row.is_shared, row.person_id == person)
        for row in rows
    ]
