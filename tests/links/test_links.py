"""A link is seen by those who see both ends, and by nobody else."""

from uuid import uuid4

import pytest

from advocacy.ground.errors import Denied, NotFound
from advocacy.links import actions, queries
from advocacy.positions import actions as positions
from advocacy.threats import actions as threats
from advocacy.threats.rows import Sharing


@pytest.fixture
def position(world, writing):
    """A position that Relief Network leads and Harbour Legal Aid takes part in."""
    relief = world.actor("relief")
    with writing(relief) as session:
        made = positions.start(
            session,
            relief,
            workspace_id=world.workspace_id,
            kind="joint_statement",
            title="Open the valley road",
            purpose="Access",
            audience_words="Authorities",
            channel="private",
            attribution="listed organisations",
            sensitivity=2,
            language="en",
        )
        positions.invite(session, relief, made.id, world.organisations["legal"])
        return made.id


@pytest.fixture
def link(world, writing):
    def made(threat_id, position_id, by="relief"):
        actor = world.actor(by)
        with writing(actor) as session:
            return actions.link(
                session, actor, source=("threat", threat_id), target=("position", position_id)
            )

    return made


def ends(reading, world, name, kind, record_id):
    actor = world.actor(name)
    with reading(actor) as session:
        return [(row.kind, row.id) for row in queries.linked(session, actor, kind, record_id)]


def test_both_ends_lead_to_each_other(world, reading, report, position, link):
    threat_id = report("members")
    link(threat_id, position)
    assert ends(reading, world, "legal", "threat", threat_id) == [("position", position)]
    assert ends(reading, world, "legal", "position", position) == [("threat", threat_id)]


def test_who_sees_one_end_only_learns_of_no_link(world, reading, report, position, link):
    threat_id = report("members")
    link(threat_id, position)
    assert ends(reading, world, "women", "threat", threat_id) == []
    for kind, record_id in (("position", position), ("threat", uuid4()), ("nothing", threat_id)):
        with pytest.raises(NotFound):
            ends(reading, world, "women", kind, record_id)


def test_narrowing_one_end_hides_the_link_at_once(world, reading, writing, report, position, link):
    threat_id = report("members")
    link(threat_id, position)
    relief = world.actor("relief")
    with writing(relief) as session:
        threats.share(session, relief, threat_id, Sharing())
    assert ends(reading, world, "legal", "position", position) == []
    with writing(relief) as session:
        actions.follow(session, relief, "threat", threat_id)
    assert ends(reading, world, "relief", "threat", threat_id) == [("position", position)]
    with writing(relief) as session:
        threats.share(session, relief, threat_id, Sharing("members"))
        actions.follow(session, relief, "threat", threat_id)
    assert ends(reading, world, "legal", "position", position) == [("threat", threat_id)]


def test_linking_twice_is_one_link_and_two_organisations_show_one_line(
    world, reading, report, position, link
):
    threat_id = report("members")
    assert link(threat_id, position) == link(threat_id, position)
    link(threat_id, position, by="legal")
    assert len(ends(reading, world, "relief", "threat", threat_id)) == 1


def test_which_end_is_named_first_makes_no_difference(
    world, reading, writing, report, position, link
):
    threat_id, relief = report("members"), world.actor("relief")
    first = link(threat_id, position)
    with writing(relief) as session:
        again = actions.link(
            session, relief, source=("position", position), target=("threat", threat_id)
        )
    assert again == first
    assert ends(reading, world, "legal", "threat", threat_id) == [("position", position)]


def test_one_links_only_what_one_sees(world, writing, report, position, link):
    threat_id = report("own")
    with pytest.raises(NotFound):
        link(threat_id, position, by="legal")
    with pytest.raises(NotFound):
        link(report("members"), position, by="women")
    signatory = world.actor("relief.signatory")
    with writing(signatory) as session, pytest.raises(Denied):
        actions.link(
            session, signatory, source=("threat", threat_id), target=("position", position)
        )


def test_the_owner_of_an_end_may_end_a_link_others_may_not(
    world, reading, writing, report, position, link
):
    threat_id = report("members")
    link_id = link(threat_id, position)
    for name, error in (("legal", Denied), ("women", NotFound)):
        actor = world.actor(name)
        with writing(actor) as session, pytest.raises(error):
            actions.unlink(session, actor, link_id)
    relief = world.actor("relief")
    with writing(relief) as session:
        assert actions.unlink(session, relief, link_id) == ("threat", threat_id)
    assert ends(reading, world, "relief", "threat", threat_id) == []


def test_by_page(client, report, position):
    threat_id = report("members")
    relief, path = client("relief"), f"/links/threat/{threat_id}"
    assert "Nothing yet" in relief.get(path)
    relief.post(path, {"target": ""}, status=422)
    relief.post(path, {"target": str(uuid4())}, status=422)
    relief.post(path, {"target": str(position)})
    assert "Open the valley road" in relief.get(f"/threats/{threat_id}")
    assert "Open the valley road" in relief.get("/threats/in/testland")
    assert "Open the valley road" not in client("women").get(f"/threats/{threat_id}")
    assert "Open the valley road" not in client("women").get("/threats/in/testland")
    client("donor").get(path, status=404)
    end = relief.get(path).split('action="/links/')[1].split('"')[0]
    relief.post(f"/links/{end}", page=path)
    assert "Open the valley road" not in relief.get(f"/threats/{threat_id}")
