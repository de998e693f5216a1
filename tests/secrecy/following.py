"""What stands beside recommendations: steps for worlds.py."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from advocacy.milestones import actions as milestones
from advocacy.milestones.rules import Said as Step
from advocacy.ties import actions as ties
from advocacy.windows import actions as windows
from advocacy.windows.rules import Said
from advocacy.wordings import actions as wordings
from advocacy.wordings.rules import Said as Text

if TYPE_CHECKING:
    from tests.secrecy.worlds import Made

LATER = date(2026, 12, 10)


def tied(made: Made, by: str, source_id: UUID, kind: str, text: str = "") -> UUID:
    """A recommendation of theirs, tied to the one that is shown."""
    actor, target = made.world.actor(by), made.shown["recommendation_id"]
    with made.database.writing(actor) as session:
        return ties.tie(
            session, actor, source_id=source_id, target_id=target, kind=kind, text=text
        ).id


def window(made: Made, by: str, name: str, reach: str, raised_id: UUID) -> dict[str, UUID]:
    """A window that they told of, and in it a recommendation of theirs."""
    actor, space = made.world.actor(by), made.world.workspace_id
    said = Said(name, "Capital", LATER)
    with made.database.writing(actor) as session:
        one = windows.add(session, actor, workspace_id=space, said=said, reach=reach)
        use = windows.use(session, actor, window_id=one.window_id, recommendation_id=raised_id)
        return {"window_id": one.window_id, "use_id": use.id}


def milestone(made: Made, by: str, ask_id: UUID, text: str) -> UUID:
    """A step on the way of an ask of theirs."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        step = Step(text, LATER, "quarter")
        return milestones.put(session, actor, ask_id=ask_id, said=step).milestone_id


def wording(made: Made, by: str, recommendation_id: UUID, text: str) -> None:
    """A recommendation of theirs in French."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        said = Text("fr", text)
        wordings.word(session, actor, recommendation_id=recommendation_id, said=said, after=None)
