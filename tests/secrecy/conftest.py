"""What the guard is tried on."""

import pytest

from tests.secrecy.shapes import HIDDEN, SHARED, Lie, new_body


@pytest.fixture
def lie(world, writing) -> Lie:
    with writing(world.actor("rights")) as session:
        return Lie(
            new_body(session, world, "rights", SHARED, "relief"),
            new_body(session, world, "rights", HIDDEN),
            world.workspace_id,
        )
