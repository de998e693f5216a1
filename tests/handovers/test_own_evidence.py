"""Evidence that an organisation keeps for itself stays with it when the record goes to another."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import create_engine, select

from advocacy.access import guard
from advocacy.access.actor import Actor
from advocacy.exhibits.schema import Exhibit, ExhibitAct, ExhibitFile
from advocacy.handovers import actions
from advocacy.threats import actions as register
from advocacy.threats.rows import Sharing
from tests.conftest import NOW
from tests.exhibits.conftest import add, areas, entry, give, read, report
from tests.secrecy.test_differential import ask

__all__ = ["add", "areas", "entry", "give", "read", "report"]

OURS, ALL = "A list that only we keep", "A photograph for all who read it in full"
FILE = b"%PDF-1.4 seven names"
LATER = NOW + timedelta(days=1)
OTHERS = ("legal", "women", "rights", "cluster", "forum", "observer", "donor")


@pytest.fixture
def record(report: Any, add: Any) -> tuple[UUID, UUID, UUID]:
    """Relief's record that Legal reads in full, with a piece for Relief alone and one for all."""
    threat_id = report("members", tell=["legal"])
    ours = add("relief", threat_id, to="record", data=FILE, reach="own", words=OURS)
    shared = add("relief", threat_id, to="record", data=FILE + b"!", reach="all", words=ALL)
    return threat_id, ours, shared


@pytest.fixture
def goes(writing: Any, world: Any) -> Callable[..., None]:
    """`goes(threat_id, "relief", "legal")`: offered by the one, taken over by the other."""

    def done(threat_id: UUID, old: str, new: str) -> None:
        by, to = (world.actor(key, now=LATER) for key in (old, new))
        with writing(by) as session:
            of = actions.offer(session, by, threat_id, to_id=to.organisation_id).id
        with writing(to) as session:
            actions.accept(session, to, threat_id, offer_id=of)

    return done


def reached(database: Any, actor: Actor, exhibit_id: UUID) -> list[bool]:
    """Whether a piece, its file or its history is read: by the guard, and by the wall alone."""
    kinds = ((Exhibit, "id"), (ExhibitFile, "exhibit_id"), (ExhibitAct, "exhibit_id"))
    asked = [select(k.__table__.c.id).where(k.__table__.c[of] == exhibit_id) for k, of in kinds]
    with database.reading(actor) as session:
        found = [
            session.scalars(select(k.id).where(getattr(k, of) == exhibit_id)).first() is not None
            for k, of in kinds
        ]
    if not database.is_sqlite:
        bare = create_engine(database.engine.url)
        with bare.connect() as connection:
            guard._tell_who(connection, actor)
            assert [connection.execute(one).first() is not None for one in asked] == found
        bare.dispose()
    return found


def test_it_stays_with_who_kept_it_and_nobody_else_learns_of_it(
    record, goes, read, world, database, client
):
    threat_id, ours, shared = record
    assert reached(database, world.actor("relief"), ours) == [True, True, True]
    goes(threat_id, "relief", "legal")
    for key in OTHERS:
        assert reached(database, world.actor(key, now=LATER), ours) == [False] * 3, key
    assert reached(database, world.actor("relief", now=LATER), ours) == [True, True, True]
    with database.reading(world.actor("relief", now=LATER)) as session:
        owners = {session.get_one(Exhibit, ours).organisation_id}
        of_file = select(ExhibitFile.organisation_id).where(ExhibitFile.exhibit_id == ours)
        owners |= set(session.scalars(of_file))
        assert owners == {world.organisations["relief"]}
    assert [row.said.words for row in read("legal", threat_id)] == [ALL]
    assert reached(database, world.actor("legal", now=LATER), shared)[:2] == [True, True]
    page = client("legal").get(f"/threats/{threat_id}/evidence")
    assert ALL in page
    assert OURS not in page
    for key in OTHERS:
        for path in ("", "/file"):
            its = f"/threats/{threat_id}/evidence/{ours}{path}"
            never = f"/threats/{threat_id}/evidence/{UUID(int=7)}{path}"
            answers = [ask(client(key), at) for at in (its, never)]
            assert answers[0][0] == 404, key
            said = [str(a).replace(at, "*") for a, at in zip(answers, (its, never), strict=True)]
            assert said[0] == said[1], key


def test_it_is_there_again_for_who_kept_it_when_the_record_comes_back(
    report, add, goes, read, world, database
):
    threat_id = report("members", tell=["legal"])
    ours = add("relief", threat_id, to="record", data=FILE, reach="own", words=OURS)
    goes(threat_id, "relief", "legal")
    with database.writing(world.actor("legal", now=LATER)) as session:
        _tell(session, world, threat_id)
    goes(threat_id, "legal", "relief")
    assert [row.said.words for row in read("relief", threat_id)] == [OURS]
    for key in OTHERS:
        assert reached(database, world.actor(key, now=LATER), ours) == [False] * 3, key


def _tell(session: Any, world: Any, threat_id: UUID) -> None:
    """Legal lets Relief read the record in full again, as a second person confirms it."""
    legal = world.actor("legal", now=LATER)
    back = Sharing("members", narrative_ids=frozenset({world.organisations["relief"]}))
    register.share(session, legal, threat_id, back)


def test_what_others_keep_for_themselves_is_not_read_by_who_takes_the_record_over(
    report, add, give, goes, read, world, database
):
    threat_id = report("members", tell=["legal"])
    give("women", threat_id)
    theirs = add("women", threat_id, to="view", data=FILE, reach="own", words=OURS)
    goes(threat_id, "relief", "legal")
    assert reached(database, world.actor("women", now=LATER), theirs) == [True, True, True]
    for key in ("legal", "relief", "cluster"):
        assert reached(database, world.actor(key, now=LATER), theirs) == [False] * 3, key
    assert read("legal", threat_id) == []
