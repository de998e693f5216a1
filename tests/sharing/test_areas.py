"""Records of children and survivors stay at home until who coordinates their area agrees (A6)."""

from dataclasses import replace

import pytest

from advocacy.ground.errors import Denied, Invalid, NotFound
from advocacy.sharing import actions, queries
from advocacy.sharing.rules import CHILDREN, VIOLENCE
from advocacy.threats import actions as threats
from advocacy.threats import queries as register

HELD = {"risk_code": "PR08", "area_id": None, "sensitivity": 3}


@pytest.fixture
def put(writing, world):
    """`put("women")`: this organisation coordinates an area from now on."""

    def made(key, area=VIOLENCE):
        lead = world.actor("cluster")
        with writing(lead) as session:
            head = queries.leads(session, world.workspace_id).get(area)
            who = world.organisations[key] if key else None
            actions.put_lead(
                session, lead, world.workspace_id, area=area, lead_id=who,
                after=head.id if head else None,
            )  # fmt: skip

    return made


@pytest.fixture
def agreed(writing, world, to):
    """Relief asks Women about its record, and they answer."""

    def made(threat_id, sharing, *, agrees=True, by="women", why="Too few."):
        relief, lead = world.actor("relief"), world.actor(by)
        with writing(relief) as session:
            actions.ask_lead(
                session, relief, threat_id, lead_id=world.organisations[by], sharing=sharing
            )
        with writing(lead) as session:
            (word,) = queries.asked_of_us(session, lead)
            assert "narrative" not in word.told
            actions.answer(session, lead, word.id, agrees=agrees, reason=why)

    return made


def share(writing, world, threat_id, sharing):
    relief = world.actor("relief")
    with writing(relief) as session:
        return actions.share(session, relief, threat_id, sharing)


def test_nothing_leaves_before_the_coordinator_agrees(report, put, agreed, to, writing, world):
    threat_id = report("own", **HELD)
    with pytest.raises(Invalid, match="stays-own"):
        share(writing, world, threat_id, to("members"))
    put("women")
    agreed(threat_id, to("members"), agrees=False)
    with pytest.raises(Invalid, match="stays-own"):
        share(writing, world, threat_id, to("members"))
    agreed(threat_id, to("members"))
    for other in (to("named", "legal"), to("members", "observer")):
        with pytest.raises(Invalid, match="stays-own"):
            share(writing, world, threat_id, other)
    assert share(writing, world, threat_id, to("members"))


def test_others_read_the_safe_part_and_not_who_reported_it(
    report, put, agreed, to, writing, world, reading
):
    threat_id, relief = report("own", **HELD), world.actor("relief")
    put("women")
    agreed(threat_id, to("members"))
    with writing(relief) as session:
        threats.share(session, relief, threat_id, to("members"), is_agreed=True)
    for name in ("legal", "women", "cluster"):
        with reading(world.actor(name)) as session:
            found = register.detail(session, world.actor(name), threat_id)
            assert (found.members, found.narrative) == (None, None)


def test_a_word_is_of_today_s_coordinator_and_today_s_text(
    report, put, agreed, to, writing, world, reading
):
    threat_id, relief = report("own", **HELD), world.actor("relief")
    put("women")
    agreed(threat_id, to("members"))
    put("rights")
    with reading(world.actor("rights")) as session:
        assert queries.asked_of_us(session, world.actor("rights")) == []
        assert queries.words(session, threat_id) == []
    with pytest.raises(Invalid, match="stays-own"):
        share(writing, world, threat_id, to("members"))
    put("women")
    with writing(relief) as session:
        now = register.current(session, relief, threat_id)
        entry = replace(now.entry, title="Another title")
        threats.edit(session, relief, threat_id, entry, based_on=now.edition)
    with pytest.raises(Invalid, match="stays-own"):
        share(writing, world, threat_id, to("members"))


def test_only_its_area_s_coordinator_is_asked_and_only_it_answers(report, put, to, writing, world):
    threat_id, relief = report("own", **HELD), world.actor("relief")
    put("women")
    put("rights", CHILDREN)
    rights = world.organisations["rights"]
    with pytest.raises(Invalid, match="no-lead"), writing(relief) as session:
        actions.ask_lead(session, relief, threat_id, lead_id=rights, sharing=to("members"))
    with writing(relief) as session:
        women = world.organisations["women"]
        word = actions.ask_lead(session, relief, threat_id, lead_id=women, sharing=to("members")).id
    for name in ("rights", "cluster", "relief"):
        actor = world.actor(name)
        with pytest.raises(NotFound), writing(actor) as session:
            actions.answer(session, actor, word, agrees=True)
    drafter = world.actor("women.drafter")
    with pytest.raises(Denied), writing(drafter) as session:
        actions.answer(session, drafter, word, agrees=True)


def test_only_who_coordinates_the_workspace_says_who_coordinates_an_area(writing, world):
    legal = world.actor("legal")
    with pytest.raises(Denied), writing(legal) as session:
        actions.put_lead(
            session, legal, world.workspace_id, area=VIOLENCE, lead_id=legal.organisation_id,
            after=None,
        )  # fmt: skip


@pytest.mark.parametrize("level", ["own", "named"])
def test_no_seat_of_the_coordinator_opens_what_was_not_shared_with_it(
    report, reading, world, level
):
    threat_id = report(level, to=["legal"] if level == "named" else [], sensitivity=4)
    for name in ("cluster", "forum"):
        actor = world.actor(name)
        with reading(actor) as session:
            assert register.titles(session, actor, [threat_id]) == {}
            for ask in (register.detail, register.threat, register.current, register.named):
                with pytest.raises(NotFound):
                    ask(session, actor, threat_id)


def test_not_agreeing_needs_a_reason_that_only_these_two_read(
    report, put, agreed, to, writing, world, reading
):
    threat_id = report("own", **HELD)
    put("women")
    agreed(threat_id, to("members"), agrees=False)
    for name, told in (("relief", ["Too few."]), ("women", ["Too few."]), ("cluster", [])):
        with reading(world.actor(name)) as session:
            assert [one.reason for one in queries.words(session, threat_id)] == told
    with pytest.raises(Invalid, match="say-why"):
        agreed(threat_id, to("members"), agrees=False, why=" ")
