"""The calendar of a workspace: who sets it, who reads it, what stays."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from advocacy.calendars import actions, queries
from advocacy.ground.errors import Conflict, Denied
from advocacy.ground.unit import Database
from tests.browser import Browser
from tests.world import NOW, World


def test_the_workspaces_own_weekend_holds_until_it_is_changed_and_what_was_stays_known(
    database: Database, world: World
) -> None:
    lead, space = world.actor("cluster", now=NOW + timedelta(hours=1)), world.workspace_id
    with database.writing(lead) as session:
        assert queries.calendar(session, lead, space).weekend == {4, 5}
        made = actions.set_terms(
            session, lead, space, zone="Asia/Beirut", weekend=[5, 6], after=None
        )
        actions.set_days(
            session, lead, space, first=date(2026, 12, 25), last=date(2026, 12, 26),
            kind="holiday", name="Feast",
        )  # fmt: skip
        actions.set_days(
            session, lead, space, first=date(2026, 12, 26), last=date(2026, 12, 26), kind="working"
        )
    with database.reading(world.actor("legal")) as session:
        now = queries.calendar(session, world.actor("legal"), space)
        then = queries.calendar(session, world.actor("legal"), space, as_of=NOW)
    assert (now.zone, now.weekend, now.off) == ("Asia/Beirut", {5, 6}, {date(2026, 12, 25)})
    assert (then.zone, then.weekend, then.off) == ("Asia/Amman", {4, 5}, frozenset())
    with pytest.raises(Conflict), database.writing(lead) as session:
        actions.set_terms(session, lead, space, zone="UTC", weekend=[], after=None)
    assert made.weekend == "5,6"


def test_only_who_coordinates_sets_days_off(database: Database, world: World) -> None:
    legal = world.actor("legal")
    with pytest.raises(Denied), database.writing(legal) as session:
        actions.set_days(
            session, legal, world.workspace_id, first=date(2026, 12, 25),
            last=date(2026, 12, 25), kind="holiday", name="Feast",
        )  # fmt: skip


def test_the_page_adds_a_day_and_makes_it_a_working_day_again(
    client: Callable[[str], Browser], world: World
) -> None:
    lead, page = client("cluster"), "/calendars/in/testland"
    lead.get(page)
    lead.post(
        f"{page}/days",
        {"kind": "blackout", "name": "<b>Curfew</b>", "first": "2026-12-25"},
        page=page,
    )
    shown = lead.get(page)
    assert "&lt;b&gt;Curfew" in shown
    assert "<form" in shown.split("<main", 1)[1]
    legal = client("legal").get(page)
    assert "Curfew" in legal
    assert 'action="/calendars' not in legal
    lead.post(f"{page}/again", {"day": "2026-12-25"}, page=page)
    assert "Curfew" not in lead.get(page)
    lead.post(f"{page}/terms", {"zone": "Mars/Olympus", "weekend": ["5"]}, page=page, status=422)
