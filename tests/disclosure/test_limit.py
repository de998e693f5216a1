"""Who sets the smallest cell, and who reads it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy.orm import Session

from advocacy.access.actor import Actor
from advocacy.disclosure import actions, queries
from advocacy.disclosure.rules import Limit, is_outside
from advocacy.ground.errors import Conflict, Denied, Invalid
from tests.browser import Browser
from tests.world import World

Unit = Callable[[Actor], AbstractContextManager[Session]]


def test_a_workspace_begins_with_five_and_its_coordinator_changes_it(
    world: World, writing: Unit, reading: Unit
) -> None:
    lead, donor, space = world.actor("cluster"), world.actor("donor"), world.workspace_id
    with reading(donor) as session:
        assert queries.limit(session, donor, space) == Limit(5)
    with writing(lead) as session:
        first = actions.set_limit(session, lead, space, Limit(8), after=None).id
    with writing(lead) as session:
        actions.set_limit(session, lead, space, Limit(3, tells_zero=True), after=first)
    with reading(donor) as session:
        assert queries.limit(session, donor, space) == Limit(3, tells_zero=True)
    with pytest.raises(Conflict), writing(lead) as session:
        actions.set_limit(session, lead, space, Limit(9), after=first)


def test_no_other_sets_it_and_nobody_sets_it_below_three(world: World, writing: Unit) -> None:
    lead, member, space = world.actor("cluster"), world.actor("relief"), world.workspace_id
    with pytest.raises(Denied), writing(member) as session:
        actions.set_limit(session, member, space, Limit(8), after=None)
    with pytest.raises(Invalid), writing(lead) as session:
        actions.set_limit(session, lead, space, Limit(2), after=None)


def test_observers_and_donors_are_outside_and_members_are_not(world: World) -> None:
    outside = {
        name: is_outside(world.actor(name), world.workspace_id)
        for name in ("cluster", "relief", "observer", "donor")
    }
    assert outside == {"cluster": False, "relief": False, "observer": True, "donor": True}


def test_the_page_shows_the_form_to_the_coordinator_alone(client: Callable[[str], Browser]) -> None:
    field = 'name="smallest_cell"'
    assert field in client("cluster").get("/disclosure/in/testland")
    assert field not in client("donor").get("/disclosure/in/testland")
