"""When a reminder is due: working days, quiet hours, digests; nights that are longer or shorter."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.calendars.rules import Calendar
from advocacy.reminders import rules
from advocacy.reminders.rules import Choice, How, Step

AMMAN = Calendar("Asia/Amman", frozenset({4, 5}))
SUNDAY = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(22, 8), None),
        (at(25, 10), None),  # three working days and some hours are left
        (at(26, 12), Step.THREE_DAYS),  # Friday and Saturday do not count
        (at(28, 12), Step.THREE_DAYS),
        (at(30, 12), Step.ONE_DAY),
        (at(30, 23), Step.ONE_DAY),
    ],
)
def test_days_that_do_not_count_bring_a_reminder_forward(now: datetime, due: Step | None) -> None:
    assert rules.step(AMMAN, SUNDAY, at(30, 22) + timedelta(hours=12), now) == due


def test_who_was_just_asked_is_not_reminded() -> None:
    closes = SUNDAY + timedelta(hours=20)
    assert rules.step(AMMAN, SUNDAY, closes, SUNDAY + timedelta(minutes=1)) is None


def test_nobody_is_reminded_of_a_round_that_is_over() -> None:
    closes = SUNDAY + timedelta(days=9)
    assert rules.step(AMMAN, SUNDAY, closes, closes) is None


@pytest.mark.parametrize(
    ("first", "until", "hour", "quiet"),
    [(20, 7, 22, True), (20, 7, 3, True), (20, 7, 7, False), (12, 14, 13, True), (9, 9, 9, False)],
)
def test_quiet_hours_may_go_over_midnight(first: int, until: int, hour: int, quiet: bool) -> None:
    choice = Choice(quiet_from=first, quiet_until=until)
    assert rules.is_quiet(choice, at(22, hour)) is quiet


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - the strategy wants bare limits
    st.integers(0, 23),
    st.integers(0, 23),
    st.sampled_from(["Europe/Paris", "Asia/Beirut", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_quiet_hours_end_within_a_day_and_a_bit_whatever_the_clock_does(
    day: datetime, first: int, until: int, zone: str
) -> None:
    choice, now = Choice(How.AT_ONCE, first, until, zone), day
    ends = rules.ends_quiet(choice, now)
    assert not rules.is_quiet(choice, ends)
    assert now <= ends <= now + timedelta(hours=26)


def test_a_daily_digest_comes_once_and_on_working_days_alone() -> None:
    choice = Choice(How.DAILY, 20, 7, "Asia/Amman")
    name = rules.digest(choice, AMMAN, at(22, 6), sent=frozenset())
    assert name == "daily:2026-11-22"
    assert rules.digest(choice, AMMAN, at(22, 9), sent=frozenset({name})) is None
    assert rules.digest(choice, AMMAN, at(22, 4), sent=frozenset()) is None  # seven in the morning
    friday = at(27, 9)
    assert rules.digest(choice, AMMAN, friday, sent=frozenset()) is None


def test_a_weekly_digest_comes_once_a_week_also_when_its_first_day_is_off() -> None:
    choice = Choice(How.WEEKLY, 20, 7, "Asia/Amman")
    names = {
        rules.digest(choice, AMMAN, at(day, 9), sent=frozenset()) for day in (22, 23, 24, 25, 26)
    }
    assert len(names) == 1
    off = Calendar("Asia/Amman", frozenset({4, 5}), frozenset({date(2026, 11, 22)}))
    assert rules.digest(choice, off, at(22, 9), sent=frozenset()) is None
    assert {rules.digest(choice, off, at(23, 9), sent=frozenset())} == names
    assert rules.digest(choice, AMMAN, at(29, 9), sent=frozenset(names)) not in names


def test_where_no_day_is_free_a_week_begins_on_monday() -> None:
    choice, every = Choice(How.WEEKLY, 20, 7, "Asia/Amman"), Calendar("Asia/Amman", frozenset())
    names = {
        rules.digest(choice, every, at(day, 9), sent=frozenset()) for day in (23, 24, 26, 28, 29)
    }
    assert names == {"weekly:2026-11-23"}
