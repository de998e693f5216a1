"""What stands beside a recommendation, as far as the reader may see each thing."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.commitments import queries as commitments
from advocacy.milestones import queries as milestones
from advocacy.recommendations.schema import Recommendation
from advocacy.subjects import queries as subjects
from advocacy.ties import queries as ties
from advocacy.windows import queries as windows
from advocacy.wordings import queries as wordings


def of(
    session: Session, actor: Actor, one: Recommendation, ask_ids: Iterable[UUID]
) -> dict[str, Any]:
    """Rows of each room by its name. ask_ids: the asks that are shown with it."""
    listed = list(ask_ids)
    return {
        "commitments": commitments.tallies(session, actor, listed, on=actor.now.date()),
        "milestones": milestones.of_asks(session, actor, listed),
        "subjects": subjects.about(session, actor, one),
        "ties": ties.of(session, actor, one.id),
        "windows": windows.of(session, actor, one.id),
        "wordings": wordings.of(session, actor, one.id),
    }
