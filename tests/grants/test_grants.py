"""Donors take part until their last day: to the second, on every road, and nothing runs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from advocacy.access import audience
from advocacy.access.actor import Standing
from advocacy.access.schema import GroupKind
from advocacy.feeds import actions as feeds
from advocacy.feeds import queries as feed_queries
from advocacy.grants import actions, queries, rules
from advocacy.grants.rules import Said
from advocacy.ground import clock
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.organisations import actions as organisations
from advocacy.organisations.schema import Membership
from tests import world as worlds
from tests.asks.test_actions import TODAY, Case

LAST = date(2026, 12, 10)
# Amman: three hours ahead.
OVER = datetime(2026, 12, 10, 21, 0, tzinfo=UTC)
PAGE = "/donors/in/testland"


class Ends:
    """Last days in Testland, set by the real action."""

    def __init__(self, world: Any, database: Any) -> None:
        self.world, self.database = world, database

    def membership(self, key: str = "donor") -> Any:
        actor = self.world.actor("cluster")
        with self.database.reading(actor) as session:
            mine = Membership.member_id == self.world.organisations[key]
            query = select(Membership.id).where(mine).order_by(Membership.from_at.desc())
            return session.scalars(query).first()

    def set(
        self, last_on: date | None, *, by: str = "cluster", of: str = "donor", **how: Any
    ) -> Any:
        actor = self.world.actor(by, now=how.get("now"))
        said = Said(last_on, how.get("reason", "The grant ends."))
        membership_id = self.membership(of)
        with self.database.writing(actor) as session:
            after = how.get("after", "last")
            if after == "last":
                after = queries.donor(session, actor, membership_id)[1].act_id
            return actions.set_end(
                session, actor, membership_id=membership_id, said=said, after=after
            )

    def is_in(self, now: datetime, key: str = "donor") -> bool:
        worlds.refresh(self.database, self.world, now=now)
        return self.world.actor(key).stands_as(self.world.workspace_id, *Standing)


@pytest.fixture
def ends(world: Any, database: Any) -> Ends:
    return Ends(world, database)


@pytest.fixture
def case(world: Any, database: Any) -> Callable[..., Case]:
    return lambda **how: Case(world, database, **how)


def test_a_donor_reads_until_the_end_of_its_last_day_and_not_a_second_longer(
    ends: Ends, case: Any, client: Any
) -> None:
    case(reach="donors", name="The ministry")
    ends.set(LAST)
    clock.freeze(OVER - timedelta(seconds=1))
    assert "The ministry" in client("donor").get(PAGE)
    clock.freeze(OVER)
    client("donor").get(PAGE, status=404)
    client("donor").get(f"{PAGE}/brief", status=404)
    assert ends.is_in(OVER - timedelta(seconds=1))
    assert not ends.is_in(OVER)


def test_what_was_read_before_the_last_day_is_not_kept_past_it(
    ends: Ends, case: Any, client: Any
) -> None:
    case(reach="donors", name="The ministry")
    ends.set(LAST)
    clock.freeze(OVER - timedelta(seconds=2))
    browser = client("donor")
    for _time in range(2):
        assert "The ministry" in browser.get(PAGE)
    clock.freeze(OVER)
    browser.get(PAGE, status=404)


def test_its_feed_is_gone_like_one_that_never_was(ends: Ends, case: Any, world: Any) -> None:
    one = case(reach="donors", member="donor", kind="donor", delivered_on=TODAY, due_on=LAST)
    actor = world.actor("donor")
    with one.database.writing(actor) as session:
        _id, token = feeds.make(
            session, actor, workspace_id=world.workspace_id, what="news", with_titles=False
        )
    ends.set(LAST)
    for at, is_open in ((OVER - timedelta(seconds=1), True), (OVER, False)):
        with one.database.reading(replace(worlds.founder(), now=at)) as session:
            if is_open:
                feed_queries.opened(session, token)
            else:
                with pytest.raises(NotFound):
                    feed_queries.opened(session, token)


def test_an_ask_that_was_delivered_to_it_is_gone_with_its_access(
    ends: Ends, case: Any, client: Any
) -> None:
    one = case(member="donor", kind="donor", delivered_on=TODAY, reach="members", due_on=LAST)
    ends.set(LAST)
    assert "Asked of you" in client("donor").get(PAGE)
    clock.freeze(OVER)
    browser = client("donor")
    browser.get(f"/donors/asks/{one.id}", status=404)
    assert "Someone" not in browser.get("/")


def test_the_day_is_moved_with_a_reason_and_taken_away(ends: Ends, world: Any) -> None:
    ends.set(LAST, reason="The grant ends.")
    ends.set(LAST + timedelta(days=30), reason="Made longer.")
    assert ends.is_in(OVER)
    actor = world.actor("cluster")
    with ends.database.reading(actor) as session:
        told = queries.history(session, actor, ends.membership())
    assert [(row.last_on, row.reason) for row in told] == [
        (LAST + timedelta(days=30), "Made longer."),
        (LAST, "The grant ends."),
    ]
    ends.set(None, reason="No end any more.")
    assert ends.is_in(OVER + timedelta(days=1_000))


def test_who_is_out_is_asked_in_anew_and_not_moved(ends: Ends, world: Any, database: Any) -> None:
    ends.set(LAST)
    worlds.refresh(database, world, now=OVER)
    with pytest.raises(NotFound):
        ends.set(LAST + timedelta(days=30), now=OVER)
    worlds.admit(database, world, "donor", Standing.DONOR, now=OVER)
    assert ends.is_in(OVER)
    ends.set(LAST + timedelta(days=90), now=OVER)
    assert not ends.is_in(OVER + timedelta(days=100))


def test_who_has_a_last_day_can_still_be_removed_at_once(
    ends: Ends, world: Any, database: Any
) -> None:
    ends.set(LAST)
    actor = world.actor("cluster")
    with database.writing(actor) as session:
        organisations.remove(session, actor, membership_id=ends.membership())
    assert not ends.is_in(actor.now)


def test_two_who_set_it_at_once_are_not_both_right(ends: Ends) -> None:
    ends.set(LAST, after=None)
    with pytest.raises(Conflict):
        ends.set(LAST + timedelta(days=5), after=None)


@pytest.mark.parametrize("by", ["relief", "observer"])
def test_who_does_not_coordinate_sets_none(ends: Ends, by: str) -> None:
    with pytest.raises((Denied, NotFound)):
        ends.set(LAST, by=by, after=None)


def test_to_a_donor_the_pages_of_last_days_are_not_there(ends: Ends, client: Any) -> None:
    browser, its = client("donor"), f"/grants/{ends.membership()}"
    for path in ("/grants/in/testland", its, f"/grants/{ends.membership('relief')}"):
        browser.get(path, status=404)
    browser.post(its, {"last_on": "2026-12-10", "reason": "Why"}, status=404)
    client("relief").get("/grants/in/testland", status=403)


@pytest.mark.parametrize(
    ("of", "last_on", "reason", "code"),
    [
        ("relief", LAST, "Why", "grants.no-donor"),
        ("donor", date(2026, 11, 21), "Why", "grants.in-past"),
        ("donor", date(2086, 1, 1), "Why", "grants.too-far"),
        ("donor", LAST, "  ", "grants.say-why"),
    ],
)
def test_a_wrong_last_day_is_refused(
    ends: Ends, of: str, last_on: date, reason: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        ends.set(last_on, of=of, reason=reason)
    assert [one.code for one in refused.value.reasons] == [code]


def test_the_day_begins_also_where_there_is_no_midnight() -> None:
    # Beirut: the clocks go forward at midnight.
    assert rules.ends_at(date(2026, 3, 28), "Asia/Beirut") == datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert rules.ends_at(LAST, "Asia/Amman") == OVER


@pytest.mark.parametrize(("days", "is_told"), [(30, True), (31, False)])
def test_the_donor_and_who_coordinates_are_told_a_month_before(
    ends: Ends, client: Any, now: datetime, days: int, is_told: bool
) -> None:
    ends.set(now.date() + timedelta(days=days))
    assert ("Your access ends soon" in client("donor").get(PAGE)) is is_told
    assert ("Our access ends soon" in client("donor").get("/")) is is_told
    assert ("The access of this donor ends soon" in client("cluster").get("/")) is is_told
    for other in ("relief", "observer"):
        assert "ends soon" not in client(other).get("/")


def test_the_donor_does_not_read_why(ends: Ends, client: Any) -> None:
    ends.set(LAST, reason="They cut the programme.")
    for path in (PAGE, "/", "/organisations/in/testland"):
        assert "cut the programme" not in client("donor").get(path)
    assert "cut the programme" in client("cluster").get(f"/grants/{ends.membership()}")


def test_the_form_sets_it_and_shows_today_s_truth_to_who_came_late(ends: Ends, client: Any) -> None:
    first, second, path = client("cluster"), client("forum"), f"/grants/{ends.membership()}"
    first.get(path)
    page = second.get(path)
    first.post(path, {"last_on": "2026-12-10", "reason": "The grant ends."})
    assert "Until 10 Dec 2026" in first.get("/grants/in/testland")
    answer = second.post(
        path, {"last_on": "2026-12-20", "reason": "Made longer."}, status=409, page=page
    )
    text = answer.get_data(as_text=True)
    assert "Until 10 Dec 2026" in text
    assert "Made longer." in text


def test_the_group_of_donors_ends_at_the_same_instant(ends: Ends, world: Any) -> None:
    """Whatever asks only who is in it, as the second wall does."""
    ends.set(LAST)
    with ends.database.reading(worlds.founder(OVER)) as session:
        donors = audience.group_for(session, GroupKind.DONORS, world.workspace_id)
        us = world.organisations["donor"]
        assert us in audience.members(session, donors, now=OVER - timedelta(seconds=1))
        assert us not in audience.members(session, donors, now=OVER)
