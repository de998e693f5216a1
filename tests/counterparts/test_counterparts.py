"""The public and the private edition: two texts that share words and nothing else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from advocacy.counterparts import actions, queries
from advocacy.drafting import queries as drafting
from advocacy.ground.errors import Conflict, Denied, NotFound
from advocacy.ground.unit import Database
from advocacy.positions import actions as moves
from advocacy.positions import queries as positions
from advocacy.positions.schema import Position
from tests.browser import Browser
from tests.signoff import scene
from tests.signoff.scene import Scene
from tests.world import World


@pytest.fixture
def public(database: Database, world: World) -> Scene:
    return scene.frozen(database, world)


@pytest.fixture
def private(database: Database, world: World, public: Scene) -> Position:
    relief = world.actor("relief")
    with database.writing(relief) as session:
        return actions.begin(session, relief, public.position_id)


def test_the_other_edition_has_the_words_and_neither_circle_nor_terms(
    database: Database, world: World, public: Scene, private: Position
) -> None:
    relief = world.actor("relief")
    with database.reading(relief) as session:
        of = positions.position(session, relief, private.id)
        words = [c.text for c in drafting.clauses(session, relief, of.document_id)]
        assert words == [clause.text for clause in scene.CLAUSES]
        assert (of.channel, of.audience_words, of.attribution) == ("private", "", "")
        assert positions.participants(session, relief, of) == {relief.organisation_id}
        assert queries.both(session, private.id) == {private.id, public.position_id}


def test_who_is_in_one_circle_does_not_learn_of_the_other_edition(
    database: Database, world: World, public: Scene, private: Position
) -> None:
    legal, relief = world.actor("legal"), world.actor("relief")
    with database.reading(legal) as session:
        assert queries.other(session, legal, public.position_id) is None
    with database.writing(relief) as session:
        moves.invite(session, relief, private.id, world.organisations["legal"])
    with database.reading(legal) as session:
        found = queries.other(session, legal, public.position_id)
        assert found is not None
        assert found.id == private.id
    women = world.actor("women")
    with database.reading(women) as session:
        assert queries.other(session, women, public.position_id) is None


def test_who_left_the_workspace_does_not_learn_of_the_other_edition(
    database: Database, world: World, public: Scene, private: Position
) -> None:
    relief = world.actor("relief")
    with database.writing(relief) as session:
        moves.invite(session, relief, private.id, world.organisations["legal"])
    gone = replace(world.actor("legal"), memberships=frozenset())
    with database.reading(gone) as session, pytest.raises(NotFound):
        queries.other(session, gone, public.position_id)
    led = replace(relief, memberships=frozenset())
    with database.reading(led) as session:
        found = queries.other(session, led, public.position_id)
        assert found is not None
        assert found.id == private.id


def test_there_is_one_other_edition_and_its_lead_begins_it(
    database: Database, world: World, public: Scene, private: Position
) -> None:
    legal, relief = world.actor("legal"), world.actor("relief")
    with pytest.raises(Denied), database.writing(legal) as session:
        actions.begin(session, legal, public.position_id)
    for position_id in (public.position_id, private.id):
        with pytest.raises(Conflict), database.writing(relief) as session:
            actions.begin(session, relief, position_id)


def test_the_page_says_which_is_which(public: Scene, client: Callable[[str], Browser]) -> None:
    relief, path = client("relief"), f"/counterparts/{public.position_id}"
    assert "This is the public edition" in relief.get(path)
    relief.post(path)
    assert "the private edition" in relief.get(path)
    assert "the private edition" not in client("legal").get(path)
    client("donor").get(path, 404)
