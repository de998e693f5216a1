"""A frozen position with a round open to four organisations."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from advocacy.access.actor import Actor
from advocacy.ground.unit import Database
from advocacy.signoff import queries
from advocacy.signoff.rows import RoundRow
from tests.signoff import scene
from tests.signoff.scene import Scene
from tests.world import World

ROSTER = ("relief", "legal", "women", "rights")


@pytest.fixture
def frozen(database: Database, world: World) -> Scene:
    return scene.frozen(database, world)


@pytest.fixture
def opened(database: Database, world: World, frozen: Scene) -> RoundRow:
    """Relief leads and is asked itself; Legal, Women and Rights are asked; Forum only reads."""
    actor = world.actor("relief")
    with database.writing(actor) as session:
        round_id = frozen.open_round(session, actor, scene.ids(world, *ROSTER))
        return queries.round_of(session, actor, round_id)


@pytest.fixture
def say(database: Database, world: World, opened: RoundRow) -> Callable[..., UUID]:
    """`say("legal", "endorse", outside="named")`: answer, committed, on top of the last answer."""

    def answer(key: str, kind: str = "endorse", *, at: datetime | None = None, **more: object):
        actor: Actor = world.actor(key, now=at)
        with database.writing(actor) as session:
            before = queries.my_answer(session, actor, opened.id)
            after = before.id if before else None
            return scene.reply(session, actor, opened, kind, after=after, **more)

    return answer
