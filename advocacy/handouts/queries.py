"""What stands on the page, and which files were taken through links."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.donors import queries as donors
from advocacy.donors import rules
from advocacy.donors.rows import View
from advocacy.handouts.rows import Shown
from advocacy.handouts.schema import ShareFile
from advocacy.outcomes import queries as outcomes


def shown(session: Session, actor: Actor, *, workspace_id: UUID, view: View, on: date) -> Shown:
    """The rows of the page for one view; outcomes stand in a view of all asks alone."""
    found = donors.published(session, actor, workspace_id=workspace_id, view=view, on=on)
    figures = rules.counted(found, on)
    if len(found) > donors.MOST:
        figures = donors.figures(session, actor, workspace_id=workspace_id, on=on, view=view)
    is_all = view == View()
    came = outcomes.released(session, actor, workspace_id=workspace_id, on=on) if is_all else []
    # Who came by a link acts for no organisation that was ever asked.
    ours = donors.asked_of(session, actor, workspace_id=workspace_id) if actor.person_id else []
    listed = sorted(found[: donors.MOST], key=lambda one: -rules.late_days(one, on))
    return Shown(tuple(ours), tuple(listed), tuple(came), figures, on)


def taken(session: Session, share_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many files were taken through each of these links; without those that gave none."""
    mine = ShareFile.share_id.in_(sorted(share_ids))
    query = select(ShareFile.share_id, func.count()).where(mine).group_by(ShareFile.share_id)
    return {row[0]: row[1] for row in session.execute(query)}
