"""Evidence of a record that is erased, and of one that another organisation takes over."""

import pytest
from sqlalchemy import func, select

from advocacy.access import guard
from advocacy.exhibits import queries
from advocacy.exhibits.schema import Exhibit, ExhibitFile
from advocacy.ground.errors import Conflict
from advocacy.handovers import actions as handovers
from advocacy.retention import actions as retention
from advocacy.reviews import actions as reviews
from advocacy.threats import queries as threats
from tests.retention.test_retention import LATER, kept

__all__ = ["kept"]
FILE = b"%PDF-1.7 as it was sent"


def counted(database, actor):
    """All pieces and files there are, whoever reads them."""
    with database.reading(actor) as session, guard.system(session, guard.System.COMMAND):
        return tuple(
            session.scalars(select(func.count(of.id))).one() for of in (Exhibit, ExhibitFile)
        )


def test_past_its_time_nobody_reads_it_and_it_is_erased_with_the_account(
    kept, report, give, add, writing, database, world
):
    threat_id, relief = report("members"), world.actor("relief")
    give("legal", threat_id)
    add("legal", threat_id, data=FILE)
    add("relief", threat_id, to="record", data=FILE)
    with writing(relief) as session:
        reviews.close(session, relief, threat_id)
    for by in ("relief", "legal"):
        later = world.actor(by, now=LATER)
        with database.reading(later) as session:
            found = threats.threat(session, later, threat_id)
            assert queries.exhibits(session, later, found) == []
            assert not queries.may_add(session, later, found)
    later = world.actor("relief", now=LATER)
    with writing(later) as session:
        retention.erase(session, later, threat_id)
    assert counted(database, later) == (0, 0)


def test_what_was_shared_goes_to_the_new_owner_and_what_was_held_stays(
    report, add, read, withdraw, writing, world
):
    threat_id = report("members", tell=("legal",))
    shared = add("relief", threat_id, to="record", data=FILE)
    add("relief", threat_id, to="record", words="In our safe")
    relief, legal = world.actor("relief"), world.actor("legal")
    with writing(relief) as session:
        of = handovers.offer(session, relief, threat_id, to_id=world.organisations["legal"]).id
    with writing(legal) as session:
        handovers.accept(session, legal, threat_id, offer_id=of)
    assert [(row.id, row.is_ours) for row in read("legal", threat_id)] == [(shared, True)]
    assert "In our safe" in {row.said.words for row in read("relief", threat_id)}
    assert read("women", threat_id) == []
    withdraw("legal", threat_id, shared)
    with pytest.raises(Conflict):
        withdraw("legal", threat_id, shared)
