"""A coordinator records what was agreed; nobody's view is touched, and who differs may show it."""

import pytest
from sqlalchemy import bindparam, func, select

from advocacy.access import guard
from advocacy.assessments import actions, queries
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.threats.schema import Threat

_t = Threat.__table__
SHOWN = select(func.coalesce(queries.agreed_severity(_t.c.id), _t.c.severity)).where(
    _t.c.id == bindparam("threat"), guard.readers(_t.c.audience_id)
)


def test_it_is_said_with_who_sees_it_differently(report, give, agree, panel):
    threat_id = report("members", severity=3)
    give("legal", threat_id, severity=2, shows_dissent=True, attribution="named")
    give("women", threat_id, severity=5, shows_dissent=True, attribution="hidden")
    give("rights", threat_id, severity=1)
    agree(threat_id, 4)
    found = panel("relief", threat_id)
    assert (found.agreed.severity, found.agreed.by) == (4, "Testland Protection Cluster")
    assert found.agreed.differing == 2
    assert found.agreed.differing_names == ("Harbour Legal Aid",)
    assert sorted(v.said.severity for v in found.views) == [1, 2, 5]


def test_a_dissent_is_counted_for_those_who_read_it(report, give, agree, panel):
    threat_id = report("members")
    give("legal", threat_id, severity=2, shows_dissent=True, reach="own")
    agree(threat_id, 4)
    assert panel("relief", threat_id).agreed.differing == 0
    assert panel("legal", threat_id).agreed.differing == 1


def test_a_donor_reads_the_number_and_nothing_else(report, give, agree, panel):
    threat_id = report("donors", sensitivity=2)
    give("legal", threat_id, severity=2, shows_dissent=True, attribution="named")
    agree(threat_id, 4)
    found = panel("donor", threat_id)
    assert (found.agreed.severity, found.agreed.basis, found.agreed.by) == (4, "", "")
    assert (found.views, found.agreed.differing, found.is_corroborated) == ((), 0, False)


def test_lists_show_the_agreed_severity_and_else_the_owners(report, agree, reading, world):
    threat_id, women = report("members", severity=3), world.actor("women")

    def shown() -> int:
        with reading(women) as session:
            return guard.ask(session, women, SHOWN, threat=threat_id).scalar()

    assert shown() == 3
    agree(threat_id, 5)
    assert shown() == 5


def test_the_other_coordinator_goes_on_from_the_last_decision(report, agree, panel, world, writing):
    threat_id, forum = report("members"), world.actor("forum")
    agree(threat_id, 4)
    agree(threat_id, 5, by="forum")
    assert panel("legal", threat_id).agreed.by == "Testland NGO Forum"
    with writing(forum) as session:
        with pytest.raises(Conflict):
            actions.end_agreement(session, forum, threat_id, after=None)
        with pytest.raises(Conflict):
            actions.agree(session, forum, threat_id, severity=1, basis="x", after=None)
        after = queries.last_agreement(session, threat_id)
        with pytest.raises(Invalid):
            actions.agree(session, forum, threat_id, severity=1, basis=" ", after=after)
        actions.end_agreement(session, forum, threat_id, after=after)
    assert panel("legal", threat_id).agreed is None
    agree(threat_id, 2)
    assert panel("legal", threat_id).agreed.severity == 2


def test_only_a_coordinator_records_it(report, world, writing):
    threat_id = report("members")
    for name in ("relief", "legal", "observer", "cluster.drafter"):
        actor = world.actor(name)
        with writing(actor) as session, pytest.raises((Denied, NotFound)):
            actions.agree(session, actor, threat_id, severity=4, basis="x", after=None)
