"""Feeds: what an address shows, as whom, and when it shows nothing."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy.access.actor import anonymous
from advocacy.asks.rules import Given, Kind
from advocacy.feeds import actions, queries
from advocacy.feeds.rules import MOST
from advocacy.feeds.schema import Feed
from advocacy.ground.errors import Invalid, NotFound
from advocacy.organisations import actions as organisations
from advocacy.organisations.schema import Membership
from advocacy.recommendations import actions as recommendations
from tests.asks.test_actions import LINK, TODAY, Case

DAY = TODAY + timedelta(days=30)


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def make(one: Any, by: str, what: str = "calendar", *, titles: bool = False) -> tuple[UUID, str]:
    actor = one.world.actor(by)
    with one.database.writing(actor) as session:
        space = one.world.workspace_id
        return actions.make(session, actor, workspace_id=space, what=what, with_titles=titles)


def days(one: Any, token: str, after: int = 0) -> list[Any]:
    nobody = anonymous(one.world.actor("relief").now + timedelta(days=after))
    with one.database.reading(nobody) as session:
        of = queries.opened(session, token)
    with one.database.reading(of.reader) as session:
        return queries.due_days(session, of.reader, workspace_id=of.workspace_id)


def test_it_shows_what_its_maker_follows_or_was_asked_and_no_more(case: Any) -> None:
    one = case(due_on=DAY, member="women", delivered_on=TODAY)
    assert [row.is_asked for row in days(one, make(one, "relief")[1])] == [False]
    assert [row.is_asked for row in days(one, make(one, "women")[1])] == [True]
    assert days(one, make(one, "legal")[1]) == days(one, make(one, "donor")[1]) == []


def test_what_its_maker_may_not_read_any_more_is_gone_from_it(case: Any, world: Any) -> None:
    one = case(due_on=DAY, member="women")
    token, actor = make(one, "women")[1], world.actor("relief")
    assert len(days(one, token)) == 1
    with one.database.writing(actor) as session:
        recommendations.share(session, actor, recommendation_id=one.recommendation_id, reach="own")
    assert days(one, token) == []


def test_ended_over_and_never_made_are_one(case: Any, world: Any) -> None:
    one = case(due_on=DAY)
    feed_id, token = make(one, "relief")
    with pytest.raises(NotFound):
        days(one, "never made")
    with pytest.raises(NotFound):
        days(one, token, after=366)
    for by in ("cluster", "legal"):
        with one.database.writing(world.actor(by)) as session, pytest.raises(NotFound):
            actions.end(session, world.actor(by), feed_id)
    assert len(days(one, token)) == 1
    with one.database.writing(world.actor("relief")) as session:
        actions.end(session, world.actor("relief"), feed_id)
    with pytest.raises(NotFound):
        days(one, token)


def test_who_left_the_workspace_reads_nothing_by_it(case: Any, world: Any) -> None:
    one = case(due_on=DAY)
    token = make(one, "relief")[1]
    cluster = world.actor("cluster")
    with one.database.writing(cluster) as session:
        us = world.organisations["relief"]
        found = select(Membership.id).where(Membership.member_id == us)
        organisations.remove(session, cluster, membership_id=session.scalars(found).one())
    with pytest.raises(NotFound):
        days(one, token)


def test_the_token_is_kept_nowhere_and_others_do_not_know_of_it(case: Any, world: Any) -> None:
    one = case()
    _feed, token = make(one, "relief")
    for by, number in (("relief", 1), ("legal", 0), ("cluster", 0), ("donor", 0)):
        with one.database.reading(world.actor(by)) as session:
            rows = session.scalars(select(Feed)).all()
            assert len(rows) == number, by
            assert token not in str([vars(row) for row in rows])


def test_one_can_have_so_many(case: Any) -> None:
    one = case()
    for _n in range(MOST):
        make(one, "relief")
    with pytest.raises(Invalid):
        make(one, "relief")


def test_by_its_address_without_signing_in(case: Any, client: Any) -> None:
    one, browser = case(due_on=DAY, reach="public"), client("relief")
    browser.get("/feeds/in/testland")
    browser.post("/feeds/in/testland", {}, status=422)
    browser.post("/feeds/in/testland", {"what": "calendar"})
    browser.get("/feeds/in/testland")
    one.do("relief", Kind.RESPONSE, "accepted", Given(effective_on=TODAY, **LINK))
    plain = make(one, "relief")[1]
    titled = make(one, "relief", titles=True)[1]
    news = make(one, "donor", "news")[1]
    nobody = client("")
    drawn = nobody.get(f"/feeds/{plain}")
    assert f"UID:{one.id}@due" in drawn
    assert f"DTSTART;VALUE=DATE:{DAY:%Y%m%d}" in drawn
    assert ": Open" not in drawn
    assert ": Open" in nobody.get(f"/feeds/{titled}")
    said = nobody.get(f"/feeds/{news}")
    assert f"urn:uuid:{one.id}:response-accepted:{TODAY.isoformat()}" in said
    nobody.get("/feeds/never-made", status=404)


def test_news_are_published_facts_alone(case: Any, client: Any) -> None:
    one = case(reach="members")
    one.do("relief", Kind.UPDATE, "in_progress", Given(text="We met"))
    for by in ("relief", "donor"):
        assert str(one.id) not in client("").get(f"/feeds/{make(one, by, 'news')[1]}"), by
    two = case(kind="party", reach="public", name="Armed group")
    for by in ("relief", "donor"):
        said = client("").get(f"/feeds/{make(two, by, 'news')[1]}")
        assert "Armed group" not in said, by


def test_an_end_button_ends_it(case: Any, client: Any) -> None:
    one, browser = case(due_on=DAY), client("relief")
    _feed, token = make(one, "relief")
    (path,) = re.findall(r'action="(/feeds/[^"]+/end)"', browser.get("/feeds/in/testland"))
    browser.post(path, {})
    client("").get(f"/feeds/{token}", status=404)


def test_the_page_leads_back_to_where_its_reader_came_from(client: Any) -> None:
    for who, way in (("relief", "/dues/in/testland"), ("donor", "/donors/in/testland")):
        page = client(who).get("/feeds/in/testland").partition("<main")[2]
        assert f'href="{way}"' in page


def test_the_news_of_a_donor_tell_what_was_delivered_to_it_and_lead_to_its_reply(
    case: Any, client: Any
) -> None:
    one = case(member="donor", kind="donor", delivered_on=TODAY, reach="members")
    two = case(member="donor", kind="donor", reach="members", name="Not told")
    news = client("").get(f"/feeds/{make(one, 'donor', 'news')[1]}")
    assert f"/donors/asks/{one.id}" in news
    assert "Asked of you: Open" in news
    assert str(two.id) not in news
    for by in ("relief", "cluster"):
        assert "Asked of you" not in client("").get(f"/feeds/{make(one, by, 'news')[1]}")
