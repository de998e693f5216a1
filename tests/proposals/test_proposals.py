"""A record changes by its owner alone; who proposed is credited, and nobody else learns of it."""

import pytest

from advocacy.analysis import actions as analysis
from advocacy.analysis import queries as known
from advocacy.analysis.rows import NewPlace
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.proposals import actions, queries, rules
from advocacy.threats import actions as threats
from advocacy.threats import queries as records
from advocacy.threats.rows import Sharing


@pytest.fixture
def now(world, reading):
    def read(threat_id, by="relief"):
        actor = world.actor(by)
        with reading(actor) as session:
            return queries.values(session, actor, threat_id)

    return read


def test_only_who_proposes_and_who_owns_read_it(report, propose, listed):
    threat_id = report("members")
    propose("legal", threat_id, severity=2, title="Two checkpoints")
    for name in ("relief", "legal"):
        (row,) = listed(name, threat_id)
        assert {f.name: (f.before, f.after) for f in row.fields} == {
            "severity": (4, 2),
            "title": ("Checkpoints turn back clinic teams", "Two checkpoints"),
        }
        assert row.name == "Harbour Legal Aid"
    for name in ("women", "cluster"):
        assert listed(name, threat_id) == []


def test_accepted_in_part_it_changes_that_part_and_no_more(report, propose, listed, decide, now):
    threat_id = report("members")
    proposal_id = propose("legal", threat_id, severity=2, place="Mill Lane")
    decide(proposal_id, "place")
    assert (now(threat_id)["severity"], now(threat_id)["place"]) == (4, "Mill Lane")
    (row,) = listed("legal", threat_id)
    assert row.state == "partly"
    assert [f.name for f in row.fields if f.is_taken] == ["place"]


def test_the_change_is_the_owners_own_edit_with_its_history(
    report, propose, decide, world, reading
):
    threat_id = report("members")
    decide(propose("legal", threat_id, severity=2), "severity")
    relief = world.actor("relief")
    with reading(relief) as session:
        found = records.current(session, relief, threat_id)
    assert (found.entry.severity, found.edition) == (2, 2)
    assert found.entry.narrative, "what was not proposed stays"


def test_the_same_proposals_close_together(report, propose, listed, decide):
    threat_id = report("members")
    first = propose("legal", threat_id, severity=2, trend="stable")
    propose("women", threat_id, severity=2)
    propose("rights", threat_id, severity=5)
    decide(first, "severity", "trend")
    assert [row.state for row in listed("women", threat_id)] == ["accepted"]
    assert [row.state for row in listed("rights", threat_id)] == ["stale"]
    credited = {row.name for row in listed("relief", threat_id) if row.state == "accepted"}
    assert credited == {"Harbour Legal Aid", "Blue Valley Women’s Association"}


def test_declining_says_why_and_closes_the_same_ones(report, propose, listed, decide):
    threat_id = report("members")
    first = propose("legal", threat_id, severity=2)
    propose("women", threat_id, severity=2)
    propose("rights", threat_id, severity=2, trend="stable")
    decide(first)
    for name in ("legal", "women"):
        (row,) = listed(name, threat_id)
        assert (row.state, row.answer) == ("declined", "We see it so still.")
    assert [row.state for row in listed("rights", threat_id)] == ["open"]


def test_a_field_that_moved_cannot_be_taken_over(report, propose, decide, listed, now):
    threat_id = report("members")
    old = propose("legal", threat_id, severity=2, trend="stable")
    decide(propose("women", threat_id, severity=3), "severity")
    with pytest.raises(Conflict):
        decide(old, "severity", "trend")
    assert now(threat_id)["trend"] == "worsening", "nothing half done"
    decide(old, "trend")
    assert (now(threat_id)["severity"], now(threat_id)["trend"]) == (3, "stable")


def test_a_proposal_on_an_older_reading_is_answered_with_todays(
    report, propose, decide, world, writing
):
    threat_id, women = report("members"), world.actor("women")
    with writing(women) as session:
        read = rules.digest(queries.values(session, women, threat_id))
    decide(propose("legal", threat_id, severity=3), "severity")
    with writing(women) as session, pytest.raises(Conflict) as caught:
        actions.propose(session, women, threat_id, {"severity": 1}, reason="Why", based_on=read)
    assert caught.value.current["severity"] == 3


def test_a_closed_proposal_stays_closed(report, propose, decide, world, writing):
    threat_id, legal = report("members"), world.actor("legal")
    proposal_id = propose("legal", threat_id, severity=2)
    with writing(legal) as session:
        actions.withdraw(session, legal, proposal_id)
    with pytest.raises(Conflict):
        decide(proposal_id, "severity")
    with pytest.raises(Conflict):
        decide(proposal_id)


def test_who_may_not_is_refused(report, propose, decide, world, writing):
    threat_id, hidden = report("members"), report("own")
    proposal_id = propose("legal", threat_id, severity=2)
    for by, error in (("legal", Denied), ("women", NotFound), ("relief.admin", Denied)):
        with pytest.raises(error):
            decide(proposal_id, "severity", by=by)
    with pytest.raises(NotFound):
        propose("legal", hidden, severity=2)
    with pytest.raises(Denied):
        propose("relief", threat_id, severity=2)
    relief = world.actor("relief")
    with writing(relief) as session, pytest.raises(Denied):
        actions.withdraw(session, relief, proposal_id)


def test_what_the_record_would_refuse_is_refused_at_once(report, propose):
    threat_id = report("members")
    for wanted in ({"severity": 9}, {"people_low": 9, "people_high": 3}, {"title": ""}, {}):
        with pytest.raises(Invalid):
            propose("legal", threat_id, **wanted)


def test_nothing_taken_and_no_reason_are_named(report, propose, world, writing):
    threat_id, relief = report("members"), world.actor("relief")
    proposal_id = propose("legal", threat_id, severity=2)
    with writing(relief) as session:
        with pytest.raises(Invalid):
            actions.accept(session, relief, proposal_id, taken=frozenset(), reason="")
        with pytest.raises(Invalid):
            actions.decline(session, relief, proposal_id, reason=" ")


def test_a_record_that_narrows_takes_its_proposals_along(report, propose, listed, world, writing):
    threat_id, relief = report("members"), world.actor("relief")
    propose("legal", threat_id, severity=2)
    with writing(relief) as session:
        threats.share(session, relief, threat_id, Sharing())
    with pytest.raises(NotFound):
        listed("legal", threat_id)
    assert [row.state for row in listed("relief", threat_id)] == ["open"]


def test_a_risk_that_becomes_one_of_survivors_keeps_no_fine_place_when_it_was_proposed(
    report, propose, decide, areas, world, writing, reading
):
    threat_id, relief = report("members"), world.actor("relief")
    with writing(relief) as session:
        at = records.threat(session, relief, threat_id).edition
        place = NewPlace("TST0302", name="Old quarter")
        analysis.add_place(session, relief, threat_id, place, based_on=at)
    decide(propose("legal", threat_id, risk_code="PR08"), "risk_code")
    with reading(relief) as session:
        (kept,) = known.places(session, threat_id)
    assert (kept.code, kept.name) == ("TST03", "")


def test_it_is_a_task_of_the_owner_until_it_is_answered(report, propose, decide, world, reading):
    threat_id, relief = report("members"), world.actor("relief")
    proposal_id = propose("legal", threat_id, severity=2)

    def titles(by):
        with reading(world.actor(by)) as session:
            return [task.title for task in queries.tasks(session, world.actor(by))]

    assert titles("relief") == ["Checkpoints turn back clinic teams"]
    assert titles("legal") == titles("women") == []
    decide(proposal_id, "severity")
    assert titles("relief") == []
    assert relief.organisation_id
