"""Ends to agree to and reversals to confirm come to those who can answer, and to nobody else."""

from collections.abc import Callable
from typing import Any

import pytest

from advocacy.asks.rules import Given, Kind
from advocacy.steps import queries
from tests.asks.test_actions import AGAINST, Case
from tests.asks.test_closing import SEEN, WHY


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


@pytest.fixture
def waits(world: Any, reading: Any) -> Callable[[str], list[str]]:
    def of(who: str) -> list[str]:
        actor = world.actor(who)
        with reading(actor) as session:
            return [task.reason.code.rpartition("-")[2] for task in queries.tasks(session, actor)]

    return of


def test_what_the_lead_would_close_waits_for_a_coordinator(case: Any, waits: Any) -> None:
    one = case()
    one.do("relief", Kind.PROPOSE_CLOSE, "closed_unmet", WHY)
    assert waits("cluster") == ["close"]
    for who in ("relief", "legal", "relief.drafter", "observer", "donor"):
        assert waits(who) == [], who
    one.do("cluster", Kind.CLOSE, "closed_unmet", WHY)
    assert waits("cluster") == []


def test_what_a_coordinator_would_close_waits_for_the_lead(case: Any, waits: Any) -> None:
    one = case()
    one.do("cluster", Kind.PROPOSE_CLOSE, "closed_unmet", WHY)
    assert waits("relief") == ["close"]
    for who in ("cluster", "legal", "relief.drafter", "observer", "donor"):
        assert waits(who) == [], who
    one.do("relief", Kind.KEEP_OPEN, "keep_open", Given(text="It goes on"))
    assert waits("relief") == []


def test_a_reversal_waits_for_a_second_organisation(case: Any, waits: Any) -> None:
    one = case().confirmed()
    one.do("women", Kind.REVERSE, "regressed", AGAINST)
    assert waits("legal") == ["reversal"]
    for who in ("women", "observer", "donor"):
        assert waits(who) == [], who
    one.do("legal", Kind.CONFIRM_REVERSE, "regressed", SEEN)
    assert waits("rights") == []
