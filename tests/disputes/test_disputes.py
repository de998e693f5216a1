"""Two organisations see an ask differently: who says what, what it leaves alone, who reads it."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from advocacy.asks import queries
from advocacy.asks.rules import Given, Kind
from advocacy.disputes.rules import ANSWER, OPEN, SETTLE, Dispute, standing, steps
from advocacy.ground.errors import Conflict, Denied, NotFound
from tests.asks.test_actions import Case

US, THEM, THIRD = (UUID(int=n) for n in range(1, 4))


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def says(case: Case, by: str, kind: Kind, words: str, **more: Any) -> Any:
    return case.do(by, kind, kind.value, Given(text=words), **more)


def opened(case: Case, by: str = "relief") -> Any:
    actor = case.world.actor(by)
    with case.database.reading(actor) as session:
        return queries.disputed(session, actor, [case.id]).get(case.id)


@pytest.mark.parametrize(
    ("now", "us", "coordinates", "may"),
    [
        (None, US, False, {OPEN}),
        (Dispute(US, "a"), US, False, {OPEN, SETTLE}),
        (Dispute(US, "a"), THEM, False, {ANSWER}),
        (Dispute(US, "a"), THEM, True, {ANSWER, SETTLE}),
    ],
)
def test_who_may_say_what(now: Any, us: UUID, coordinates: bool, may: set[str]) -> None:
    assert steps(now, us, is_member=True, coordinates=coordinates) == may
    assert not steps(now, us, is_member=False, coordinates=coordinates)


def test_each_side_stands_in_its_last_words_and_a_settled_one_is_gone() -> None:
    told = [
        SimpleNamespace(kind=kind, organisation_id=by, text=text)
        for kind, by, text in (
            (OPEN, US, "a"), (ANSWER, THEM, "b"), (OPEN, US, "c"), (ANSWER, THIRD, "d"),
        )
    ]  # fmt: skip
    assert standing(told) == Dispute(US, "c", THIRD, "d")
    assert standing([*told, SimpleNamespace(kind=SETTLE, organisation_id=US, text="e")]) is None


def test_a_dispute_is_a_flag_on_any_state_and_changes_none(case: Any, world: Any) -> None:
    one = case().confirmed()
    says(one, "women", Kind.DISPUTE, "Two are shut")
    says(one, "relief", Kind.ANSWER_DISPUTE, "They were open on Monday")
    ids = world.organisations
    both = Dispute(ids["women"], "Two are shut", ids["relief"], "They were open on Monday")
    assert opened(one) == opened(one, "legal") == both
    assert one.see().progress == "implemented"
    says(one, "cluster", Kind.SETTLE, "Both are right: one opened since")
    assert opened(one) is None


def test_nobody_answers_themselves_or_settles_for_others(case: Any) -> None:
    one = case()
    for by, kind in (("legal", Kind.ANSWER_DISPUTE), ("cluster", Kind.SETTLE)):
        with pytest.raises(Denied):
            says(one, by, kind, "There is none")
    says(one, "women", Kind.DISPUTE, "No")
    for by, kind in (("women", Kind.ANSWER_DISPUTE), ("legal", Kind.SETTLE)):
        with pytest.raises(Denied):
            says(one, by, kind, "Yes")


def test_two_answers_at_once_meet(case: Any) -> None:
    one = case()
    first = says(one, "women", Kind.DISPUTE, "No")
    says(one, "relief", Kind.ANSWER_DISPUTE, "Yes", after=first.id)
    with pytest.raises(Conflict):
        says(one, "legal", Kind.ANSWER_DISPUTE, "Yes", after=first.id)


@pytest.mark.parametrize("by", ["donor", "observer"])
def test_no_donor_or_observer_reads_or_opens_one(case: Any, by: str) -> None:
    one = case(reach="public")
    says(one, "women", Kind.DISPUTE, "No")
    assert opened(one, by) is None
    with pytest.raises((Denied, NotFound)):
        says(one, by, Kind.ANSWER_DISPUTE, "Yes")


def test_both_statements_stand_side_by_side_and_a_late_one_keeps_its_words(
    case: Any, client: Any
) -> None:
    one = case()
    path = f"/recommendations/asks/{one.id}"
    client("women").post(f"{path}/dispute", {"text": "Two are shut"})
    relief = client("relief")
    answer = {"text": "Open on Monday", "based_on": ""}
    assert "Open on Monday" in relief.post(f"{path}/answer-dispute", answer, status=409).text
    page = relief.get(f"{path}/answer-dispute")
    assert "Two are shut" in page
    (seen,) = re.findall(r'name="based_on"[^>]*value="([^"]+)"', page)
    relief.post(f"{path}/answer-dispute", {"text": "Open on Monday", "based_on": seen})
    page = client("legal").get(f"/recommendations/{one.recommendation_id}")
    assert page.index("Two are shut") < page.index("Open on Monday")


def test_who_looked_and_could_not_tell_says_so_and_it_is_no_progress(case: Any) -> None:
    one = case()
    says(one, "legal", Kind.CANNOT_ASSESS, "No access since May")
    assert one.see().progress == "not_started"
    with pytest.raises((Denied, NotFound)):
        says(one, "donor", Kind.CANNOT_ASSESS, "x")
