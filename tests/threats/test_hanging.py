"""What hangs on a threat is read by those who read its class of fields."""

import pytest

from advocacy.access import audience
from advocacy.threats import actions, queries
from advocacy.threats.schema import FieldClass


@pytest.mark.parametrize("level", ["own", "members", "donors"])
@pytest.mark.parametrize("of", [FieldClass.SAFE, FieldClass.MEMBERS, FieldClass.RESTRICTED])
def test_a_row_that_asks_for_nothing_narrower_goes_as_far_as_its_class(
    world, report, writing, level, of
):
    threat_id = report(level)
    relief = world.actor("relief")
    with writing(relief) as session:
        threat = queries.threat(session, relief, threat_id)
        owned = actions.under(session, relief, threat, of)
        assert owned["audience_id"] == queries.ends(session, threat)[of]


def test_a_row_of_another_organisation_goes_no_further_than_it_asks(world, report, writing):
    threat_id = report("members")
    legal = world.actor("legal")
    with writing(legal) as session:
        threat = queries.threat(session, legal, threat_id)
        two = {legal.organisation_id, threat.organisation_id}
        narrow = audience.intern(session, two)
        owned = actions.under(session, legal, threat, FieldClass.MEMBERS, own=narrow)
        assert audience.named(session, owned["audience_id"]) == two
        assert owned["organisation_id"] == legal.organisation_id
