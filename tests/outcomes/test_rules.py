"""How an outcome stands on a day: the fold, and which event may follow which."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from advocacy.outcomes import rules
from advocacy.outcomes.rows import Event
from advocacy.outcomes.rules import Told
from advocacy.outcomes.schema import Happened

H = Happened
DAY = date(2026, 3, 1)


def chain(*told: tuple[str, date]) -> list[Event]:
    return [Event(UUID(int=n + 10), kind, on) for n, (kind, on) in enumerate(told)]


def standing(events: list[Event], on: date) -> str:
    return rules.state(events, on=on).shown


# Public dates: Campaign Against Arms Trade's case on licences for Saudi Arabia.
LICENCES = chain(
    (H.UPHELD, date(2017, 7, 10)),  # the High Court found the licences lawful
    (H.ACHIEVED, date(2019, 6, 20)),  # the Court of Appeal did not: no new licences
    (H.REVERSED, date(2020, 7, 7)),  # licensing resumed
    (H.CHALLENGED, date(2020, 10, 27)),  # a new claim
    (H.UPHELD, date(2023, 6, 6)),  # which was lost
)


def test_the_licences_to_saudi_arabia_are_told_for_any_day() -> None:
    assert standing(LICENCES, date(2017, 7, 11)) == "not_yet"
    assert standing(LICENCES, date(2019, 6, 19)) == "not_yet"
    assert standing(LICENCES, date(2019, 6, 20)) == H.ACHIEVED
    assert standing(LICENCES, date(2020, 7, 7)) == H.REVERSED
    later = rules.state(LICENCES, on=date(2021, 1, 1))
    assert (later.word, later.is_contested) == (H.REVERSED, True)
    now = rules.state(LICENCES, on=date(2026, 11, 22))
    assert (now.word, now.is_contested, now.days_held) == (H.REVERSED, False, 383)
    assert now.held == ((date(2019, 6, 20), date(2020, 7, 7)),)


def test_the_state_follows_the_days_and_not_the_order_of_writing() -> None:
    late = chain((H.ACHIEVED, DAY), (H.RESTORED, DAY + timedelta(40)))
    late.append(Event(UUID(int=99), H.SUSPENDED, DAY + timedelta(10)))
    assert standing(late, DAY + timedelta(20)) == H.SUSPENDED
    assert standing(late, DAY + timedelta(41)) == H.RESTORED
    assert rules.state(late, on=DAY + timedelta(50)).days_held == 20


def test_what_nobody_looked_at_again_does_not_count_as_holding() -> None:
    one = chain((H.ACHIEVED, DAY))
    assert rules.counted_as(rules.state(one, on=DAY + timedelta(90))) == "holding"
    assert rules.counted_as(rules.state(one, on=DAY + timedelta(91))) == "unconfirmed"


@pytest.mark.parametrize(("looks", "days"), [(1, 180), (2, 365), (3, 365)])
def test_each_look_lets_the_next_one_wait_longer(looks: int, days: int) -> None:
    seen = chain((H.ACHIEVED, DAY), *((H.CONFIRMED, DAY + timedelta(n + 1)) for n in range(looks)))
    assert rules.state(seen, on=DAY + timedelta(9)).check_on == DAY + timedelta(looks + days)


def test_what_was_meant_for_a_time_is_over_after_it_though_nobody_wrote_so() -> None:
    until = DAY + timedelta(30)
    one = [Event(UUID(int=1), H.ACHIEVED, DAY, until)]
    assert standing(one, until) == H.ACHIEVED
    assert standing(one, until + timedelta(1)) == H.EXPIRED
    longer = [*one, Event(UUID(int=2), H.EXTENDED, until, until + timedelta(30))]
    assert standing(longer, until + timedelta(1)) == H.EXTENDED


def test_an_event_that_was_taken_back_never_was() -> None:
    one = chain((H.ACHIEVED, DAY), (H.REVERSED, DAY + timedelta(5)))
    one.append(Event(UUID(int=99), H.TAKEN_BACK, DAY + timedelta(6), takes_back_id=one[1].id))
    assert standing(one, DAY + timedelta(7)) == H.ACHIEVED


@pytest.mark.parametrize("word", list(rules.AFTER))
def test_every_event_that_may_follow_is_taken_and_no_other(word: str) -> None:
    ways: dict[str, tuple[str, ...]] = {
        "": (), H.ACHIEVED: (H.ACHIEVED,), H.PARTLY: (H.PARTLY,),
        H.EXTENDED: (H.ACHIEVED, H.EXTENDED), H.RESTORED: (H.ACHIEVED, H.REVERSED, H.RESTORED),
        H.SUSPENDED: (H.ACHIEVED, H.SUSPENDED), H.REVERSED: (H.ACHIEVED, H.REVERSED),
        H.EXPIRED: (H.ACHIEVED, H.EXPIRED), H.OVERTAKEN: (H.ACHIEVED, H.OVERTAKEN),
    }  # fmt: skip
    before = chain(*((kind, DAY + timedelta(n)) for n, kind in enumerate(ways[word])))
    for kind in rules.CHANGING:
        told = Told(kind, DAY + timedelta(9), source="seen")
        found = rules.told_faults(told, before, today=DAY + timedelta(9))
        assert (not found) == (kind in rules.AFTER[word]), kind


def codes(told: Told, before: list[Event]) -> list[str]:
    return [one.code for one in rules.told_faults(told, before, today=DAY + timedelta(20))]


def test_what_is_missing_is_said() -> None:
    one = chain((H.ACHIEVED, DAY), (H.REVERSED, DAY + timedelta(5)))
    late, day = DAY + timedelta(21), DAY + timedelta(6)
    assert codes(Told(H.RESTORED, late, source="s"), one) == ["asks.in-future"]
    assert codes(Told(H.RESTORED, day), one) == ["outcomes.no-source"]
    assert codes(Told(H.CONFIRMED, day), one) == ["outcomes.does-not-hold"]
    assert codes(Told(H.CONFIRMED, DAY + timedelta(1)), one) == []
    assert codes(Told(H.RESTORED, day, DAY, source="s"), one) == ["outcomes.ends-before"]
    assert codes(Told("gone", day), one) == ["form.choice"]
    assert codes(Told(H.RESTORED, None), one) == ["outcomes.no-day"]


def test_taking_back_may_not_leave_an_order_that_never_was() -> None:
    one = chain((H.ACHIEVED, DAY), (H.REVERSED, DAY + timedelta(5)))
    first = Told(H.TAKEN_BACK, None, text="wrong", takes_back_id=one[0].id)
    assert codes(first, one) == ["outcomes.order"]
    second = Told(H.TAKEN_BACK, None, text="wrong", takes_back_id=one[1].id)
    assert codes(second, one) == []
    gone = Told(H.TAKEN_BACK, None, text="wrong", takes_back_id=UUID(int=5))
    assert codes(gone, one) == ["outcomes.no-event"]


def test_every_word_it_can_stand_at_is_counted_under_one_heading() -> None:
    headings = [name for words in rules.COUNTED.values() for name in words]
    assert sorted(headings) == sorted({*rules.CHANGING, "unconfirmed"})
