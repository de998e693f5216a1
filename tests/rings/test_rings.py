"""Sharing circles: whose they are, who knows of them, and what leaving takes away."""

from collections.abc import Callable

import pytest

from advocacy.access.actor import Standing
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.ground.unit import Database
from advocacy.organisations import actions as organisations
from advocacy.organisations import queries as known
from advocacy.organisations.schema import Membership
from advocacy.rings import actions, queries
from advocacy.rings.rows import RingRow
from tests.world import World

PAGE = "/rings/in/testland"


@pytest.fixture
def make(database: Database, world: World) -> Callable[..., RingRow]:
    """`make("legal", name=…)`: a circle of Relief Network with these in it."""

    def made(*members: str, by: str = "relief", name: str = "Valley", **more: object) -> RingRow:
        actor = world.actor(by)
        with database.writing(actor) as session:
            ids = [world.organisations[key] for key in members]
            more["extenders"] = [world.organisations[k] for k in more.get("extenders", ())]
            return actions.make(session, actor, world.workspace_id, name=name, members=ids, **more)

    return made


def names(database, world, by):
    actor = world.actor(by)
    with database.reading(actor) as session:
        return [row.name for row in queries.rings(session, actor, world.workspace_id)]


def roster(database, world, by, ring_id):
    actor = world.actor(by)
    with database.reading(actor) as session:
        return [member.name for member in queries.ring(session, actor, ring_id).members]


def test_only_its_owner_and_those_in_it_know_of_a_circle(database, world, make):
    made = make("legal")
    assert roster(database, world, "legal", made.id) == ["Harbour Legal Aid", "Relief Network"]
    for outside in ("women", "cluster", "observer", "donor"):
        assert names(database, world, outside) == []
        with pytest.raises(NotFound):
            roster(database, world, outside, made.id)


def test_a_name_that_a_hidden_circle_has_can_be_taken_and_tells_nothing(database, world, make):
    make("legal")
    make("women", by="rights")
    with pytest.raises(Invalid, match="name-twice"):
        make("women", by="rights")
    assert names(database, world, "rights") == ["Valley"]
    assert names(database, world, "women") == ["Valley"]


def test_a_hidden_roster_shows_each_member_itself_alone(database, world, make, client):
    made = make("legal", "women", hides_roster=True)
    assert roster(database, world, "legal", made.id) == ["Harbour Legal Aid"]
    assert len(roster(database, world, "relief", made.id)) == 3
    page = client("legal").get(f"/rings/{made.id}")
    assert "kept by its owner" in page
    assert "Blue Valley" not in page.split("<main", 1)[1]


def test_who_leaves_or_is_taken_out_knows_nothing_more_of_it(database, world, make):
    made = make("legal", "women")
    legal, relief = world.actor("legal"), world.actor("relief")
    with database.writing(legal) as session:
        actions.leave(session, legal, made.id)
    assert names(database, world, "legal") == []
    with database.writing(relief) as session:
        act = next(
            m.act for m in queries.ring(session, relief, made.id).members if "Blue" in m.name
        )
        actions.remove(session, relief, made.id, act=act)
        with pytest.raises(Conflict):
            actions.remove(session, relief, made.id, act=act)
    assert names(database, world, "women") == []
    assert roster(database, world, "relief", made.id) == ["Relief Network"]
    with database.writing(relief) as session:
        actions.add(session, relief, made.id, world.organisations["legal"])
        actions.add(session, relief, made.id, world.organisations["legal"])
    assert names(database, world, "legal") == ["Valley"]


def test_only_the_owner_and_whom_it_allows_put_others_in(database, world, make):
    made = make("legal", "women", extenders=["legal"])
    for by, fails in (("women", True), ("legal", False)):
        actor = world.actor(by)
        with database.writing(actor) as session:
            if fails:
                with pytest.raises(Denied):
                    actions.add(session, actor, made.id, world.organisations["rights"])
            else:
                actions.add(session, actor, made.id, world.organisations["rights"], extends=True)
    assert names(database, world, "rights") == ["Valley"]
    rights = world.actor("rights")
    with pytest.raises(Denied), database.writing(rights) as session:
        actions.add(session, rights, made.id, world.organisations["forum"])
    act = made.members[0].act
    with pytest.raises(Denied), database.writing(rights) as session:
        actions.remove(session, rights, made.id, act=act)


@pytest.mark.parametrize("key", ["observer", "donor"])
def test_a_circle_holds_members_only(world, make, key):
    with pytest.raises(Invalid, match="members-only"):
        make(key)


def test_who_leaves_the_workspace_is_out_of_its_circles(database, world, make):
    made = make("legal", "women")
    lead = world.actor("cluster")
    with database.writing(lead) as session:
        rows = known.organisations(session, lead, workspace_id=world.workspace_id)
        of = next(r.membership_id for r in rows if r.id == world.organisations["legal"])
        assert session.get(Membership, of)
        organisations.remove(session, lead, membership_id=of)
    assert "Harbour Legal Aid" not in roster(database, world, "women", made.id)


def test_who_comes_back_into_the_workspace_can_be_put_into_a_circle_again(database, world, make):
    made = make("women")
    relief, cluster = world.actor("relief"), world.actor("cluster")
    women = world.organisations["women"]
    with database.writing(cluster) as session:
        row = session.query(Membership).filter_by(member_id=women).one()
        organisations.remove(session, cluster, membership_id=row.id)
        organisations.admit(
            session, cluster, workspace_id=world.workspace_id, organisation_id=women,
            standing=Standing.MEMBER,
        )  # fmt: skip
    assert names(database, world, "women") == []
    with database.writing(relief) as session:
        actions.add(session, relief, made.id, women)
    assert names(database, world, "women") == ["Valley"]


def test_the_pages_make_fill_and_empty_a_circle(client, world, database):
    relief = client("relief")
    relief.get(PAGE)
    women = str(world.organisations["women"])
    relief.post(PAGE, {"name": "<b>Valley</b>", "members": [women]}, page=PAGE)
    with database.reading(world.actor("relief")) as session:
        (row,) = queries.rings(session, world.actor("relief"), world.workspace_id)
    page = f"/rings/{row.id}"
    assert "&lt;b&gt;Valley" in relief.get(page)
    legal = str(world.organisations["legal"])
    relief.post(f"{page}/add", {"organisation": legal, "extends": "y"}, page=page)
    assert "may put others in" in relief.get(page)
    relief.post(f"{page}/remove", {"act": "nonsense"}, page=page, status=409)
    client("legal").post(f"{page}/leave", {}, page=page)
    client("legal").get(page, status=404)
    client("rights").get(page, status=404)
    assert "Name it" not in client("donor").get(PAGE)
