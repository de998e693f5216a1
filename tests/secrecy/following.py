"""What stands beside recommendations: steps for worlds.py."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from advocacy.ties import actions as ties

if TYPE_CHECKING:
    from tests.secrecy.worlds import Made


def tied(made: Made, by: str, source_id: UUID, kind: str, text: str = "") -> UUID:
    """A recommendation of theirs, tied to the one that is shown."""
    actor, target = made.world.actor(by), made.shown["recommendation_id"]
    with made.database.writing(actor) as session:
        return ties.tie(
            session, actor, source_id=source_id, target_id=target, kind=kind, text=text
        ).id
