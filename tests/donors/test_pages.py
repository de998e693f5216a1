"""What donors read: published facts, exactly, whoever opens the page."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, insert, select

from advocacy.access import guard
from advocacy.asks import queries as asks
from advocacy.asks.rules import Given, Kind
from advocacy.asks.schema import Ask
from advocacy.donors import rules
from advocacy.ground.base import new_id
from advocacy.institutions.schema import Institution
from advocacy.recommendations import actions
from advocacy.recommendations.actions import NewAsk, NewText
from advocacy.recommendations.schema import Recommendation
from advocacy.web.db import db
from advocacy.web.paging import pack
from tests.asks.test_actions import AGAINST, LOOKED, REPORT, TODAY, Case

PAGE = "/donors/in/testland"


@pytest.fixture
def case(world: Any, database: Any) -> Any:
    return lambda **how: Case(world, database, **how)


def body(page: str) -> str:
    return page[page.index('id="donors-body"') :].split("</main>")[0]


@pytest.mark.parametrize("reach", ["own", "members"])
def test_a_donor_never_sees_what_was_not_published(client: Any, case: Any, reach: str) -> None:
    empty = client("donor").get(PAGE)
    case(reach=reach, due_on=date(2026, 6, 30)).claimed()
    assert body(client("donor").get(PAGE)) == body(empty)


def test_a_donor_never_sees_what_was_taken_back(
    client: Any, case: Any, world: Any, writing: Any
) -> None:
    empty = client("donor").get(PAGE)
    one = case(reach="public").confirmed()
    assert "Someone" in client("donor").get(PAGE)
    actor = world.actor("relief")
    with writing(actor) as session:
        actions.share(session, actor, recommendation_id=one.recommendation_id, reach="own")
    assert body(client("donor").get(PAGE)) == body(empty)


def test_a_donor_never_sees_an_ask_of_an_armed_group(client: Any, case: Any) -> None:
    empty = client("donor").get(PAGE)
    case(kind="party", reach="public", due_on=date(2026, 6, 30))
    assert body(client("donor").get(PAGE)) == body(empty)


@pytest.mark.parametrize("reach", ["donors", "public"])
def test_a_member_sees_exactly_what_a_donor_sees(client: Any, case: Any, reach: str) -> None:
    case(reach=reach, due_on=date(2026, 6, 30), do_how="fund", do_words="Four clinics")
    hidden = client("relief")
    seen = body(client("donor").get(PAGE))
    assert "Four clinics" in seen
    assert body(hidden.get(PAGE)) == seen


def test_the_owner_of_a_hidden_one_does_not_see_it_here(client: Any, case: Any) -> None:
    case(reach="own")
    assert "Someone" not in client("relief").get(PAGE)


def test_no_name_of_who_confirmed_and_no_evidence(client: Any, case: Any) -> None:
    case(reach="public").confirmed()
    page = client("donor").get(PAGE)
    assert "by a second organisation, 22 Nov 2026" in page
    for hidden in ("Harbour Legal Aid", "Relief Network", "example.org", REPORT.text, LOOKED.text):
        assert hidden not in page


def test_late_is_counted_against_the_first_date(client: Any, case: Any) -> None:
    one = case(reach="public", due_on=date(2026, 6, 30))
    one.do("relief", Kind.DATE_CHANGE, "date_change", Given(text="Rain", due_on=date(2026, 12, 31)))
    page = client("donor").get(PAGE)
    assert "Late, 145 days" in page
    assert "First date 30 Jun 2026." in page
    assert "31 Dec 2026" in page


def test_no_percentage_under_ten(client: Any, case: Any) -> None:
    case(reach="public").confirmed()
    assert "of 100" not in client("donor").get(PAGE)


def test_an_ask_delivered_to_a_donor_stands_first_and_takes_its_reply(
    client: Any, case: Any
) -> None:
    one = case(member="donor", kind="donor", delivered_on=TODAY, reach="members")
    browser = client("donor")
    page = browser.get(PAGE)
    assert "Asked of you" in page
    assert "Someone" not in body(page)
    path = f"/donors/asks/{one.id}"
    browser.get(path)
    refused = browser.post(path, {"to": "rejected", "effective_on": "2026-11-20"}, status=422)
    assert "Write the reason" in refused.get_data(as_text=True)
    browser.post(path, {"to": "accepted", "effective_on": "2026-11-20"})
    assert one.see().response == "accepted"
    assert "Accepted" in browser.get(PAGE)
    assert "Asked of you" not in client("relief").get(PAGE)


def test_an_ask_that_was_not_delivered_stays_invisible(client: Any, case: Any) -> None:
    empty = client("donor").get(PAGE)
    one = case(member="donor", kind="donor", reach="members")
    page = client("donor").get(PAGE)
    assert "Asked of you" not in page
    assert body(page) == body(empty)
    client("donor").get(f"/donors/asks/{one.id}", status=404)


def test_nobody_replies_for_a_donor_on_its_page(client: Any, case: Any) -> None:
    one = case(member="donor", kind="donor", delivered_on=TODAY, reach="public")
    client("relief").get(f"/donors/asks/{one.id}", status=404)


def test_the_page_stands_in_arabic(client: Any, case: Any) -> None:
    case(reach="public", due_on=date(2026, 6, 30))
    browser = client("donor")
    browser.client.set_cookie("language", "ar")
    assert 'dir="rtl"' in browser.get(PAGE)


def test_what_is_confirmed_is_counted_out_of_all_and_never_as_a_percentage(
    client: Any, case: Any, world: Any, writing: Any
) -> None:
    one, actor = case(reach="public").confirmed(), world.actor("relief")
    with writing(actor) as session:
        to = NewAsk(asks.ask(session, actor, one.id).institution_id)
        for number in range(18):
            new = NewText(title=f"Ask {number}", text="Open it")
            actions.add(
                session, actor, workspace_id=world.workspace_id, reach="public", new=new, to=to
            )
    page = body(client("donor").get(PAGE))
    assert "1 of 19 is confirmed." in page
    assert "of 100" not in page
    assert "%" not in page


def test_the_page_asks_as_often_for_fifty_as_for_one(
    client: Any, case: Any, world: Any, writing: Any
) -> None:
    """Beside what signing in and the layout ask, which is the same for both."""
    case(reach="public", due_on=date(2026, 6, 30))
    browser, asked = client("donor"), 0

    def count(*_args: Any) -> None:
        nonlocal asked
        asked += 1

    def one_view() -> int:
        nonlocal asked
        browser.get(PAGE)  # fills what is kept between requests
        asked = 0
        page = browser.get(PAGE)
        assert page.count('<li class="ask">') == min(rows, rules.PAGE)
        return asked

    with browser.client.application.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        rows = 1
        with_one = one_view()
        actor = world.actor("relief")
        with writing(actor) as session:
            to = session.scalars(select(Institution)).first().id
            for n in range(49):
                actions.add(
                    session, actor, workspace_id=world.workspace_id, reach="public",
                    new=NewText(title=f"Open {n}", text="Open it"), to=NewAsk(to),
                )  # fmt: skip
        rows = 50
        assert one_view() == with_one
    finally:
        event.remove(engine, "before_cursor_execute", count)


def test_a_reversal_of_one_organisation_is_only_said(client: Any, case: Any) -> None:
    one = case(reach="public").confirmed()
    one.do("women", Kind.REVERSE, "regressed", AGAINST)
    page = body(client("donor").get(PAGE)).split('id="donors-words"')[0]
    assert "Said to be reversed, not confirmed" in page
    assert "Blue Valley" not in page
    one.do("legal", Kind.CONFIRM_REVERSE, "regressed", Given(text="We saw it", opened=True))
    page = body(client("donor").get(PAGE)).split('id="donors-words"')[0]
    assert "Said to be reversed" not in page


@pytest.fixture
def many(case: Any, world: Any, database: Any) -> Any:
    """Publish so many asks, the older the longer late, by rows alone."""
    case(reach="public", due_on=date(2026, 6, 30))

    def make(number: int) -> None:
        with (
            database.writing(world.actor("relief")) as session,
            guard.system(session, guard.System.COMMAND),
        ):
            ask = session.connection().execute
            text = ask(select(Recommendation.__table__)).mappings().one()
            one = ask(select(Ask.__table__)).mappings().one()
            texts = [
                {
                    **text,
                    "id": UUID(int=n),
                    "ref": f"M{n}",
                    "title": f"Open gate {n} " + "now " * 25,
                }
                | {"created_at": text["created_at"] - timedelta(minutes=n)}
                for n in range(1, number)
            ]
            days = [date(2026, 1, 1) + timedelta(days=(number - n) % 600) for n in range(number)]
            asks = [
                {**one, "id": UUID(int=n), "recommendation_id": UUID(int=n)}
                | {"addressee": f"Ministry of {n % 90} and other matters"}
                | dict.fromkeys(("original_due_on", "original_end_on", "due_on"), days[n])
                for n in range(1, number)
            ]
            ask(insert(Recommendation), texts)
            ask(insert(Ask), asks)

    return make


def listed(page: str) -> list[str]:
    return re.findall(r"Open gate (\d+) ", page[page.index('id="donors-list"') :].split("</ul>")[0])


def older(page: str) -> str:
    found = re.search(r'rel="next" href="([^"]+)"', page)
    return unescape(found.group(1)) if found else ""


def test_the_page_of_two_thousand_asks_is_small_and_counts_them_all(client: Any, many: Any) -> None:
    many(2_000)
    browser = client("donor")
    browser.client.set_cookie("language", "ar")
    assert len(browser.get(PAGE).encode()) < 60_000
    page = client("donor").get(PAGE)
    assert len(page.encode()) < 60_000
    assert "2000 asks in all" in page
    figure = re.search(r"standing=not_started\">(\d+)</a>", page)
    assert figure
    assert figure.group(1) == "2000"


def test_each_ask_stands_on_one_of_the_pages(client: Any, many: Any) -> None:
    many(75)
    browser, found, path = client("donor"), list[str](), PAGE
    while path:
        page = browser.get(path)
        assert "75 asks in all" in page
        found += listed(page)
        path = older(page)
    assert sorted(map(int, found)) == list(range(1, 75))


def test_late_ones_alone_begin_with_the_longest_late(client: Any, many: Any) -> None:
    many(400)
    page = client("donor").get(PAGE)
    assert set(listed(page)).isdisjoint({"397", "398", "399"})
    late = client("donor").get(f"{PAGE}?late=1")
    assert listed(late)[:3] == ["399", "398", "397"]
    more = listed(client("donor").get(older(late)))
    assert set(more).isdisjoint(listed(late))


def test_a_page_after_an_ask_that_was_taken_back_is_the_first_page(
    client: Any, many: Any, case: Any
) -> None:
    many(75)
    hidden = case(reach="own", name="Hidden ministry")
    after, absent = (
        body(client("donor").get(f"{PAGE}?after={pack(str(one))}")) for one in (hidden.id, new_id())
    )
    assert after == absent
    assert listed(after) == listed(client("donor").get(PAGE))
