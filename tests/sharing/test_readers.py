"""Several readers at once: a level, organisations, circles; and what others read, previewed."""

import pytest

from advocacy.ground.errors import Denied, Invalid, NotFound
from advocacy.rings import actions as rings
from advocacy.rings import queries as circles
from advocacy.sharing import queries
from advocacy.threats import actions as threats
from advocacy.threats import queries as register
from advocacy.threats.rows import Sharing

ALL = ("relief", "legal", "women", "rights", "cluster", "observer", "donor")


@pytest.fixture
def readers(reading, world):
    def ask(threat_id):
        found = set()
        for name in ALL:
            actor = world.actor(name)
            with reading(actor) as session:
                found |= {name} if register.titles(session, actor, [threat_id]) else set()
        return found

    return ask


@pytest.fixture
def shared(report, to, writing, world):
    def made(*choice, sensitivity=1, **more):
        threat_id, relief = report("own", sensitivity=sensitivity), world.actor("relief")
        with writing(relief) as session:
            threats.share(session, relief, threat_id, to(*choice, **more))
        return threat_id

    return made


def test_circles_organisations_and_a_level_at_once(shared, readers, circle):
    ring = circle("legal")
    assert readers(shared("named", circles=(ring,))) == {"relief", "legal"}
    assert readers(shared("named", "women", circles=(ring,))) == {"relief", "legal", "women"}
    inside = {"relief", "legal", "women", "rights", "cluster"}
    assert readers(shared("members", "observer")) == inside | {"observer"}
    assert readers(shared("members", "donor", circles=(ring,))) == inside | {"donor"}


def test_the_members_class_goes_with_a_circle_and_not_with_an_observer(
    shared, circle, reading, world
):
    threat_id = shared("named", "observer", circles=(circle("legal"),))
    for name, is_inside in (("legal", True), ("observer", False)):
        actor = world.actor(name)
        with reading(actor) as session:
            found = register.detail(session, actor, threat_id)
            assert (found.members is not None) is is_inside
            assert found.narrative is None


def test_leaving_a_circle_ends_reading_at_once(shared, circle, readers, writing, world, reading):
    ring = circle("legal", "women")
    threat_id = shared("named", circles=(ring,), sensitivity=4)
    legal, relief = world.actor("legal"), world.actor("relief")
    with writing(legal) as session:
        rings.leave(session, legal, ring)
    assert readers(threat_id) == {"relief", "women"}
    with writing(relief) as session:
        (act,) = [m.act for m in circles.ring(session, relief, ring).members if "Blue" in m.name]
        rings.remove(session, relief, ring, act=act)
        rings.add(session, relief, ring, world.organisations["rights"])
    assert readers(threat_id) == {"relief", "rights"}


def test_a_circle_one_is_not_in_cannot_be_named(shared, circle):
    with pytest.raises(Invalid, match="not-here"):
        shared("named", circles=(circle("women", by="rights"),))


@pytest.mark.parametrize("pair", [("observers", "donor"), ("donors", "observer")])
def test_observers_and_donors_never_share_a_setting(shared, pair):
    with pytest.raises(Invalid, match="observers-and-donors"):
        shared(*pair)


def test_the_check_line_names_a_hidden_circle_and_not_its_list(report, circle, client, world):
    ring = circle("relief", "women", by="rights", hides_roster=True)
    threat_id, relief = report("own"), client("relief")
    page = f"/threats/{threat_id}/share"
    read = relief.post(page, {"level": "named", "circles": [str(ring)]}, page=page, status=422)
    line = read.get_data(as_text=True).split("Read this before you share")[1].split("</div>")[0]
    assert "its list is kept by its owner" in line
    assert "Blue Valley" not in line


def test_the_owner_reads_its_record_as_others_do(shared, reading, world):
    threat_id, relief = shared("observers"), world.actor("relief")
    with reading(relief) as session:
        as_ = lambda key: queries.preview(session, relief, threat_id, world.organisations[key])  # noqa: E731 - a word for the lines below
        assert as_("legal").members is not None
        assert as_("legal").narrative is None
        assert as_("observer").members is None
        assert as_("donor") is None


def test_only_ones_own_record_is_previewed(shared, reading, world, client):
    threat_id = shared("members")
    for name, error in (("legal", Denied), ("donor", NotFound)):
        actor = world.actor(name)
        with reading(actor) as session, pytest.raises(error):
            queries.preview(session, actor, threat_id, world.organisations["women"])
    relief = client("relief")
    page = f"/threats/{threat_id}/preview"
    assert "Choose an organisation" in relief.get(page)
    assert "does not see this record" in relief.get(f"{page}?as={world.organisations['donor']}")
    assert "This is what it reads" in relief.get(f"{page}?as={world.organisations['legal']}")
    assert "Choose an organisation" in relief.get(f"{page}?as=nonsense")


def test_a_preview_does_not_tell_who_is_in_a_hidden_circle(shared, circle, client, world):
    ring = circle("relief", "women", by="rights", hides_roster=True)
    threat_id, relief = shared("named", "legal", circles=(ring,)), client("relief")
    for name, told in (("women", False), ("forum", False), ("legal", True)):
        read = relief.get(f"/threats/{threat_id}/preview?as={world.organisations[name]}")
        assert ("Choose an organisation." not in read) is told


def test_a_circle_reads_the_full_account_only_where_it_sees_the_record(
    report, circle, reading, writing, world
):
    ring, relief = circle("legal"), world.actor("relief")
    threat_id = report("own", sensitivity=1)
    told = frozenset({ring})
    with pytest.raises(Invalid, match="narrative-unseen"), writing(relief) as session:
        threats.share(session, relief, threat_id, Sharing("own", narrative_ids=told))
    for choice in (Sharing("named", circle_ids=told, narrative_ids=told),
                   Sharing("members", narrative_ids=told)):  # fmt: skip
        with writing(relief) as session:
            threats.share(session, relief, threat_id, choice)
        for key, is_told in (("legal", True), ("women", False)):
            actor = world.actor(key)
            with reading(actor) as session:
                seen = register.as_read(session, threat_id)
                assert bool(seen and seen.narrative) is is_told


def test_a_strange_circle_is_named_nowhere(report, circle, writing, world):
    theirs, relief = circle("women", by="legal"), world.actor("relief")
    threat_id = report("members")
    choice = Sharing("members", narrative_ids=frozenset({theirs}))
    with pytest.raises(Invalid, match="not-here"), writing(relief) as session:
        threats.share(session, relief, threat_id, choice)


def test_the_form_offers_the_full_account_to_no_donor_and_to_circles(report, circle, client, world):
    ring = str(circle("legal"))
    page = client("relief").get(f"/threats/{report('members')}/share")
    offered = page.split('id="narrative_for"')[1].split("</fieldset>")[0]
    assert ring in offered
    assert str(world.organisations["donor"]) not in offered
    assert page.count("Who can see this</h2>") == 1
