"""The first page: what is due first, and what others moved since one was last here."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from advocacy.access.schema import Bearer
from advocacy.asks.rules import Given, Kind
from advocacy.asks.schema import Ask
from advocacy.calendars import actions as calendars
from advocacy.drafting.schema import Document
from advocacy.ground.unit import Database
from advocacy.home import queries
from advocacy.positions.schema import Position
from advocacy.recommendations.schema import Recommendation
from advocacy.signoff.rows import RoundRow
from advocacy.signoff.schema import Invitation, Round
from advocacy.threats import actions as threats
from advocacy.threats import queries as read_threats
from advocacy.threats.rows import Entry
from advocacy.threats.schema import Threat
from advocacy.web.db import db
from tests import many
from tests.asks.test_actions import AGAINST, LOOKED, Case
from tests.bench.moved import plan_of
from tests.browser import Browser
from tests.signoff import scene
from tests.world import NOW, World

Client = Callable[[str], Browser]
WEEK = NOW - timedelta(days=7)


def moved(page: str) -> str:
    """The words of the part about what moved."""
    found = re.search(r"<h2>Moved since (.*?)</section>", page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_the_first_deadline_stands_on_top_in_working_days(
    client: Client, database: Database, world: World, opened: RoundRow
) -> None:
    page = client("legal").get("/")
    assert "The first answer is due on Tue 24 Nov, 16:00. 2 working days are left." in page
    lead = world.actor("cluster")
    with database.writing(lead) as session:
        calendars.set_days(
            session, lead, world.workspace_id, first=date(2026, 11, 23),
            last=date(2026, 11, 23), kind="blackout", name="No network",
        )  # fmt: skip
    page = client("legal").get("/")
    assert "1 working day is left." in page
    assert "due on" not in client("forum").get("/")


def test_a_text_that_moved_is_told_to_its_readers_and_not_to_who_moved_it(
    client: Client, opened: RoundRow
) -> None:
    assert f"Sign-off {scene.TITLE}" in moved(client("forum").get("/"))
    assert moved(client("relief").get("/")).endswith("Nothing that you can see.")
    assert scene.TITLE not in client("observer").get("/")


def test_a_threat_that_got_worse_says_from_where(
    client: Client, database: Database, world: World, entry: Entry, report: Callable[..., UUID]
) -> None:
    before = NOW - timedelta(days=30)
    threat_id = report("members", severity=3, trend="stable", now=before)
    actor = world.actor("relief")
    assert "Checkpoints" not in client("legal").get("/")
    with database.writing(actor) as session:
        old = read_threats.current(session, actor, threat_id)
        worse = replace(old.entry, severity=4)
        threats.edit(session, actor, threat_id, worse, based_on=old.edition)
    assert "Rising Checkpoints turn back clinic teams 4 Severe, from 3" in moved(
        client("legal").get("/")
    )
    hidden = report("own", title="Nobody else reads this")
    assert hidden
    assert "Nobody else reads this" not in client("legal").get("/")


def test_only_what_a_second_organisation_confirmed_has_moved(
    client: Client, database: Database, world: World
) -> None:
    one = Case(world, database).claimed()
    assert "Open" not in moved(client("rights").get("/"))
    one.do("legal", Kind.VERIFY, "implemented", LOOKED)
    assert "Confirmed Open" in moved(client("rights").get("/"))
    one.do("women", Kind.REVERSE, "regressed", AGAINST)
    assert "Reversed" not in moved(client("rights").get("/"))
    given = Given(text="Shut indeed", opened=True, confidence="high")
    one.do("rights", Kind.CONFIRM_REVERSE, "regressed", given)
    assert "Reversed Open" in moved(client("forum").get("/"))


@pytest.mark.parametrize(
    ("last", "since"),
    [
        (None, "Sunday 15 November"),
        (timedelta(days=30), "Sunday 15 November"),
        (timedelta(days=3), "Thursday 19 November"),
        (timedelta(minutes=5), "Saturday 21 November"),
    ],
)
def test_since_is_when_one_was_last_here(
    client: Client, database: Database, world: World, last: timedelta | None, since: str
) -> None:
    if last:
        client("legal")
        with database.writing(world.actor("legal")) as session:
            at = NOW - last
            old = update(Bearer).where(Bearer.person_id == world.people["legal"])
            session.execute(old.values(seen_at=at, issued_at=at))
    assert moved(client("legal").get("/")).startswith(since)


def test_fifty_cost_as_many_questions_as_one(
    database: Database, world: World, report: Callable[..., UUID]
) -> None:
    asked: list[str] = []
    actor = world.actor("legal")

    def count() -> tuple[int, int]:
        with database.reading(actor) as session:
            engine = session.get_bind()
            asked.clear()
            event.listen(engine, "before_cursor_execute", hear)
            rows = queries.moved(session, actor, after=WEEK)
            queries.calendar_of(session, actor)
            event.remove(engine, "before_cursor_execute", hear)
        return len(rows), len(asked)

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "FROM" in statement:
            asked.append(statement)

    report("members")
    assert count() == (1, 2)
    for number in range(8):
        report("members", title=f"Number {number}")
    assert count() == (queries.MOST_MOVED, 2)


@pytest.mark.only("sqlite", "PostgreSQL plans by what is in its tables: `make bench CASE=moved`")
def test_what_moved_is_found_by_its_day_however_much_there_is(
    database: Database, world: World
) -> None:
    actor = world.actor("legal")
    with database.reading(actor) as session:
        plan = "\n".join(plan_of(session, actor))
    for way in (
        "threat_version USING INDEX ix_threat_version_lately (field_class=? AND at>?)",
        "ask_act USING INDEX ix_ask_act_lately (kind=? AND recorded_at>?)",
        "ix_position_stage_of_lately (position_id=? AND stage=? AND recorded_at>?)",
    ):
        assert way in plan


def fill(session: Session, legal: UUID, more: int) -> None:
    """So many more rounds that wait for Legal, reports to confirm, and threats to check."""
    drafts = many.add(session, Document.__table__, ({} for _ in range(more)))
    texts = many.add(session, Position.__table__, ({"document_id": one} for one in drafts))
    rounds = many.add(session, Round.__table__, ({"position_id": one} for one in texts))
    asked = ({"round_id": one} for one in rounds)
    many.add(session, Invitation.__table__, asked, Invitation.invited_id == legal)
    refs = ({"ref": f"R-{n:08}"} for n in range(more))
    found = many.add(session, Recommendation.__table__, refs)
    many.add(session, Ask.__table__, ({"recommendation_id": one} for one in found))
    many.add(session, Threat.__table__, ({"ref": f"{n:010}"} for n in range(more)))


def test_home_asks_as_often_for_fifty_tasks_as_for_one(
    client: Client, database: Database, world: World, opened: RoundRow, report: Callable[..., UUID]
) -> None:
    browser, asked = client("legal"), []
    with browser.client.application.app_context():
        engine = db.engine
    Case(world, database).claimed()

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    def cost(tasks: int) -> list[str]:
        asked.clear()
        page = browser.get("/")
        assert page.count('<li class="row">') == tasks
        return list(asked)

    browser.get("/")
    # What was kept of the first view is forgotten by this.
    report("members", by="legal", now=NOW - timedelta(days=400))
    event.listen(engine, "before_cursor_execute", hear)
    one = cost(3)
    with database.writing(world.actor("legal")) as session:
        fill(session, world.organisations["legal"], 49)
    fifty = cost(50 + 20 + 50)  # of those to confirm, the first twenty
    event.remove(engine, "before_cursor_execute", hear)
    assert fifty == one
