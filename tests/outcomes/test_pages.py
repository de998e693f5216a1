"""The pages: record, tell, take back, say what one did, look as a second one, share, link."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from advocacy.asks.rules import Kind
from advocacy.home import queries as home
from advocacy.links import actions as links
from advocacy.outcomes import actions, queries
from advocacy.outcomes.schema import Happened
from tests.asks.test_actions import AGAINST, Case
from tests.outcomes.conftest import TODAY

LIST = "/outcomes/in/testland"
_HIDDEN = re.compile(r'name="(based_on|takes_back)"[^>]*value="([^"]*)"')
EARLIER = date(2026, 11, 1)


def link(one: Any, kind: str, record_id: Any, by: str = "relief") -> None:
    actor = one.world.actor(by)
    with one.database.writing(actor) as session:
        links.link(session, actor, source=("outcome", one.id), target=(kind, record_id))


def send(browser: Any, path: str, data: dict[str, str], page: str = "", status: int = 303) -> Any:
    """A form as its page carries it, what it is based on among it."""
    kept = dict(_HIDDEN.findall(browser.get(page or path)))
    return browser.post(path, kept | data, page=page or path, status=status)


def test_an_outcome_is_recorded_told_of_and_read(client: Any) -> None:
    browser = client("relief")
    facts = {"level": "practice", "direction": "better", "intended": "yes", "language": "en",
             "title": "The ministry opened the gate", "kind": "achieved", "on": "2026-10-01",
             "source": "Letter 7", "reach": "members"}  # fmt: skip
    refused = browser.post(f"{LIST}/new", {**facts, "title": " "}, status=422)
    assert "Letter 7" in refused.get_data(as_text=True)
    where = browser.post(f"{LIST}/new", facts).headers["Location"]
    assert "The ministry opened the gate" in browser.get(where)
    send(browser, f"{where}/event", {"kind": "reversed", "on": "2026-11-01", "source": "Radio"})
    page = client("legal").get(where)
    assert "Held 31 days" in page
    assert "Radio" in page
    assert "Reversed" in client("legal").get(f"{LIST}?standing=undone")
    assert "The ministry" not in client("legal").get(f"{LIST}?standing=holding")


@pytest.mark.parametrize("by", ["donor", "observer"])
def test_who_is_no_member_gets_no_page(client: Any, outcome: Any, by: str) -> None:
    one = outcome(reach="donors")
    browser = client(by)
    for path in ("", "/event", "/part", "/second", "/edit", "/share", "/link", "/take-back"):
        browser.get(f"/outcomes/{one.id}{path}", status=404)


def test_a_telling_that_comes_late_keeps_what_was_typed(client: Any, outcome: Any) -> None:
    one, browser = outcome(), client("relief")
    path = f"/outcomes/{one.id}/event"
    typed = {"kind": "reversed", "on": "2026-11-02", "source": "Typed"}
    seen = str(one.see("relief")[-1].id)
    one.tell("legal", Happened.SUSPENDED, EARLIER)
    late = browser.post(path, {**typed, "based_on": seen}, status=409).get_data(as_text=True)
    assert "Typed" in late
    browser.post(path, {**typed, **dict(_HIDDEN.findall(late))})
    assert [event.kind for event in one.see("relief")][-1] == Happened.REVERSED


def test_one_tap_says_that_it_still_holds(client: Any, outcome: Any) -> None:
    one, browser = outcome(), client("legal")
    send(browser, f"/outcomes/{one.id}/still-holds", {}, page=f"/outcomes/{one.id}")
    assert [event.kind for event in one.see("relief")] == ["achieved", "confirmed"]


def test_a_mistake_is_taken_back_and_stays_in_the_list(client: Any, outcome: Any) -> None:
    one, browser = outcome(), client("relief")
    wrong = one.tell("relief", Happened.REVERSED, EARLIER).id
    assert "Reversed" in browser.get(f"/outcomes/{one.id}/take-back?event={wrong}")
    path = f"/outcomes/{one.id}/take-back"
    send(browser, path, {"text": "It was another gate"}, page=f"{path}?event={wrong}")
    page = browser.get(f"/outcomes/{one.id}")
    assert "Taken back" in page
    assert "It was another gate" in page
    send(browser, path, {"text": "x"}, page=f"{path}?event=nonsense", status=422)


def test_our_part_is_changed_hidden_and_taken_back_by_us_alone(client: Any, outcome: Any) -> None:
    one, browser, path = outcome(), client("legal"), ""
    path = f"/outcomes/{one.id}/part"
    send(browser, path, {"text": "We wrote the brief"})
    assert "We wrote the brief" in client("women").get(f"/outcomes/{one.id}")
    send(browser, path, {"text": "We wrote the brief", "is_hidden": "y"})
    assert "We wrote the brief" not in client("women").get(f"/outcomes/{one.id}")
    assert "We wrote the brief" in browser.get(f"/outcomes/{one.id}")


def test_a_second_organisation_looks_and_takes_that_back(client: Any, outcome: Any) -> None:
    one, browser = outcome(), client("women")
    path = f"/outcomes/{one.id}/second"
    send(browser, path, {"stands": "yes", "text": ""}, status=422)
    send(browser, path, {"stands": "yes", "text": "We drove through"})
    assert "We drove through" in client("legal").get(f"/outcomes/{one.id}")
    send(browser, path, {"stands": "no", "text": ""})
    assert "We drove through" not in client("legal").get(f"/outcomes/{one.id}")
    client("relief").get(path, status=403)


def test_donors_read_it_on_their_page_once_it_is_released(client: Any, outcome: Any) -> None:
    one, browser = outcome(), client("relief")
    assert "The port" not in client("donor").get("/donors/in/testland")
    send(browser, f"/outcomes/{one.id}/share", {"reach": "donors"})
    page = client("donor").get("/donors/in/testland")
    assert "The port opened its gate" in page
    for hidden in ("Letter 7", "A letter came", "Relief Network"):
        assert hidden not in page


def test_how_it_stood_on_another_day(client: Any, outcome: Any) -> None:
    one = outcome()
    one.tell("relief", Happened.REVERSED, EARLIER)
    page = client("relief").get(f"/outcomes/{one.id}?on=2026-10-15")
    assert "As of 15 Oct 2026." in page
    client("relief").get(f"/outcomes/{one.id}?on=20260-10-15")
    client("relief").get(f"/outcomes/{one.id}?on=2099-10-15")


# --- what a reversal asks of others --------------------------------------------------------------


def work(one: Any, by: str) -> list[str]:
    actor = one.world.actor(by)
    with one.database.reading(actor) as session:
        found = home.tasks(session, actor)
    return [task.title for task in found if task.reason.code == "outcomes.task-reversed"]


def test_a_reversal_reopens_no_ask_but_is_work_for_who_must_report_it(
    outcome: Any, world: Any, database: Any
) -> None:
    case = Case(world, database).confirmed()
    one = outcome(by="legal")
    link(one, "recommendation", case.recommendation_id, "legal")
    assert work(one, "relief") == work(one, "legal") == []
    one.tell("legal", Happened.REVERSED)
    assert case.see().progress == "implemented"
    assert work(one, "relief") == work(one, "legal") == ["Open"]
    assert work(one, "women") == work(one, "donor") == []
    case.do("relief", Kind.REVERSE, "regressed", AGAINST)
    assert work(one, "relief") == []


def test_the_pages_it_is_linked_to_show_how_it_stands(
    client: Any, outcome: Any, world: Any, database: Any
) -> None:
    case, one = Case(world, database), outcome()
    browser = client("relief")
    send(browser, f"/outcomes/{one.id}/link", {"recommendation": str(case.recommendation_id)})
    one.tell("relief", Happened.REVERSED, EARLIER)
    page = client("legal").get(f"/recommendations/{case.recommendation_id}")
    assert "The port opened its gate" in page
    assert "Held 31 days" in page
    one.do("relief", _narrow)
    page = client("legal").get(f"/recommendations/{case.recommendation_id}")
    assert "The port opened its gate" not in page


def _narrow(session: Any, actor: Any, outcome_id: Any) -> None:
    actions.share(session, actor, outcome_id=outcome_id, reach="own")


def test_the_list_asks_as_often_for_many_as_for_one(outcome: Any, world: Any) -> None:
    def asked() -> int:
        seen: list[str] = []

        def hear(*told: Any) -> None:
            seen.append(told[2])

        actor = world.actor("relief")
        with one.database.reading(actor) as session:
            event.listen(session.get_bind(), "before_cursor_execute", hear)
            queries.listed(session, actor, workspace_id=world.workspace_id, on=TODAY)
            event.remove(session.get_bind(), "before_cursor_execute", hear)
        return len(seen)

    one = outcome()
    first = asked()
    for n in range(4):
        outcome(title=f"Gate {n}")
    assert asked() == first
