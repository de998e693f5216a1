"""An organisation that was taken out of a text keeps its own answer in its own hands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from advocacy.ground import clock
from advocacy.ground.unit import Database
from advocacy.organisations import actions as seats
from advocacy.organisations import queries as organisations
from advocacy.positions import actions as positions
from advocacy.signoff import queries
from advocacy.signoff.rows import RoundRow
from tests.browser import Browser
from tests.signoff.scene import Scene
from tests.world import World


def out_of_the_circle(database: Database, world: World, frozen: Scene) -> None:
    lead = world.actor("relief")
    with database.writing(lead) as session:
        positions.uninvite(session, lead, frozen.position_id, world.organisations["legal"])


def out_of_the_workspace(database: Database, world: World, frozen: Scene) -> None:
    cluster = world.actor("cluster")
    with database.reading(cluster) as session:
        around = organisations.organisations(session, cluster, workspace_id=world.workspace_id)
    member = next(row for row in around if row.id == world.organisations["legal"])
    with database.writing(cluster) as session:
        seats.remove(session, cluster, membership_id=member.membership_id)


@pytest.mark.parametrize("leave", [out_of_the_circle, out_of_the_workspace])
def test_who_left_takes_its_name_off_by_the_page(
    database: Database,
    world: World,
    frozen: Scene,
    opened: RoundRow,
    say: Callable[..., UUID],
    client: Callable[[str], Browser],
    leave: Callable[..., None],
) -> None:
    answer_id = say("legal", outside="named")
    leave(database, world, frozen)
    clock.freeze(clock.now() + timedelta(minutes=5))
    legal = client("legal")
    legal.get(f"/positions/{frozen.position_id}", 404)
    page = legal.get(f"/receipts/{answer_id}")
    assert "Take our name off now" in page
    for line in ("still the one we answered", "has not gone out", "No list has been shown"):
        assert line in page
    made = legal.post(f"/receipts/lower/{opened.id}", {"outside": "private", "inside": "nobody"})
    assert "Private" in legal.get(made.headers["Location"])
    lead = replace(world.actor("relief"), now=clock.now())
    with database.reading(lead) as session:
        assert queries.shown(session, lead, opened.id) == []
