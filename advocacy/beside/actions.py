"""Bring along what stands beside a recommendation when its readers change."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.assignments import actions as assignments
from advocacy.commitments import actions as commitments
from advocacy.dues import actions as dues
from advocacy.links import actions as links
from advocacy.milestones import actions as milestones
from advocacy.raisings import actions as raisings
from advocacy.subjects import actions as subjects
from advocacy.ties import actions as ties
from advocacy.windows import actions as windows
from advocacy.wordings import actions as wordings


def follow(session: Session, actor: Actor, *, recommendation_id: UUID) -> None:
    """Let all that stands beside it be read by those who read it now.

    Call it in the transaction that changed who may see it.
    """
    links.follow(session, actor, "recommendation", recommendation_id)
    for room in (
        assignments,
        commitments,
        dues,
        milestones,
        raisings,
        subjects,
        ties,
        windows,
        wordings,
    ):
        room.follow(session, actor, recommendation_id=recommendation_id)
