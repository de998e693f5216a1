"""A confirmation that falls with its only evidence is told to both who stood behind it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from advocacy.asks.rules import Given, Kind
from advocacy.steps import queries
from tests.asks.test_actions import LOOKED, REPORT, Case

TOLD = {"relief": "recommendations.task-unproven", "legal": "recommendations.task-unconfirmed"}


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def told(one: Case) -> dict[str, str]:
    found = {}
    for by in ("relief", "legal", "women", "cluster", "observer", "donor"):
        actor = one.world.actor(by)
        with one.database.reading(actor) as session:
            for task in queries.tasks(session, actor):
                found[by] = task.reason.code
    return found


def withdraw(one: Case) -> None:
    piece = next(one_ for one_ in one.evidence() if one_.is_live)
    given = Given(text="It was another road", evidence_id=piece.id)
    one.do("relief", Kind.WITHDRAW_EVIDENCE, "withdraw_evidence", given)


def test_who_reported_it_and_who_confirmed_it_are_told(case: Any) -> None:
    one = case(reach="public").confirmed()
    assert told(one) == {}
    withdraw(one)
    assert one.see().progress == "claimed"
    assert told(one) == TOLD


def test_they_are_told_until_one_of_them_goes_on(case: Any) -> None:
    one = case().confirmed()
    withdraw(one)
    one.do("legal", Kind.REFUSE_VERIFY, "in_progress", Given(text="A new record of the visit"))
    assert told(one) == {}
    # Of two reports of one instant none would be the later one.
    later = one.world.actor("relief", now=one.world.actor("relief").now + timedelta(minutes=1))
    one.do("relief", Kind.CLAIM, "claimed", REPORT, actor=later)
    assert told(one) == {}
    one.do("legal", Kind.VERIFY, "implemented", LOOKED)
    withdraw(one)
    assert told(one) == TOLD


def test_a_report_that_nobody_confirmed_tells_nobody(case: Any) -> None:
    one = case().claimed()
    withdraw(one)
    assert told(one) == {}
