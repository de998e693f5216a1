"""Many records marked as still true in one go: each wholly or not at all; what was left is said."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from advocacy.reviews import actions
from advocacy.threats import queries as threats
from tests.conftest import NOW

CHECK = "/threats/in/testland/check"
BEFORE = NOW - timedelta(days=40)


@pytest.fixture
def checked(world, reading):
    """`checked(threat_id)`: when it was looked at last."""

    def ask(threat_id):
        relief = world.actor("relief")
        with reading(relief) as session:
            return threats.threat(session, relief, threat_id).checked_at

    return ask


def test_those_that_are_as_they_were_are_marked_and_the_others_left(
    report, world, writing, checked
):
    same, edited, over, theirs = (
        report("members", by=by, now=BEFORE) for by in ("relief", "relief", "relief", "legal")
    )
    relief = world.actor("relief")
    with writing(relief) as session:
        actions.still_true(session, relief, edited)
        actions.close(session, relief, over)
    nothing = uuid4()
    with writing(relief) as session:
        seen = dict.fromkeys((same, edited, over, theirs, nothing), 1)
        marked, left = actions.all_still_true(session, relief, seen)
    assert marked == [same]
    assert set(left) == {edited, over, theirs, nothing}
    assert checked(same) == NOW
    assert checked(theirs) == BEFORE


def test_the_oldest_check_comes_first_and_only_one_s_own_open_records(client, report):
    report("own", title="Newer", now=NOW - timedelta(days=5))
    report("own", title="Oldest", now=BEFORE)
    report("members", title="Of others", by="legal")
    page = client("relief").get(CHECK)
    assert page.index("Oldest") < page.index("Newer")
    assert "Of others" not in page
    assert "5 days ago" in page
    assert "has no open record" in client("women").get(CHECK)


def test_one_form_marks_many_without_script_and_says_what_was_left(client, report, world, writing):
    for n in range(3):
        report("own", title=f"Record {n}", now=BEFORE)
    relief, actor = client("relief"), world.actor("relief")
    values = re.findall(r'value="([0-9a-f-]{36}:\d+)"', relief.get(CHECK))
    assert len(values) == 3
    with writing(actor) as session:
        actions.still_true(session, actor, UUID(values[0].partition(":")[0]))
    answer = relief.post(CHECK, {"records": values})
    page = relief.get(answer.headers["Location"])
    assert "2 records were marked" in page
    left = page.split("left as they are")[1].split("</ul>")[0]
    assert left.count("<li>") == 1


@pytest.mark.parametrize("records", [[], ["nonsense"], ["x:1", f"{uuid4()}:-1"], [f"{uuid4()}:1"]])
def test_what_names_no_record_marks_none(client, report, checked, records):
    threat_id = report("own", now=BEFORE)
    relief = client("relief")
    relief.post(CHECK, {"records": records}, status=303 if records else 422)
    assert checked(threat_id) == BEFORE


def test_who_does_not_report_has_no_such_page(client, areas):
    for name in ("donor", "observer"):
        client(name).get(CHECK, status=403)


def test_an_address_made_up_by_hand_names_no_hidden_record(client, report):
    hidden = report("own", title="Hidden title", by="rights")
    page = client("legal").get(f"{CHECK}?marked=1&left={hidden}.nonsense")
    assert "Hidden title" not in page
