"""Working time: parts of days, nights that are longer or shorter, holidays beside weekends."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.calendars import rules
from advocacy.calendars.rules import Calendar, after, working_days

# Amman keeps one offset; the others change their clocks at 2:00, 3:00, at midnight, and Apia once
# left out a whole day.
ZONES = ("UTC", "Asia/Amman", "Europe/Paris", "Africa/Cairo", "Asia/Beirut", "Pacific/Apia")
calendars = st.builds(
    Calendar,
    st.sampled_from(ZONES),
    st.frozensets(st.integers(0, 6), max_size=6),
    st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=12),
)
instants = st.integers(0, 364 * 86_400 * 1_000_000).map(
    lambda microseconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)


def at(words: str) -> datetime:
    return datetime.fromisoformat(words)


@given(calendars, instants, instants, instants)
def test_the_parts_of_a_time_add_up(c: Calendar, a: datetime, b: datetime, d: datetime) -> None:
    first, middle, last = sorted((a, b, d))
    whole = working_days(c, first, last)
    assert whole == working_days(c, first, middle) + working_days(c, middle, last)
    assert 0 <= whole <= (c.day_of(last) - c.day_of(first)).days + 1
    assert working_days(c, last, first) == 0


@given(calendars, instants, st.integers(0, 12))
def test_so_many_working_days_lie_between_a_start_and_the_end_that_is_given(
    c: Calendar, start: datetime, days: int
) -> None:
    end = after(c, start, days)
    assert working_days(c, start, end) >= days
    if end > start:
        assert working_days(c, start, end - timedelta(microseconds=1)) < days


@given(calendars, instants)
def test_a_day_off_has_no_working_time(c: Calendar, start: datetime) -> None:
    day = c.day_of(start)
    found = working_days(c, c.begins(day), c.begins(day + timedelta(days=1)))
    assert found == (1 if c.is_working(day) else 0)


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_night_of_another_hour_still_makes_one_day(night: date) -> None:
    paris = Calendar("Europe/Paris", frozenset())
    start, end = paris.begins(night), paris.begins(night + timedelta(days=1))
    assert end - start != timedelta(days=1)
    assert working_days(paris, start, end) == 1


def test_72_hours_over_a_weekend_and_a_holiday_beside_it_are_three_working_days() -> None:
    amman = Calendar("Asia/Amman", frozenset({4, 5}), frozenset({date(2026, 11, 22)}))
    thursday = at("2026-11-19T12:00:00+03:00")
    assert after(amman, thursday, 3) == at("2026-11-25T12:00:00+03:00").astimezone(UTC)
    assert working_days(amman, thursday, thursday + timedelta(hours=72)) == Fraction(1, 2)


def test_a_day_that_a_zone_left_out_counts_for_nothing() -> None:
    apia = Calendar("Pacific/Apia", frozenset())
    start, end = apia.begins(date(2011, 12, 29)), apia.begins(date(2012, 1, 1))
    assert working_days(apia, start, end) == 2


def test_a_zone_that_is_none_is_refused_and_so_is_a_week_of_weekend() -> None:
    codes = {r.code for r in rules.faults(zone="Mars/Olympus", weekend=frozenset(range(7)))}
    assert codes == {"form.zone", "calendars.no-working-day"}


@pytest.mark.parametrize(
    ("first", "last", "name", "code"),
    [
        (date(2026, 5, 2), date(2026, 5, 1), "Feast", "calendars.ends-before-it-begins"),
        (date(2026, 5, 1), date(2026, 6, 1), "Feast", "calendars.too-many-days"),
        (date(2026, 5, 1), date(2026, 5, 1), "", "form.required"),
        (date(2026, 5, 1), date(2026, 5, 1), "x" * 201, "form.too-long"),
    ],
)
def test_days_that_cannot_be_are_refused(first: date, last: date, name: str, code: str) -> None:
    assert [r.code for r in rules.day_faults(first, last, kind="holiday", name=name)] == [code]


def test_the_hour_a_zone_leaves_out_is_none() -> None:
    assert Calendar("Europe/Paris").at(date(2027, 3, 28), time(2, 30)) is None
