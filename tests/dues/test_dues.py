"""What is due, who is told of it when, what is put off, and the mail of the week."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy.access.actor import Seat, anonymous
from advocacy.accounts import actions as accounts
from advocacy.asks.rules import Given, Kind
from advocacy.assignments import actions as assignments
from advocacy.dues import actions, mail, queries
from advocacy.dues.rules import Level, Why, due, level
from advocacy.dues.schema import Snooze
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.home import queries as home
from advocacy.organisations import actions as seats
from advocacy.outbox.schema import OutboxRow
from advocacy.reminders import actions as reminders
from tests.asks.test_actions import REPORT, TODAY, Case
from tests.outbox.letters import letters, text_of

__all__ = ["letters"]

LATE = TODAY - timedelta(days=5)


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def later(one: Case, by: str, days: int = 0) -> Any:
    actor = one.world.actor(by)
    return replace(actor, now=actor.now + timedelta(days=days))


def seen(
    one: Case, by: str, days: int = 0, *, mine: bool = False, person: Any = None
) -> list[tuple[str, str]]:
    actor, on = later(one, by, days), TODAY + timedelta(days=days)
    with one.database.reading(actor) as session:
        listed = queries.dues(session, actor, workspace_id=one.world.workspace_id, on=on)
        if mine:
            listed = queries.for_person(listed, person or actor.person_id)
        return [(str(row.why), str(row.level)) for row in listed]


def put_off(one: Case, by: str, *, after: UUID | None = None, **how: Any) -> Snooze:
    actor = one.world.actor(by)
    given = {"until_on": TODAY + timedelta(days=20), "reason": "They meet in May", **how}
    with one.database.writing(actor) as session:
        return actions.snooze(session, actor, ask_id=one.id, after=after, **given)


def homework(one: Case, by: str, days: int = 0) -> list[str]:
    actor = later(one, by, days)
    with one.database.reading(actor) as session:
        return [task.reason.code for task in home.tasks(session, actor) if task.kind == "late"]


DATES = {"late_after": None, "progress": "not_started", "response": "accepted"}
DAYS = {"put_on": TODAY, "touched_on": TODAY}


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, None),
        ({"late_after": LATE}, Why.LATE),
        ({"late_after": TODAY}, Why.SOON),
        ({"late_after": TODAY + timedelta(days=14)}, Why.SOON),
        ({"late_after": TODAY + timedelta(days=15)}, None),
        ({"response": "none", "put_on": TODAY - timedelta(days=30)}, None),
        ({"response": "none", "put_on": TODAY - timedelta(days=31)}, Why.UNANSWERED),
        ({"response": "no_reply_expected", "put_on": TODAY - timedelta(days=31)}, None),
        ({"touched_on": TODAY - timedelta(days=91)}, Why.STALE),
        ({"touched_on": TODAY - timedelta(days=91), "progress": "implemented"}, None),
        ({"touched_on": TODAY - timedelta(days=91), "progress": "claimed"}, Why.STALE),
        ({"late_after": LATE, "progress": "claimed"}, None),
        ({"late_after": LATE, "progress": "closed_unmet"}, None),
    ],
)
def test_what_is_due_follows_from_its_dates(how: dict[str, Any], expected: Any) -> None:
    found = due(**{**DATES, **DAYS, **how}, on=TODAY)
    assert (found[0] if found else None) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-3, Level.PERSON), (13, Level.PERSON), (14, Level.ORGANISATION), (28, Level.COORDINATOR)],
)
def test_who_is_told_follows_from_how_long(days: int, expected: Level) -> None:
    assert level(days) == expected


def test_it_goes_from_one_person_to_all_and_on_to_the_coordinator(case: Any, world: Any) -> None:
    one = case(due_on=LATE)
    actor = world.actor("relief")
    with one.database.writing(actor) as session:
        other = accounts.add_person(session, actor, name="R. Two", email="two@relief.example").id
        who = {"organisation_id": actor.must_organisation(), "person_id": other}
        seats.seat_person(session, actor, **who, kind=Seat.DRAFTER)
        assignments.give(session, actor, chosen={one.id: None}, to_id=other, note="Yours")
    assert seen(one, "relief") == [("late", "person")]
    assert seen(one, "relief", mine=True) == []
    assert seen(one, "relief", mine=True, person=other) == [("late", "person")]
    assert seen(one, "relief", 9, mine=True) == [("late", "organisation")]
    assert seen(one, "cluster", 22) == []
    assert seen(one, "cluster", 23) == [("late", "coordinator")]
    assert seen(one, "legal", 23) == seen(one, "donor", 23) == []
    assert homework(one, "cluster", 22) == []
    assert homework(one, "cluster", 23) == ["dues.task-passed-on"]


def test_a_reply_and_a_report_settle_it(case: Any) -> None:
    one = case()
    assert seen(one, "relief", 31) == [("unanswered", "person")]
    one.do("relief", Kind.CLAIM, "claimed", REPORT)
    assert seen(one, "relief", 31) == []
    assert seen(one, "relief", 91) == [("stale", "person")]
    one.do(
        "relief",
        Kind.NO_CHANGE,
        "no_change",
        Given(text="As it was"),
        actor=later(one, "relief", 91),
    )
    assert seen(one, "relief", 91) == []
    assert one.see().progress == "claimed"


def test_what_is_put_off_is_gone_until_that_day_for_us_alone(case: Any) -> None:
    one = case(due_on=LATE)
    assert homework(one, "relief") == ["recommendations.task-late"]
    put_off(one, "relief")
    assert seen(one, "relief") == []
    assert homework(one, "relief") == []
    assert seen(one, "relief", 20) == [("late", "organisation")]
    assert seen(one, "cluster", 23) == [("late", "coordinator")]


def test_another_late_ask_of_the_same_text_stays_on_the_list(case: Any, world: Any) -> None:
    one, two = case(due_on=LATE), case(due_on=LATE, name="Other")
    put_off(one, "relief")
    assert homework(one, "relief") == ["recommendations.task-late"]
    assert seen(two, "relief") == [("late", "person")]


def test_who_leads_it_reads_why_and_nobody_else(case: Any, world: Any) -> None:
    one = case(due_on=LATE)
    with one.database.writing(world.actor("relief")) as session:
        actor, to = world.actor("relief"), world.organisations["legal"]
        assignments.hand_over(session, actor, chosen={one.id: None}, to_id=to, note="Yours")
    put_off(one, "legal")
    for by, number in (("legal", 1), ("relief", 1), ("cluster", 0), ("women", 0), ("donor", 0)):
        actor = world.actor(by)
        with one.database.reading(actor) as session:
            assert len(queries.put_off(session, actor, on=TODAY)) == number, by
            assert len(session.scalars(select(Snooze)).all()) == number, by


def test_it_is_taken_up_again_once(case: Any, world: Any) -> None:
    one, actor = case(due_on=LATE), world.actor("relief")
    first = put_off(one, "relief")
    with one.database.writing(actor) as session:
        actions.wake(session, actor, ask_id=one.id, after=first.id)
    assert seen(one, "relief") == [("late", "person")]
    with pytest.raises(Conflict), one.database.writing(actor) as session:
        actions.wake(session, actor, ask_id=one.id, after=first.id)
    with pytest.raises(Conflict):
        put_off(one, "relief", after=first.id)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"until_on": TODAY}, "dues.until"),
        ({"until_on": None}, "dues.until"),
        ({"until_on": TODAY + timedelta(days=91)}, "dues.until"),
        ({"reason": " "}, "dues.say-why"),
        ({"reason": "x" * 1_001}, "form.too-long"),
    ],
)
def test_a_day_and_a_reason_are_asked_for(case: Any, how: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        put_off(case(), "relief", **how)
    assert [reason.code for reason in refused.value.reasons] == [code]


@pytest.mark.parametrize("by", ["donor", "observer"])
def test_who_is_no_member_puts_nothing_off(case: Any, by: str) -> None:
    with pytest.raises((Denied, NotFound)):
        put_off(case(reach="public"), by)


# --- the mail ------------------------------------------------------------------------------------


def queue(one: Case, days: int) -> list[dict[str, Any]]:
    nobody = anonymous(one.world.actor("relief").now + timedelta(days=days))
    with one.database.writing(nobody) as session:
        actions.queue_due(session)
    with one.database.reading(nobody) as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == "dues.digest")).all()
        return [row.payload for row in rows]


def letter(one: Case, payload: dict[str, Any], days: int) -> Any:
    with one.database.reading(anonymous(one.world.actor("relief").now + timedelta(days=days))) as s:
        return mail.KINDS["dues.digest"](s, payload)


def test_a_mail_goes_once_a_week_to_those_with_something_due(case: Any, world: Any) -> None:
    one = case(due_on=LATE)
    sent = queue(one, 0)
    assert {payload["person"] for payload in sent} == {str(world.actor("relief").person_id)}
    assert queue(one, 0) == sent
    assert queue(one, 1) == sent
    assert len(queue(one, 7)) == 2
    assert letter(one, sent[0], 0) is not None


def test_a_mail_that_was_queued_is_not_sent_once_all_is_done(case: Any) -> None:
    one = case(due_on=LATE)
    (payload,) = queue(one, 0)
    one.do("relief", Kind.CLAIM, "claimed", REPORT)
    assert letter(one, payload, 0) is None


def test_it_holds_links_and_no_word_of_a_text(case: Any, letters: Any) -> None:
    one = case(due_on=LATE, name="Ministry of Secrets")
    (payload,) = queue(one, 0)
    letter(one, payload, 0)()
    (arrived,) = letters.arrived
    text = text_of(arrived)
    assert re.search(rf"^Late since .*/recommendations/{one.recommendation_id}#ask-", text, re.M)
    for word in ("Open", "Secrets", "Ministry"):
        assert word not in text + str(arrived["Subject"])


def test_who_wants_no_reminders_gets_none(case: Any, world: Any) -> None:
    one, actor = case(due_on=LATE), world.actor("relief")
    with one.database.writing(actor) as session:
        reminders.choose(session, actor, how="never", quiet_from=20, quiet_until=7)
    assert queue(one, 0) == []


# --- the pages -----------------------------------------------------------------------------------


def test_the_page_lists_it_and_puts_it_off(case: Any, client: Any) -> None:
    one, browser = case(due_on=LATE), client("relief")
    page = browser.get("/dues/in/testland")
    assert f"/dues/{one.id}/snooze" in page
    browser.get(f"/dues/{one.id}/snooze")
    day = (TODAY + timedelta(days=3)).isoformat()
    late = browser.post(f"/dues/{one.id}/snooze", {"until_on": day, "reason": " "}, status=422)
    assert day in late.text
    browser.post(f"/dues/{one.id}/snooze", {"until_on": day, "reason": "They meet in May"})
    page = browser.get("/dues/in/testland")
    assert f"/dues/{one.id}/snooze" not in page
    assert "They meet in May" in page
    (seen_id,) = re.findall(r'name="based_on"[^>]*value="([^"]+)"', page)
    browser.post(f"/dues/{one.id}/wake", {"based_on": seen_id})
    assert f"/dues/{one.id}/snooze" in browser.get("/dues/in/testland")
    client("donor").get("/dues/in/testland", status=404)
    client("donor").get(f"/dues/{one.id}/snooze", status=404)


def test_a_reminder_to_copy_says_where_and_when_and_no_word_of_it(case: Any, client: Any) -> None:
    one = case(due_on=LATE, name="Ministry of Ports")
    page = client("relief").get("/dues/in/testland")
    (line,) = re.findall(r'<p class="copied"[^>]*>(.*?)</p>', page)
    assert f"/recommendations/{one.recommendation_id}#ask-{one.id}" in line
    assert "Testland" in line
    assert "day" in line
    title = one.see().addressee
    assert title == "Ministry of Ports"
    assert title in page
    for word in (title, "Open"):  # whom it is addressed to, and its title
        assert word not in line


# --- what the first page counts ------------------------------------------------------------------


def counted(one: Case, by: str, days: int) -> dict[str, int]:
    """What the first page counts after so many days; each is as long as the list behind it."""
    actor, on = later(one, by, days), TODAY + timedelta(days=days)
    space, found = one.world.workspace_id, {}
    with one.database.reading(actor) as session:
        for task in home.tasks(session, actor):
            if task.kind == "list":
                why = Why(task.arguments["why"])
                listed = queries.dues(session, actor, workspace_id=space, on=on, why=why)
                assert task.reason.facts["count"] == len(listed), why
                found[why.value] = len(listed)
    return found


def test_the_first_page_counts_what_has_no_reply_and_what_nobody_looked_at(case: Any) -> None:
    one = case()
    case(name="Soon", due_on=TODAY + timedelta(days=40))
    put_off(case(name="Put off"), "relief", until_on=TODAY + timedelta(days=60))
    seen_by = case(name="Answered")
    said = Given(effective_on=TODAY, url="https://example.org/a", evidence_on=TODAY)
    seen_by.do("relief", Kind.RESPONSE, "accepted", said)
    assert counted(one, "relief", 20) == {}
    # What is due soon, or was put off, is told elsewhere.
    assert counted(one, "relief", 35) == {"unanswered": 1}
    assert counted(one, "relief", 95) == {"unanswered": 2, "stale": 1}
    assert counted(one, "legal", 95) == {}


def test_the_first_page_leads_to_the_list(case: Any, client: Any, world: Any) -> None:
    case(due_on=LATE)
    page = client("relief").get("/dues/in/testland?why=unanswered")
    assert "/snooze" not in page
    assert "/snooze" in client("relief").get("/dues/in/testland?why=nonsense")
