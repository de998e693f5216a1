"""Who left the workspace reads nothing of what named it, whichever wall is asked."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session

from advocacy.access import audience, guard
from advocacy.access.actor import Actor, Standing
from advocacy.grants import actions as grants
from advocacy.grants.rules import Said
from advocacy.ground import clock
from advocacy.organisations import actions as organisations
from advocacy.organisations import queries as known
from advocacy.organisations.schema import Membership
from advocacy.rings import actions as rings
from advocacy.rings.schema import RingMember
from advocacy.sharing import mapper
from advocacy.sharing import queries as sharing
from advocacy.threats import queries
from advocacy.threats.schema import Threat, ThreatMembers, ThreatRestricted, ThreatVersion
from tests import build
from tests.conftest import NOW
from tests.world import World

LATER = NOW + timedelta(hours=1)
MUCH_LATER = NOW + timedelta(hours=2)
KINDS = (Threat, ThreatMembers, ThreatRestricted, ThreatVersion, RingMember)


@pytest.fixture
def walls(database: Any) -> Iterator[Callable[[Actor], list[set[str]]]]:
    """Tables of which a reader gets rows: by the guard, and where there is one by the wall alone.

    The reader is who it was before it left: only what the database holds takes its power.
    """
    bare = None if database.is_sqlite else create_engine(database.engine.url)

    def read(actor: Actor) -> list[set[str]]:
        with database.reading(actor) as session:
            found = [{k.__tablename__ for k in KINDS if session.scalars(select(k.id)).first()}]
        if bare is not None:
            with bare.connect() as connection:
                guard._tell_who(connection, actor)
                its = {
                    kind.__tablename__
                    for kind in KINDS
                    if connection.execute(select(kind.__table__.c.id)).first()
                }
            found.append(its)
        return found

    yield read
    if bare is not None:
        bare.dispose()


def goes(database: Any, world: World, key: str) -> None:
    cluster = world.actor("cluster", now=LATER)
    with database.writing(cluster) as session:
        of = Membership.member_id == world.organisations[key]
        row = session.scalars(select(Membership).where(of, Membership.until_at.is_(None))).one()
        organisations.remove(session, cluster, membership_id=row.id)


def comes(database: Any, world: World, key: str, standing: Standing) -> None:
    cluster = world.actor("cluster", now=MUCH_LATER)
    with database.writing(cluster) as session:
        organisations.admit(
            session, cluster, workspace_id=world.workspace_id,
            organisation_id=world.organisations[key], standing=standing,
        )  # fmt: skip


def at(world: World, key: str, *, after: bool = False) -> Actor:
    return world.actor(key, now=(MUCH_LATER if after else LATER) + timedelta(seconds=1))


PARTS = {"threat", "threat_members", "threat_restricted", "threat_version"}


@pytest.mark.parametrize(
    ("level", "reads"), [("named", PARTS), ("members", PARTS)], ids=["named", "told beside members"]
)
def test_who_left_reads_nothing_of_what_names_it_and_all_of_it_when_it_is_back(
    world, report, database, walls, level, reads
):
    report(level, to=["legal"] if level == "named" else [], tell=["legal"])
    assert all(found == reads for found in walls(world.actor("legal")))
    goes(database, world, "legal")
    assert all(found == set() for found in walls(at(world, "legal")))
    assert all(found == reads for found in walls(at(world, "relief")))
    comes(database, world, "legal", Standing.MEMBER)
    assert all(found == reads for found in walls(at(world, "legal", after=True)))


def test_who_was_named_as_a_member_and_is_back_as_a_donor_reads_nothing(
    world, report, database, walls
):
    report("named", to=["legal"], tell=["legal"])
    goes(database, world, "legal")
    comes(database, world, "legal", Standing.DONOR)
    assert all(found == set() for found in walls(at(world, "legal", after=True)))


def test_a_named_donor_reads_until_its_last_day_is_over(world, report, database, walls):
    report("named", to=["donor"])
    assert all(found == {"threat", "threat_version"} for found in walls(world.actor("donor")))
    cluster = world.actor("cluster")
    with database.writing(cluster) as session:
        rows = known.organisations(session, cluster, workspace_id=world.workspace_id)
        of = next(row.membership_id for row in rows if row.id == world.organisations["donor"])
        said = Said(NOW.date() + timedelta(days=1), "The grant ends.")
        grants.set_end(session, cluster, membership_id=of, said=said, after=None)
    for days, is_in in ((1, True), (3, False)):
        then = world.actor("donor", now=NOW + timedelta(days=days))
        assert all(bool(found) == is_in for found in walls(then)), days


def test_who_left_still_reads_its_own_records_and_nobody_elses(world, report, database, walls):
    own = report("members", by="legal")
    report("named", to=["legal"])
    goes(database, world, "legal")
    assert all(found == PARTS for found in walls(at(world, "legal")))
    with database.reading(at(world, "legal")) as session:
        assert set(session.scalars(select(Threat.id))) == {own}


def test_who_left_does_not_read_that_it_was_put_into_a_circle(world, database, walls):
    relief, legal = world.actor("relief"), world.organisations["legal"]
    with database.writing(relief) as session:
        rings.make(session, relief, world.workspace_id, name="Valley", members=[legal])
    assert all(found == {"ring_member"} for found in walls(world.actor("legal")))
    goes(database, world, "legal")
    assert all(found == set() for found in walls(at(world, "legal")))


def test_whom_a_record_names_is_said_by_name_and_the_level_stays(world, report, reading):
    threat_id = report("named", to=["legal", "donor"], tell=["legal"])
    relief, ids = world.actor("relief"), world.organisations
    with reading(relief) as session:
        seen, told = queries.named(session, relief, threat_id)
        assert seen == {ids["relief"], ids["legal"], ids["donor"]}
        assert told == {ids["relief"], ids["legal"]}
        assert queries.detail(session, relief, threat_id).level == "named"
        assert sharing.waiting(session, relief, threat_id) is None


# --- records from before ------------------------------------------------------------------------


@pytest.fixture
def as_before(database: Any, world: World) -> Callable[[UUID], None]:
    """Bring a record to how it was kept: organisations named by their own groups."""

    def back(threat_id: UUID) -> None:
        root = world.actor("relief")
        rewrite = guard.System.AUDIENCE_REWRITE
        with database.writing(root) as session, guard.system(session, rewrite):
            for kind in KINDS[:-1]:
                of: Any = kind.__table__.c
                on = of.id if kind is Threat else of.threat_id
                for old in session.scalars(select(of.audience_id).where(on == threat_id)).all():
                    plain = audience.intern(session, audience.named(session, old))
                    change = update(kind.__table__).where(on == threat_id, of.audience_id == old)
                    session.execute(change.values(audience_id=plain))

    return back


def _migrate(url: str) -> None:
    engine = create_engine(build.owner_of(url))
    with engine.begin() as connection:
        mapper.only_while_in(connection)
    engine.dispose()


def test_records_from_before_are_brought_to_the_same(
    world, report, database, database_url, walls, as_before
):
    named, own = report("named", to=["legal", "donor"], tell=["legal"]), report("own", by="legal")
    before = _audiences(database, world, named)
    as_before(named)
    assert _audiences(database, world, named) != before
    _migrate(database_url)
    assert _audiences(database, world, named) == before
    assert all(found == PARTS for found in walls(world.actor("legal")))
    goes(database, world, "legal")
    with database.reading(at(world, "legal")) as session:
        assert set(session.scalars(select(Threat.id))) == {own}


def test_who_left_before_the_records_were_brought_there_reads_them_when_it_is_back(
    world, report, database, database_url, walls, as_before
):
    as_before(report("named", to=["legal"], tell=["legal"]))
    goes(database, world, "legal")
    assert all(found == PARTS for found in walls(at(world, "legal")))
    _migrate(database_url)
    assert all(found == set() for found in walls(at(world, "legal")))
    comes(database, world, "legal", Standing.MEMBER)
    assert all(found == PARTS for found in walls(at(world, "legal", after=True)))


def _audiences(database: Any, world: World, threat_id: UUID) -> list[UUID]:
    relief = world.actor("relief", now=clock.now())

    def of(session: Session, kind: Any) -> UUID:
        on = kind.id if kind is Threat else kind.threat_id
        return session.scalars(select(kind.audience_id).where(on == threat_id)).first()

    with database.reading(relief) as session:
        return [of(session, kind) for kind in KINDS[:3]]
