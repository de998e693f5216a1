"""A text of Harbour Legal Aid that Relief Network and the women's association help to write."""

import pytest

from advocacy.drafting.rules import NewClause
from advocacy.positions import actions as positions
from advocacy.redlines import actions
from advocacy.redlines.rules import Said
from tests.signoff import scene

WORDS = (
    NewClause("paragraph", "What happens", "The terrorists closed four clinics."),
    NewClause("recommendation", "What we ask", "Open the road."),
)


@pytest.fixture
def text(world, writing):
    """The position's id."""
    legal = world.actor("legal")
    with writing(legal) as session:
        return scene.start(
            session, legal, world, circle=("relief", "women"), clauses=WORDS, title="Roads"
        )


@pytest.fixture
def invite(world, writing, text):
    """Let an organisation into the text, or take it out."""

    def act(name, position_id=None, *, out=False):
        legal = world.actor("legal")
        with writing(legal) as session:
            step = positions.uninvite if out else positions.invite
            step(session, legal, position_id or text, world.organisations[name])

    return act


@pytest.fixture
def keep(world, writing):
    """`keep("relief", "terrorist", shown=True)`: the id of the word."""

    def made(by, words, *, shown=False, **more):
        actor = world.actor(by)
        with writing(actor) as session:
            return actions.keep(session, actor, Said(words, is_shown=shown, **more)).id

    return made
