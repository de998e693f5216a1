"""What pages of the register call things: a workspace's own names, and the severity that holds."""

import pytest

from advocacy.assessments import actions as assessments
from advocacy.reference import actions as reference
from tests.conftest import NOW
from tests.world import founder

REGISTER = "/threats/in/testland"


@pytest.mark.parametrize("names", [{"all": "Our Valley"}, {"en": "Our Valley"}])
def test_an_area_has_the_name_that_its_workspace_gives_it(
    client, report, areas, database, world, names
):
    threat_id = report("members")
    with database.writing(founder(NOW)) as session:
        area_id = areas["Blue Valley"]
        reference.call(session, workspace_id=world.workspace_id, area_id=area_id, names=names)
    relief = client("relief")
    for path in (REGISTER, f"{REGISTER}/table", f"{REGISTER}/map", f"{REGISTER}/new"):
        page = relief.get(path)
        assert "Our Valley" in page, path
        assert "Blue Valley<" not in page, path
    assert "Our Valley" in relief.get(f"/threats/{threat_id}")


def test_a_record_shows_the_agreed_severity_and_what_its_owner_says(
    client, report, database, world
):
    threat_id = report("members", severity=4)
    assert "Agreed." not in client("legal").get(f"/threats/{threat_id}")
    cluster = world.actor("cluster")
    with database.writing(cluster) as session:
        assessments.agree(session, cluster, threat_id, severity=2, basis="Joint visit", after=None)
    short = client("legal").get(f"/threats/{threat_id}").split('id="short"')[1].split("</dl>")[0]
    assert "Agreed. Who reported it says: Severe" in short
    assert "Stressed" in short
