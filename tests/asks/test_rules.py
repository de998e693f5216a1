"""The two axes: where each step leads, for whom, and what dates make of it."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from advocacy.asks.rules import (
    Given,
    Kind,
    Role,
    State,
    faults,
    is_late,
    is_stale,
    last_day,
    needs,
    roles,
    state,
    targets,
)
from advocacy.asks.schema import Ask, AskAct, Progress, Response

TODAY = date(2026, 11, 22)
ALL = frozenset(Role)
OPEN = {"not_started", "in_progress", "partial", "regressed"}

# recommendations.md, section 2, written again by hand: (step, state) -> where it leads.
TABLE = {
    (Kind.UPDATE, "not_started"): {"not_started", "in_progress", "partial"},
    (Kind.UPDATE, "in_progress"): {"not_started", "in_progress", "partial"},
    (Kind.UPDATE, "partial"): {"not_started", "in_progress", "partial"},
    (Kind.UPDATE, "regressed"): {"in_progress"},
    **{(Kind.CLAIM, one): {"claimed"} for one in OPEN},
    (Kind.VERIFY, "claimed"): {"implemented"},
    (Kind.REFUSE_VERIFY, "claimed"): {"partial", "in_progress"},
    (Kind.REVERSE, "implemented"): {"regressed"},
}
WHO = {
    Kind.UPDATE: {Role.ADDRESSEE, Role.MINDER, Role.LEAD},
    Kind.CLAIM: {Role.ADDRESSEE, Role.MINDER},
    Kind.VERIFY: {Role.OTHER},
    Kind.REFUSE_VERIFY: {Role.OTHER},
    Kind.REVERSE: {Role.MEMBER},
}


@pytest.mark.parametrize("kind", list(WHO))
@pytest.mark.parametrize("progress", list(Progress))
@pytest.mark.parametrize("role", list(Role))
def test_a_step_leads_only_where_the_table_says(kind: Kind, progress: Progress, role: Role) -> None:
    expected = TABLE.get((kind, progress.value), set()) if role in WHO[kind] else set()
    assert targets(kind, progress, frozenset({role})) == expected


@pytest.mark.parametrize("progress", [p for p in Progress if p != Progress.CLAIMED])
def test_only_a_report_can_be_confirmed(progress: Progress) -> None:
    assert not targets(Kind.VERIFY, progress, ALL)


def test_no_step_but_a_confirmation_leads_to_done() -> None:
    leads = {kind for kind in Kind for p in Progress if "implemented" in targets(kind, p, ALL)}
    assert leads == {Kind.VERIFY}


@pytest.mark.parametrize("answer", list(Response))
def test_an_answer_never_closes(answer: Response) -> None:
    said = AskAct(
        kind="response", axis="response", value=answer.value, organisation_id=uuid4(),
        effective_on=TODAY, facts={},
    )  # fmt: skip
    found = state(State(touched_on=TODAY), [(said, TODAY)])
    assert (found.response, found.progress) == (answer, "not_started")


US, THEM, ADDRESSED, MINDER = (UUID(int=n) for n in range(1, 5))


@pytest.mark.parametrize(
    ("who", "may"),
    [(ADDRESSED, False), (MINDER, False), (THEM, False), (US, True), (None, False)],
)
def test_those_whose_work_it_is_do_not_confirm_it(who: UUID | None, may: bool) -> None:
    ask = Ask(addressed_id=ADDRESSED, minder_id=MINDER, claimed_by=THEM, organisation_id=uuid4())
    assert (Role.OTHER in roles(ask, who, is_member=True)) == may


def test_who_is_no_member_has_no_part_but_its_own() -> None:
    ask = Ask(addressed_id=ADDRESSED, minder_id=MINDER, organisation_id=US)
    assert roles(ask, ADDRESSED, is_member=False) == {Role.ADDRESSEE}
    assert roles(ask, US, is_member=False) == frozenset()


@pytest.mark.parametrize(
    ("precision", "end"),
    [
        ("day", date(2026, 2, 3)),
        ("month", date(2026, 2, 28)),
        ("quarter", date(2026, 3, 31)),
        ("year", date(2026, 12, 31)),
    ],
)
def test_a_date_is_over_when_its_whole_period_is(precision: str, end: date) -> None:
    assert last_day(date(2026, 2, 3), precision) == end
    assert not is_late(end, "in_progress", on=end)
    assert is_late(end, "in_progress", on=date.fromordinal(end.toordinal() + 1))


@pytest.mark.parametrize("progress", ["claimed", "implemented", "closed_unmet", "overtaken"])
def test_what_is_reported_or_closed_is_not_late(progress: str) -> None:
    assert not is_late(date(2020, 1, 1), progress, on=TODAY)


def test_no_date_is_never_late() -> None:
    assert not is_late(None, "not_started", on=TODAY)


def moved(to: str, *, on: date, precision: str = "day") -> tuple[AskAct, date]:
    act = AskAct(
        kind="date_change", axis="due", value=to, organisation_id=US, facts={"precision": precision}
    )
    return act, on


def test_the_first_date_stays_whatever_comes() -> None:
    found = state(
        State(touched_on=TODAY),
        [
            moved("2026-06-30", on=date(2026, 1, 1)),
            moved("2026-09-30", on=date(2026, 6, 1)),
            moved("2026-12-31", on=date(2026, 8, 1)),
        ],
    )
    assert found.original_due_on == date(2026, 6, 30)
    assert (found.due_on, found.moves) == (date(2026, 12, 31), 2)
    assert found.late_after == date(2026, 12, 31)


def test_a_move_after_the_date_had_passed_is_still_late() -> None:
    found = state(
        State(touched_on=TODAY),
        [moved("2026-06-30", on=date(2026, 1, 1)), moved("2026-12-31", on=date(2026, 7, 1))],
    )
    assert found.late_after == date(2026, 6, 30)
    assert is_late(found.late_after, "in_progress", on=TODAY)


def test_stale_is_counted_from_the_last_look() -> None:
    assert not is_stale(date(2026, 8, 24), "in_progress", on=TODAY)
    assert is_stale(date(2026, 8, 23), "in_progress", on=TODAY)
    assert not is_stale(date(2020, 1, 1), "implemented", on=TODAY)


def test_a_state_of_an_earlier_day_is_what_was_said_then() -> None:
    acts = [
        (
            AskAct(
                kind="response",
                axis="response",
                value=value,
                organisation_id=US,
                effective_on=on,
                facts={},
            ),
            on,
        )
        for value, on in (("noted", date(2010, 5, 1)), ("accepted", date(2014, 5, 1)))
    ]
    assert state(State(touched_on=TODAY), acts, on=date(2012, 1, 1)).response == "noted"
    assert state(State(touched_on=TODAY), acts).response == "accepted"


PROOF = Given(
    text="words", effective_on=TODAY, url="https://example.org/a", evidence_on=TODAY,
    confidence="high", opened=True, due_on=TODAY, direction="contradicts",
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "without", "code"),
    [
        (Kind.UPDATE, {"text": ""}, "form.required"),
        (Kind.CLAIM, {"url": ""}, "asks.no-evidence"),
        (Kind.CLAIM, {"url": "javascript:x"}, "asks.not-a-link"),
        (Kind.CLAIM, {"evidence_on": None}, "asks.evidence-date"),
        (Kind.CLAIM, {"evidence_on": date(2025, 1, 1)}, "asks.evidence-old"),
        (Kind.CLAIM, {"effective_on": None}, "asks.say-when"),
        (Kind.CLAIM, {"effective_on": date(2027, 1, 1)}, "asks.in-future"),
        (Kind.VERIFY, {"text": ""}, "form.required"),
        (Kind.VERIFY, {"confidence": ""}, "form.choice"),
        (Kind.VERIFY, {"opened": False}, "asks.open-evidence"),
        (Kind.REFUSE_VERIFY, {"text": ""}, "form.required"),
        (Kind.REVERSE, {"direction": "supports"}, "asks.must-contradict"),
        (Kind.RAISED, {"effective_on": None}, "asks.say-when"),
        (Kind.DATE_CHANGE, {"due_on": None}, "asks.say-when"),
    ],
)
def test_a_step_without_what_it_must_carry_is_refused(
    kind: Kind, without: dict[str, object], code: str
) -> None:
    def found(given: Given) -> list[str]:
        issued = date(2026, 1, 1)
        reasons = faults(kind, "", given, today=TODAY, issued_on=issued, must=needs(kind))
        return [reason.code for reason in reasons]

    assert found(PROOF) == []
    assert found(replace(PROOF, **without)) == [code]


@pytest.mark.parametrize("answer", ["in_part", "noted", "rejected"])
def test_an_answer_that_is_no_yes_says_why(answer: str) -> None:
    bare = Given(effective_on=TODAY)
    reasons = faults(
        Kind.RESPONSE, answer, bare, today=TODAY, issued_on=None, must=needs(Kind.RESPONSE)
    )
    assert [reason.code for reason in reasons] == ["asks.say-why"]


@pytest.mark.parametrize("precision", ["day", "month", "quarter", "year"])
def test_the_last_year_there_is_has_a_last_day(precision) -> None:
    last = date(9999, 12, 31)
    assert last_day(last, precision) == last
    assert last_day(date(2028, 2, 3), "month") == date(2028, 2, 29)
