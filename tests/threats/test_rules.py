"""Bands, dates, words and tasks."""

from datetime import date, timedelta

import pytest

from advocacy.access.schema import GroupKind
from advocacy.ground.errors import Conflict, Invalid, NotFound
from advocacy.reference.rules import people_band
from advocacy.reviews import actions as reviews
from advocacy.reviews import queries as waits
from advocacy.threats import queries, rules
from advocacy.threats.schema import Due, Level, Threat
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (None, None, (None, None)), (0, 0, (0, 0)), (0, 3, (0, 99)), (1, 1, (1, 99)),
        (99, 100, (1, 999)), (1200, 1500, (1000, 9999)), (1200, None, (1000, 9999)),
        (2_000_000, 3_000_000, (1_000_000, None)),
    ],
)  # fmt: skip
def test_outside_only_whole_bands_are_said_and_unknown_is_not_nought(low, high, said):
    assert people_band(low, high) == said


@pytest.mark.parametrize(
    ("severity", "own", "days"),
    [(5, None, 30), (4, None, 30), (3, None, 90), (None, None, 90), (5, 10, 10), (5, 60, 30)],
)
def test_a_check_is_due_by_dates_alone(severity, own, days):
    checked = date(2026, 1, 1)
    chosen = checked + timedelta(days=own) if own else None
    on = rules.due_on(checked, severity, chosen)
    assert on == checked + timedelta(days=days)
    assert rules.due(on, on - timedelta(days=4)) is Due.FINE
    assert rules.due(on, on - timedelta(days=3)) is Due.SOON
    assert rules.due(on, on) is Due.SOON
    assert rules.due(on, on + timedelta(days=1)) is Due.LATE


def test_an_audience_is_one_level():
    kinds = [GroupKind.ORGANISATION]
    assert rules.level_of(kinds, organisations=1) is Level.OWN
    assert rules.level_of(kinds, organisations=2) is Level.NAMED
    assert rules.level_of([*kinds, GroupKind.MEMBERS], organisations=2) is Level.MEMBERS
    wide = [*kinds, GroupKind.MEMBERS, GroupKind.EVERYONE]
    assert rules.level_of(wide, organisations=3) is Level.PUBLIC


def test_late_and_soon_late_checks_are_tasks_of_their_owner(world, report, reading):
    late = report("members", title="late", now=NOW - timedelta(days=40))
    soon = report("own", title="soon", now=NOW - timedelta(days=28))
    report("members", title="fine")
    relief, legal = world.actor("relief"), world.actor("legal")
    with reading(relief) as session:
        found = waits.tasks(session, relief)
        assert [(t.title, t.reason.code) for t in found] == [
            ("late", "threats.check-late"),
            ("soon", "threats.check-soon"),
        ]
        assert [t.arguments["threat_id"] for t in found] == [late, soon]
    with reading(legal) as session:
        assert waits.tasks(session, legal) == []
    signatory = world.actor("relief.signatory")
    with reading(signatory) as session:
        assert waits.tasks(session, signatory) == []


def test_a_check_makes_an_old_date_of_ones_own_go_away(world, report, writing, reading):
    day = NOW.date()
    threat_id = report("own", next_review=day)
    relief = world.actor("relief")
    with writing(relief) as session:
        reviews.still_true(session, relief, threat_id)
    with reading(relief) as session:
        assert queries.threat(session, relief, threat_id).next_review is None


def test_a_record_has_a_reference_that_tells_nothing(world, report, reading):
    made = [report("own", title=f"r{n}") for n in range(5)]
    relief = world.actor("relief")
    with reading(relief) as session:
        refs = {session.get(Threat, i).ref for i in made}
    assert len(refs) == 5
    assert all(len(ref) == 10 and set(ref) <= set(rules_digits()) for ref in refs)


def rules_digits():
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def test_closing_twice_and_days_that_cannot_be_are_refused(world, report, writing):
    threat_id = report("own", started_on=date(2026, 5, 1))
    relief = world.actor("relief")
    for day, code in ((date(2026, 4, 1), "before"), (date(2027, 4, 1), "later")):
        with writing(relief) as session, pytest.raises(Invalid) as error:
            reviews.close(session, relief, threat_id, ended_on=day)
        assert error.value.reasons[0].code == f"threats.ends-{code}"
    with writing(relief) as session:
        reviews.close(session, relief, threat_id)
    with writing(relief) as session, pytest.raises(Conflict):
        reviews.close(session, relief, threat_id)
    with writing(relief) as session, pytest.raises(Conflict):
        reviews.still_true(session, relief, threat_id)


def test_a_place_of_another_country_or_of_none_is_refused(report):
    from uuid import uuid4  # noqa: PLC0415 - one test only

    with pytest.raises(NotFound):
        report("own", area_id=uuid4())
    with pytest.raises(Invalid):
        report("own", risk_code="PR99")
