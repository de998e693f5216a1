"""Log that the list is taken out, before a byte of it is sent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from advocacy.access import audience, policy
from advocacy.access.actor import Actor
from advocacy.audit import actions as audit
from advocacy.ground.base import new_id
from advocacy.ground.errors import Invalid
from advocacy.ground.reasons import Reason
from advocacy.organisations.rows import WorkspaceRow
from advocacy.recommendations.rows import Filters
from advocacy.reports import queries, rules
from advocacy.reports.rules import Kind
from advocacy.reports.schema import Report


def begin(
    session: Session,
    actor: Actor,
    space: WorkspaceRow,
    filters: Filters,
    *,
    kind: Kind,
    on: date,
    asked: Mapping[str, Any],
    back: date | None = None,
) -> Report:
    """Note that a file is taken out. asked: the filter; back: as it stood on that day.

    Raises: Denied outside the workspace; Invalid when it is too long for a paper, or when too much
    would have to be worked out for a past day.
    """
    policy.require(actor, "workspace:read", policy.About(workspace_id=space.id))
    which: dict[str, Any] = {"workspace_id": space.id, "filters": filters}
    if back is None:
        lines = queries.count(session, actor, **which, on=on)
    else:
        found = queries.then(session, actor, **which, day=back, zone=space.zone)
        if found is None:
            raise Invalid(Reason("reports.too-far"))
        lines = len(found)
    if kind in rules.PAPERS and lines > rules.MOST_TOLD:
        raise Invalid(Reason("reports.too-many", "kind", {"most": rules.MOST_TOLD}))
    return note(session, actor, space, kind=kind, asked=asked, lines=lines)


def note(
    session: Session,
    actor: Actor,
    space: WorkspaceRow,
    *,
    kind: Kind,
    asked: Mapping[str, Any],
    lines: int,
) -> Report:
    """Log a file of any list of recommendations. Raises: Denied outside the workspace."""
    policy.require(actor, "workspace:read", policy.About(workspace_id=space.id))
    who = audience.intern(session, {actor.must_organisation()})
    row = Report(
        id=new_id(),
        workspace_id=space.id,
        person_id=actor.person_id,
        at=actor.now,
        kind=kind,
        asked=dict(asked),
        lines=lines,
        organisation_id=actor.must_organisation(),
        audience_id=who,
        own_audience_id=who,
    )
    session.add(row)
    session.flush()
    event = rules.Taken(kind=kind)
    audit.record(session, actor, event, book=f"reports:{row.organisation_id}", about=row.id)
    return row
