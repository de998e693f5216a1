"""`led`: a text that Harbour Legal Aid leads; `letters`: the mails that arrived."""

import pytest

from advocacy.positions import actions as positions
from tests.outbox.letters import letters as letters
from tests.positions.test_actions import started


@pytest.fixture
def led(world, writing):
    """A position of Harbour Legal Aid with Relief Network in its circle."""
    legal = world.actor("legal")
    with writing(legal) as session:
        made = started(session, world, legal)
        positions.invite(session, legal, made.id, world.organisations["relief"])
    return made
