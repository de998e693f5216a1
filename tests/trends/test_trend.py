"""The register over time: read back from what the reader may read, and from nothing else."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from advocacy.organisations import queries as organisations
from advocacy.picture.rows import Filters
from advocacy.reviews import actions as reviews
from advocacy.threats import actions as threats
from advocacy.threats.rows import Sharing
from advocacy.trends import queries, rules
from advocacy.trends.rows import Change, Present
from tests.conftest import NOW

TREND = "/threats/in/testland/trend"
AUGUST, SEPTEMBER, OCTOBER = (datetime(2026, month, 10, tzinfo=UTC) for month in (8, 9, 10))


@pytest.fixture
def over_time(world, reading):
    """`over_time("legal")`: the counts of the last four months, the present one last."""

    def ask(name, **filters):
        actor = world.actor(name)
        months = rules.periods(NOW.date(), "month", "UTC")
        with reading(actor) as session:
            space = organisations.workspace(session, actor, world.slug)
            since = months[0].end_at
            told = queries.history(session, actor, space, Filters(**filters), since=since)
        return [dict(one) for one in rules.counts(*told, months)[-4:]]

    return ask


def test_a_record_counts_as_it_was_at_the_end_of_each_month(
    report, over_time, world, writing, entry
):
    threat_id = report("members", severity=2, now=AUGUST)
    then = world.actor("relief", now=SEPTEMBER)
    with writing(then) as session:
        threats.edit(session, then, threat_id, replace(entry, severity=4), based_on=1)
    later = world.actor("relief", now=OCTOBER)
    with writing(later) as session:
        reviews.close(session, later, threat_id)
    assert over_time("legal") == [{2: 1}, {4: 1}, {}, {}]
    with writing(world.actor("relief")) as session:
        reviews.reopen(session, world.actor("relief"), threat_id)
    assert over_time("legal") == [{2: 1}, {4: 1}, {}, {4: 1}]


def test_what_was_shared_later_is_in_no_earlier_month(report, over_time, world, writing):
    threat_id = report("own", now=AUGUST)
    then = world.actor("relief", now=OCTOBER)
    with writing(then) as session:
        threats.share(session, then, threat_id, Sharing("members"))
    assert over_time("relief") == [{4: 1}] * 4
    assert over_time("legal") == [{}, {}, {}, {4: 1}]
    assert over_time("donor") == [{}] * 4


def test_filters_narrow_what_is_counted(report, over_time):
    report("members", risk_code="PR12", now=AUGUST)
    assert over_time("legal", risk_code="PR12")[-1] == {4: 1}
    assert over_time("legal", risk_code="PR01")[-1] == {}


def test_changes_are_taken_back_one_by_one_and_only_those_after_the_end():
    record, months = UUID(int=1), rules.periods(date(2026, 3, 5), "month", "UTC")
    changes = [
        Change(record, 2, datetime(2026, 2, 1, tzinfo=UTC), {"severity": [1, 3]}),
        Change(record, 3, datetime(2026, 2, 1, tzinfo=UTC), {"severity": [3, 5]}),
        Change(record, 4, datetime(2026, 3, 2, tzinfo=UTC), {}),
    ]
    present = [Present(record, 5, "active", datetime(2026, 1, 31, tzinfo=UTC))]
    found = rules.counts(present, changes, months)
    assert found[-4:] == [Counter(), Counter({1: 1}), Counter({5: 1}), Counter({5: 1})]


@pytest.mark.parametrize(
    ("today", "every", "first", "last"),
    [
        (date(2026, 1, 31), "month", (2025, 6), (2026, 1)),
        (date(2026, 12, 31), "quarter", (2025, 1), (2026, 10)),
    ],
)
def test_periods_are_of_the_calendar(today, every, first, last):
    found = rules.periods(today, every, "Asia/Kolkata")
    assert len(found) == rules.SHOWN
    assert [(p.year, p.month) for p in (found[0], found[-1])] == [first, last]
    assert [p.is_now for p in found].index(True) == rules.SHOWN - 1
    assert found[-1].end_at.minute == 30


def test_the_page_has_bars_and_the_same_as_a_table(client, report):
    report("members", now=AUGUST)
    page = client("legal").get(f"{TREND}?by=quarter")
    assert "2026, quarter 4" in page
    assert page.count('<rect class="v4"') == 2
    assert "Records at the end of each period" in page


def test_outside_no_number_is_told(client, report):
    report("donors", sensitivity=2)
    page = client("donor").get(TREND)
    assert "Worst severity at the end of each period" in page
    assert "<rect" not in page.split('id="trends-trend"')[1]
