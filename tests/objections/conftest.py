"""A round in which Harbour Legal Aid asks for a change, and what would settle it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from advocacy.ground.unit import Database
from advocacy.objections import actions
from advocacy.objections.rules import Wanted
from advocacy.signoff import queries as rounds
from advocacy.signoff.rows import RoundRow
from advocacy.signoff.rules import Said
from tests.signoff import scene
from tests.signoff.scene import Scene
from tests.world import World

BY_NIGHT = "We ask the Governor to let clinics move by night."

FIX = Wanted("Say by night too.")


@pytest.fixture
def frozen(database: Database, world: World) -> Scene:
    return scene.frozen(database, world)


@pytest.fixture
def opened(database: Database, world: World, frozen: Scene) -> RoundRow:
    """Relief leads; Legal and Women are asked; a change holds back the whole text."""
    actor = world.actor("relief")
    with database.writing(actor) as session:
        roster = scene.ids(world, "legal", "women")
        round_id = frozen.open_round(session, actor, roster, blocks="whole-text")
        return rounds.round_of(session, actor, round_id)


@pytest.fixture
def ask(database: Database, world: World, opened: RoundRow) -> Callable[..., UUID]:
    """`ask("legal", wanted=Wanted(…), inside="nobody")`: ask for a change, committed."""

    def answer(key: str, wanted: Wanted = FIX, **more: Any) -> UUID:
        actor = world.actor(key)
        said = Said(**{"kind": "change", "note": "Nights are safer.", **more})
        with database.writing(actor) as session:
            mine = rounds.my_answer(session, actor, opened.id)
            return actions.answer(
                session, actor, opened.id, said, wanted=wanted, seen_hash=opened.content_hash,
                after=mine.id if mine else None,
            ).id  # fmt: skip

    return answer
