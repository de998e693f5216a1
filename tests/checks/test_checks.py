"""Is this the endorsed text? Right about what everybody may read, and silent about all else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.access.actor import anonymous
from advocacy.checks import queries, rules
from advocacy.checks.rules import State
from advocacy.ground import clock
from advocacy.releases import actions as releases
from advocacy.releases.rules import Opening
from advocacy.text.canon import plain
from tests.browser import Browser
from tests.releases.conftest import AFTER, Make, Over
from tests.releases.conftest import over as over

TEXT = (
    "Mobile clinics must reach Blue Valley\n\nWhat is happening\n\n"
    "Four clinics have been turned back since October.\n\n"
    "We ask the Governor to let clinics move by day."
)
AS_IN_WORD = (
    "“What is\u00a0happening”\r\n\r\n1.\tFour clinics have been turned  back since October\u20031\r"
    "2.\tWe ask the \u200bGovernor to let clinics – move by day…"
)


def ask(done: Over, copy: str) -> queries.Outcome:
    nobody = anonymous(clock.now())
    with done.database.reading(nobody) as session:
        return queries.outcome(session, nobody, copy)


def out(over: Make, **terms: Any) -> tuple[Over, Any]:
    done = over({"legal": {"outside": "named"}, "relief": {}})
    done.check()
    return done, done.publish(**terms)


def test_a_copy_is_known_whatever_program_it_came_from(over: Make) -> None:
    done, release_id = out(over)
    for copy in (TEXT, AS_IN_WORD):
        found = ask(done, copy)
        assert (found.state, found.release_id, found.more) == (State.ENDORSED, release_id, 0)
    assert ask(done, f"Dear all, {TEXT} Signed by everybody").more == 5


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Four clinics", "Five clinics"), ("to let clinics", "not to let clinics"),
        ("since October", "since 3 October"), ("We ask the Governor to let", "We ask to let"),
        ("Four clinics have been turned back since October.", ""), ("by day", "by day and"),
    ],
)  # fmt: skip
def test_one_other_word_or_digit_and_it_is_not_the_text(over: Make, was: str, now: str) -> None:
    done, _release_id = out(over)
    found = ask(done, TEXT.replace(was, now))
    assert found.state == State.UNKNOWN or found.more > 0
    assert (found.more == 1) is (now == "by day and")


def test_a_withdrawn_text_says_so_and_a_corrected_one_that_it_is_no_longer_it(over: Make) -> None:
    done, release_id = out(over)
    lead = done.actor("relief")
    for kind, state in (("correcting", State.ENDORSED), ("withdrawn", State.WITHDRAWN)):
        with done.database.writing(lead) as session:
            releases.end(session, lead, release_id, kind=kind, reason="A wrong figure.")
        found = ask(done, TEXT)
        assert found.state == state
    assert found.reason == "A wrong figure."


def test_under_embargo_a_text_is_unknown_until_its_second(over: Make) -> None:
    opens = AFTER + timedelta(days=2)
    done, _id = out(over, embargo=[Opening("public", opens, "Asia/Amman")])
    clock.freeze(opens - timedelta(seconds=1))
    assert ask(done, TEXT) == queries.Outcome(State.UNKNOWN)
    clock.freeze(opens)
    assert ask(done, TEXT).state == State.ENDORSED


def test_a_private_text_is_unknown_to_everybody_its_own_circle_too(
    over: Make, client: Callable[[str], Browser]
) -> None:
    done = over({"legal": {"outside": "named"}, "relief": {}}, channel="private")
    done.check()
    done.publish(delivered_to="The Governor, by hand.")
    for key in ("", "legal"):
        page = client(key).post("/checks/", {"copy": TEXT}, status=200).get_data(as_text=True)
        assert "Unknown." in page
    other = client("").post("/checks/", {"copy": "Anything at all."}, status=200)
    assert "Unknown." in other.get_data(as_text=True)


def test_the_page_never_says_who_endorses(over: Make, client: Callable[[str], Browser]) -> None:
    out(over)
    page = client("").post("/checks/", {"copy": AS_IN_WORD}, status=200).get_data(as_text=True)
    assert "Yes. This is the endorsed text" in page
    assert "Harbour" not in page
    assert "organisation" not in page.partition("<main")[2]


def test_too_much_is_refused_in_words_and_too_often_too(
    over: Make, client: Callable[[str], Browser]
) -> None:
    nobody = client("")
    nobody.post("/checks/", {"copy": ""}, status=422)
    long = nobody.post("/checks/", {"copy": "a " * rules.LONGEST}, status=422)
    assert "Paste the text alone" in long.get_data(as_text=True)
    huge = nobody.post("/checks/", {"copy": "a" * 5_000_000}, status=413)
    assert "<h1" in huge.get_data(as_text=True)
    for _time in range(rules.MOST):
        nobody.post("/checks/", {"copy": "a"}, status=200)
    late = nobody.post("/checks/", {"copy": "a"}, status=429)
    assert "60 seconds" in late.get_data(as_text=True)


def test_the_words_of_a_page_are_those_of_its_text() -> None:
    html = "<p>Let <em>clin</em>ics move</p><ul><li>by day</li><li>&amp; night</li></ul>"
    assert rules.words_of_page(html) == plain("Let clinics move by day night")


_word = st.sampled_from(["a", "b", "day", "12", "7", "clinic"])


@given(
    st.lists(st.lists(_word, min_size=1, max_size=4), min_size=1, max_size=4),
    st.lists(_word, max_size=6), st.lists(_word, max_size=6),
)  # fmt: skip
def test_whatever_stands_around_it_a_text_is_found_whole(
    clauses: list[list[str]], before: list[str], after: list[str]
) -> None:
    wanted = [" ".join(words) for words in clauses]
    copy = " ".join([*before, *wanted, *after])
    assert rules.find(copy, "", wanted) is not None
    broken = [*wanted[:-1], f"{wanted[-1]} never"]
    assert rules.find(copy, "", broken) is None


def test_a_hostile_copy_costs_little() -> None:
    import time  # noqa: PLC0415 - for this one measure

    begun = time.perf_counter()
    assert rules.find("a " * 100_000, "", ["a " * 5_000 + "b", "c"]) is None
    assert rules.find("a " * 100_000, "", ["a", "a " * 5_000 + "b"]) is None
    assert time.perf_counter() - begun < 2
