"""A wider audience needs two people; a narrower one holds at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advocacy.access.actor import Seat
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.outbox.schema import OutboxRow
from advocacy.sharing import actions, queries
from advocacy.threats import actions as threats
from advocacy.threats import queries as register
from advocacy.threats.rows import Sharing
from tests.world import NOW


@pytest.fixture
def sees(reading, world):
    def ask(threat_id, name, **at):
        actor = world.actor(name, **at)
        with reading(actor) as session:
            try:
                register.detail(session, actor, threat_id)
            except NotFound:
                return False
        return True

    return ask


@pytest.fixture
def ask(writing, world):
    def made(threat_id, sharing, actor=None):
        actor = actor or world.actor("relief")
        with writing(actor) as session:
            row = actions.share(session, actor, threat_id, sharing)
            return row.id if row else None

    return made


def confirm(writing, actor, threat_id, widening_id):
    with writing(actor) as session:
        actions.confirm(session, actor, threat_id, widening_id=widening_id)


def test_wider_holds_once_another_person_confirms(report, ask, to, sees, colleague, writing, world):
    second, threat_id = colleague(), report("own")
    asked = ask(threat_id, to("members"))
    assert not sees(threat_id, "legal")
    with pytest.raises(Invalid, match="same-person"):
        confirm(writing, world.actor("relief"), threat_id, asked)
    confirm(writing, second, threat_id, asked)
    assert sees(threat_id, "legal")
    with pytest.raises(Conflict):
        confirm(writing, second, threat_id, asked)


@pytest.mark.parametrize(
    ("seat", "may"), [(Seat.SIGNATORY, True), (Seat.DRAFTER, False), (Seat.ADMIN, False)]
)
def test_the_second_person_holds_a_seat_that_leads_or_signs(
    report, ask, to, sees, colleague, writing, seat, may
):
    second, threat_id = colleague("relief", seat), report("own")
    asked = ask(threat_id, to("named", "legal"))
    if may:
        confirm(writing, second, threat_id, asked)
    else:
        with pytest.raises(Denied):
            confirm(writing, second, threat_id, asked)
    assert sees(threat_id, "legal") is may


def test_nobody_of_another_organisation_is_the_second_person(report, ask, to, writing, world):
    threat_id = report("named", to=["legal"])
    asked = ask(threat_id, to("members"))
    for name, error in (("legal", Denied), ("women", NotFound), ("cluster", NotFound)):
        with pytest.raises(error):
            confirm(writing, world.actor(name), threat_id, asked)


def test_one_person_alone_waits_and_the_registered_contact_is_told(
    report, ask, to, sees, writing, world, reading
):
    threat_id = report("own")
    asked = ask(threat_id, to("members"))
    early, late = (world.actor("relief", now=NOW + timedelta(hours=h)) for h in (47, 48))
    with pytest.raises(Invalid, match="same-person"):
        confirm(writing, early, threat_id, asked)
    confirm(writing, late, threat_id, asked)
    assert sees(threat_id, "legal", now=late.now)
    with reading(world.actor("relief")) as session:
        assert [row.kind for row in session.query(OutboxRow)].count("sharing.alone") == 1


def test_a_person_in_two_seats_is_not_two_people(report, ask, to, writing, world, colleague):
    colleague()
    threat_id = report("own")
    asked = ask(threat_id, to("members"), world.actor("relief.focal_point"))
    late = replace(world.actor("relief.signatory"), now=NOW + timedelta(days=3))
    with pytest.raises(Invalid, match="same-person"):
        confirm(writing, late, threat_id, asked)


def test_what_is_not_confirmed_in_time_changes_nothing(report, ask, to, sees, colleague, writing):
    second, threat_id = colleague(), report("own")
    asked = ask(threat_id, to("members"))
    late = replace(second, now=NOW + timedelta(days=14))
    with pytest.raises(Conflict):
        confirm(writing, late, threat_id, asked)
    assert not sees(threat_id, "legal", now=late.now)


def test_narrower_holds_at_once_and_takes_back_what_waited(
    report, ask, to, sees, colleague, writing
):
    second, threat_id = colleague(), report("members")
    asked = ask(threat_id, to("observers"))
    assert ask(threat_id, to("named", "women")) is None
    assert (sees(threat_id, "women"), sees(threat_id, "legal")) == (True, False)
    with pytest.raises(Conflict):
        confirm(writing, second, threat_id, asked)


def test_a_choice_that_drops_one_and_adds_another_drops_at_once(
    report, ask, to, sees, colleague, writing
):
    second, threat_id = colleague(), report("named", to=["women", "rights"])
    asked = ask(threat_id, to("named", "women", "legal"))

    def who():
        return {name for name in ("women", "rights", "legal") if sees(threat_id, name)}

    assert who() == {"women"}
    confirm(writing, second, threat_id, asked)
    assert who() == {"women", "legal"}


def test_the_full_account_is_taken_back_at_once_from_who_a_wider_choice_leaves_out(
    report, ask, to, colleague, writing, reading, world
):
    women, rights = world.organisations["women"], world.organisations["rights"]
    threat_id, second = report("members"), colleague()
    told = ask(threat_id, replace(to("members"), narrative_ids=frozenset({women})))
    confirm(writing, second, threat_id, told)

    def reads(name):
        actor = world.actor(name)
        with reading(actor) as session:
            return register.detail(session, actor, threat_id).narrative is not None

    assert reads("women")
    asked = ask(threat_id, replace(to("members"), narrative_ids=frozenset({rights})))
    assert not reads("women")
    assert not reads("rights")
    confirm(writing, second, threat_id, asked)
    assert (reads("women"), reads("rights")) == (False, True)


def test_a_question_asked_before_somebody_else_narrowed_opens_nothing(
    report, ask, to, sees, colleague, writing, world
):
    second, threat_id = colleague(), report("members")
    asked = ask(threat_id, to("observers"))
    relief = world.actor("relief")
    with writing(relief) as session:
        threats.share(session, relief, threat_id, Sharing())
    with pytest.raises(Conflict):
        confirm(writing, second, threat_id, asked)
    assert not sees(threat_id, "legal")


def test_it_can_be_taken_back(report, ask, to, colleague, writing, world, reading):
    second, threat_id = colleague(), report("own")
    asked = ask(threat_id, to("members"))
    with writing(second) as session:
        actions.take_back(session, second, threat_id)
    with pytest.raises(Conflict):
        confirm(writing, second, threat_id, asked)
    with reading(world.actor("relief")) as session:
        assert queries.waiting(session, world.actor("relief"), threat_id) is None


def test_the_page_asks_waits_and_takes_back(report, client, world):
    threat_id, relief = report("own"), client("relief")
    page, women = f"/threats/{threat_id}/share", str(world.organisations["women"])
    said = {"level": "named", "organisations": [women]}
    read = relief.post(page, said, page=page, status=422).get_data(as_text=True)
    assert "Blue Valley" in read
    relief.post(page, {**said, "confirmed": f"named {women} /"}, page=page)
    waits = f"/threats/{threat_id}/waiting"
    assert "You can confirm it yourself" in relief.get(waits)
    assert "waits for a second person" in relief.get(f"/threats/{threat_id}")
    client("women").get(f"/threats/{threat_id}", status=404)
    client("women").get(waits, status=404)
    relief.post(f"/threats/{threat_id}/confirm", {"widening": "x"}, page=waits, status=409)
    relief.post(f"/threats/{threat_id}/take-back", {}, page=waits)
    assert "Nothing waits here" in relief.get(waits)
