"""Somebody narrows while somebody else widens; a circle empties while a record names it."""

from datetime import timedelta

import pytest

from advocacy.ground.errors import Conflict, NotFound
from advocacy.rings import actions as rings
from advocacy.sharing import actions
from advocacy.threats import queries as register
from advocacy.threats.rows import Sharing
from tests.duplicates.test_at_once import at_once
from tests.world import NOW


@pytest.fixture
def sees(reading, world):
    def ask(threat_id, name):
        actor = world.actor(name)
        with reading(actor) as session:
            try:
                register.detail(session, actor, threat_id)
            except NotFound:
                return False
        return True

    return ask


def test_a_narrowing_holds_whoever_was_first(report, to, sees, colleague, writing, world):
    second, threat_id, relief = colleague(), report("members"), world.actor("relief")
    with writing(relief) as session:
        asked = actions.share(session, relief, threat_id, to("observers")).id

    def confirm():
        with writing(second) as session:
            actions.confirm(session, second, threat_id, widening_id=asked)

    def narrow():
        with writing(relief) as session:
            return actions.share(session, relief, threat_id, Sharing())

    confirmed, narrowed = at_once(confirm, narrow)
    assert confirmed is None or isinstance(confirmed, Conflict)
    assert narrowed is None, "narrower waits for nobody"
    for name in ("legal", "observer", "cluster"):
        assert not sees(threat_id, name)


def test_what_waits_48_hours_for_one_person_alone_is_ended_by_a_narrowing(
    report, to, sees, writing, world
):
    threat_id, relief = report("members"), world.actor("relief")
    with writing(relief) as session:
        asked = actions.share(session, relief, threat_id, to("observers")).id
    later = world.actor("relief", now=NOW + timedelta(hours=47))
    with writing(later) as session:
        actions.share(session, later, threat_id, Sharing())
    late = world.actor("relief", now=NOW + timedelta(hours=49))
    with writing(late) as session, pytest.raises(Conflict):
        actions.confirm(session, late, threat_id, widening_id=asked)
    assert not sees(threat_id, "observer")


def test_a_record_of_a_circle_that_all_have_left_is_its_owners_alone(
    circle, to, report, sees, colleague, writing, world, client
):
    ring, second, relief = circle("legal"), colleague(), world.actor("relief")
    threat_id = report("own")
    with writing(relief) as session:
        asked = actions.share(session, relief, threat_id, to("named", circles=(ring,)))
    with writing(second) as session:
        actions.confirm(session, second, threat_id, widening_id=asked.id)
    assert sees(threat_id, "legal")
    for name in ("legal", "relief"):
        actor = world.actor(name)
        with writing(actor) as session:
            rings.leave(session, actor, ring)
    assert (sees(threat_id, "legal"), sees(threat_id, "relief")) == (False, True)
    for page in (f"/threats/{threat_id}", f"/threats/{threat_id}/share"):
        assert client("relief").get(page, 200)
        client("legal").get(page, 404)
