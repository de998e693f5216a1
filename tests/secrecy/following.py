"""What stands beside recommendations: steps for worlds.py."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from advocacy.bodies import actions as bodies
from advocacy.commitments import actions as commitments
from advocacy.commitments.rules import Said as Promise
from advocacy.institutions import actions as institutions
from advocacy.milestones import actions as milestones
from advocacy.milestones.rules import Said as Step
from advocacy.minders import actions as minders
from advocacy.subjects import actions as subjects
from advocacy.subjects.rules import Said as Subject
from advocacy.taxonomies.rules import Axis
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


def body(made: Made, by: str, at: dict[str, UUID], name: str, **about: Any) -> UUID:
    """The addressee of an ask of theirs is a body: one of its members committed itself."""
    actor, space = made.world.actor(by), made.world.workspace_id
    of = at["institution_id"]
    with made.database.writing(actor) as session:
        part = institutions.add(
            session, actor, workspace_id=space, name=name, kind="un", **about
        ).id
        bodies.say(
            session, actor, body_id=of, part_id=part, from_on=date(2025, 1, 1), until_on=None,
            note=name, after=None,
        )  # fmt: skip
        said = Promise("committed", name, LATER, source_text=name)
        commitments.pledge(session, actor, ask_id=at["ask_id"], part_id=part, said=said, after=None)
        minders.mind(
            session, actor, institution_id=of, minder_id=actor.organisation_id, note=name,
            after=None,
        )  # fmt: skip
    return part


def about(made: Made, by: str, recommendation_id: UUID, text: str) -> None:
    """What a recommendation of theirs is about, and why it comes first."""
    actor = made.world.actor(by)
    with made.database.writing(actor) as session:
        items = {Axis.GROUP: ["CHI"], Axis.SDG: ["16.2"], Axis.THEMES: [text], Axis.PRIORITY: "1"}
        subjects.say(
            session, actor, recommendation_id=recommendation_id, said=Subject(items, text), seen={}
        )
