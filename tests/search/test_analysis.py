"""What is known beyond the short record is searched too, class by class."""

import pytest

from advocacy.analysis import actions as analysis
from advocacy.analysis.rows import Blocks, NewParty, NewPlace
from advocacy.organisations import queries as organisations
from advocacy.picture import queries
from advocacy.picture.rows import Filters
from advocacy.threats import queries as threats


@pytest.fixture
def finds(world, reading):
    """`finds("legal", "words")`: how many records a search lists."""

    def ask(name, words):
        actor = world.actor(name)
        with reading(actor) as session:
            space = organisations.workspace(session, actor, world.slug)
            return len(queries.lines(session, actor, space, Filters(words=words), limit=9))

    return ask


@pytest.fixture
def known(world, database, report):
    """A record that donors read, with its analysis in words of their own."""
    relief, threat_id = world.actor("relief"), report("donors", sensitivity=2)
    given = (
        (
            analysis.describe,
            Blocks(subtype="Tolls", context="Harvest", effect="Widows", capacity="Elders"),
        ),
        (analysis.add_place, NewPlace(area="TST0301", name="Mill Quay")),
        (analysis.add_party, NewParty("perpetrator", "militia", name="Halloran Brigade")),
    )
    with database.writing(relief) as session:
        for act, what in given:
            edition = threats.current(session, relief, threat_id).edition
            act(session, relief, threat_id, what, based_on=edition)
    return threat_id


def test_blocks_places_and_parties_are_found_by_those_who_read_them(known, finds):
    for words in ("tolls", "harvest", "widows", "elders", "mill quay", "harvest clinic"):
        assert [finds(name, words) for name in ("relief", "legal", "donor")] == [1, 1, 0], words
    assert [finds(name, "halloran") for name in ("relief", "legal", "donor")] == [1, 0, 0]
    assert finds("donor", "harbour") == 1  # first-level areas are of the safe part


def test_words_that_were_taken_away_are_found_no_more(known, finds, world, database):
    relief = world.actor("relief")
    with database.writing(relief) as session:
        edition = threats.current(session, relief, known).edition
        analysis.describe(session, relief, known, Blocks(context="Drought"), based_on=edition)
    assert [finds("legal", words) for words in ("harvest", "drought")] == [0, 1]
