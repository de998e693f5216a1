"""A round open to Legal and Women, led by Relief."""

import pytest

from advocacy.ground.unit import Database
from advocacy.signoff import queries
from advocacy.signoff.rows import RoundRow
from tests.signoff import scene
from tests.world import World


@pytest.fixture
def opened(database: Database, world: World) -> RoundRow:
    made, actor = scene.frozen(database, world), world.actor("relief")
    with database.writing(actor) as session:
        round_id = made.open_round(session, actor, scene.ids(world, "legal", "women"))
        return queries.round_of(session, actor, round_id)
